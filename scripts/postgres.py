"""A PostgreSQL server of one's own, thrown away afterwards: `python -m scripts.postgres COMMAND …`.

Runs the command with TEST_DATABASE_URL set to it. If TEST_DATABASE_URL is set already, that server is used.
Installs PostgreSQL where it is missing and that is possible (Debian, as root).
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

VARIABLE = "TEST_DATABASE_URL"
CLUSTER = "SAMTALE_TEST_CLUSTER"  # the folder of a cluster that tests may stop and start as they like
_PLACES = "/usr/lib/postgresql/*/bin"
_QUICK = ("fsync=off", "synchronous_commit=on", "full_page_writes=off", "max_connections=100")
_DURABLE = ("fsync=on", "max_connections=100")


class NoPostgresError(Exception):
    """There is no PostgreSQL here, and none can be installed."""


def find_programs() -> Path | None:
    """Return the newest folder that holds `initdb` and `pg_ctl`."""
    found = sorted(Path("/").glob(f"{_PLACES[1:]}/pg_ctl"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("pg_ctl")
    return Path(on_path).resolve().parent if on_path and shutil.which("initdb") else None


def programs() -> Path:
    """Return the folder with PostgreSQL's programs, installing them if need be.

    Raises:
        NoPostgresError: they are missing and cannot be installed.
    """
    if found := find_programs():
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing PostgreSQL for the tests …", flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-q"], check=False, **quiet)  # type: ignore[call-overload]
        subprocess.run(["apt-get", "install", "-y", "-q", "postgresql"], check=False, **quiet)  # type: ignore[call-overload]
    if found := find_programs():
        return found
    raise NoPostgresError(
        "PostgreSQL is not installed. Install the server of your system (on Debian: postgresql), "
        f"or set {VARIABLE} to one that tests may fill."
    )


class Cluster:
    """A server in a folder, on a free port of loopback, run by an ordinary user."""

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        self.folder = folder
        self.data = folder / "data"
        self._settings = _DURABLE if durable else _QUICK
        self._programs = programs()
        # PostgreSQL refuses to be run by root.
        self._user = _ordinary_user() if os.geteuid() == 0 else None

    @classmethod
    def existing(cls, folder: str) -> "Cluster":
        """Return the cluster that `throw_away` made in `folder`."""
        return cls(Path(folder))

    @property
    def port(self) -> int:
        return int((self.folder / "port").read_text())

    @property
    def url(self) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def make(self) -> None:
        """Make the cluster. It is not started."""
        if self._user:
            os.chown(self.folder, self._user.pw_uid, self._user.pw_gid)
        (self.folder / "port").write_text(str(_free_port()))
        self._run("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder}"
        options += "".join(f" -c {setting}" for setting in self._settings)
        self._run("pg_ctl", "-D", self.data, "-w", "-l", self.folder / "log", "-o", options, "start")

    def stop(self, mode: str = "immediate") -> None:
        """Stop the server: `fast` ends its connections politely, `immediate` as a crash would."""
        self._run("pg_ctl", "-D", self.data, "-w", "-m", mode, "stop")

    def _run(self, program: str, *arguments: object) -> None:
        with (self.folder / "said").open("ab") as said:
            done = subprocess.run(
                [str(self._programs / program), *map(str, arguments)],
                cwd=self.folder,
                user=self._user.pw_uid if self._user else None,
                group=self._user.pw_gid if self._user else None,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
            )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {(self.folder / 'said').read_text()[-2000:]}")


@contextmanager
def throw_away(*, durable: bool = False) -> Iterator[Cluster]:
    """Make and start a cluster, and take it away again whatever happens."""
    folder = Path(tempfile.mkdtemp(prefix="samtale-postgres-"))
    folder.chmod(0o755)
    cluster = Cluster(folder, durable=durable)
    try:
        cluster.make()
        cluster.start()
        yield cluster
    finally:
        if (cluster.data / "postmaster.pid").exists():
            cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _ordinary_user() -> "pwd.struct_passwd":
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoPostgresError("PostgreSQL does not run as root, and there is neither a user postgres nor nobody.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Command:
    """The command, which gets the signals that we get, so that it ends before its server does."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._signal = 0
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._pass_on)

    def run(self, arguments: list[str], **environment: str) -> int:
        """Run it to its end, and return its exit code. It does not begin where we have been told to end."""
        if self._signal:
            return 128 + self._signal
        # A session of its own: what it starts gets the signals too, and each of them once.
        self._process = subprocess.Popen(arguments, env=os.environ | environment, start_new_session=True)
        code = self._process.wait()
        self._process = None
        return code if code >= 0 else 128 - code

    def _pass_on(self, number: int, frame: FrameType | None) -> None:
        self._signal = number
        if self._process:
            os.killpg(self._process.pid, number)


def main() -> int:
    """Run the command, and return its exit code."""
    command = Command()
    if os.environ.get(VARIABLE):
        return command.run(sys.argv[1:])
    try:
        with throw_away() as cluster:
            return command.run(sys.argv[1:], **{VARIABLE: cluster.url, CLUSTER: str(cluster.folder)})
    except NoPostgresError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
