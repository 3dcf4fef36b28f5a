"""Starts the web server and the message workers, and ends them together.

Knows nothing of Django, so that it costs next to no memory. `samtale serve`
prepares the database and then becomes this program.
"""

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable

from samtale.serving.parent import VARIABLE
from samtale.serving.signals import on_first

WEB = [sys.executable, "-m", "gunicorn", "-c", "python:samtale.serving.gunicorn_settings"]
WORKER = [sys.executable, "-m", "samtale", "worker"]
ANNOUNCEMENT = "SAMTALE_ANNOUNCEMENT"
SHORTEST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # seconds before a dead worker is started again
STEADY = 60.0  # seconds after which a worker counts as having been well
PATIENCE = 15.0  # seconds that a process gets to end by itself


class Crew:
    """One worker process, started again when it dies."""

    def __init__(self, start: Callable[[list[str]], subprocess.Popen[bytes]]) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self._start = start
        self._pause = SHORTEST_PAUSE
        self._started = self._due = 0.0

    def look_after(self, now: float) -> None:
        """Start the worker where there is none, after a pause that grows while it keeps dying."""
        if self.process is None:
            if now >= self._due:
                self.process, self._started = self._start(WORKER), now
        elif (code := self.process.poll()) is not None:
            if now - self._started > STEADY:
                self._pause = SHORTEST_PAUSE
            print(
                f"The message worker ended (code {code}); starting it again in {self._pause:.0f} s.",
                flush=True,
            )
            self.process, self._due = None, now + self._pause
            self._pause = min(self._pause * 2, LONGEST_PAUSE)


class Supervisor:
    """One web server, which decides how long all live, and `workers` workers (WORKERS in the environment)."""

    def __init__(self, workers: int = 1) -> None:
        self.ending = threading.Event()
        self.web: subprocess.Popen[bytes] | None = None
        self.crews = [Crew(self.start) for _ in range(workers)]

    def start(self, command: list[str]) -> subprocess.Popen[bytes]:
        """Start a child in a session of its own, so that Ctrl-C reaches only the supervisor."""
        environment = os.environ | {VARIABLE: str(os.getpid())}
        return subprocess.Popen(command, env=environment, start_new_session=True)

    def end(self) -> None:
        """Stop waiting, and let `run` end the children."""
        self.ending.set()

    def stop(self) -> None:
        """End all children, by force where asking does not help."""
        children = [child for child in (self.web, *(crew.process for crew in self.crews)) if child]
        for child in children:
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + PATIENCE
        for child in children:
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()

    def run(self) -> int:
        """Watch until a signal comes or the web server ends. Returns the exit code."""
        self.web = self.start(WEB)
        try:
            while not self.ending.wait(0.2) and self.web.poll() is None:
                for crew in self.crews:
                    crew.look_after(time.monotonic())
        finally:
            self.stop()
        return 0 if self.ending.is_set() else self.web.returncode or 1


def announce(ending: threading.Event, text: str) -> None:
    """Print `text` once the web server answers."""
    host, port = os.environ["HOST"], int(os.environ["PORT"])
    while not ending.is_set():
        connection = http.client.HTTPConnection("127.0.0.1" if host == "0.0.0.0" else host, port, timeout=5)  # noqa: S104
        try:
            connection.request("GET", "/accounts/login/", headers={"Host": f"localhost:{port}"})
            connection.getresponse()
        except OSError:
            time.sleep(0.1)
        else:
            print(text, flush=True)
            return
        finally:
            connection.close()


def main() -> None:
    """Run until told to end. What ANNOUNCEMENT says is printed when the web server answers."""
    text = os.environ.pop(ANNOUNCEMENT, "")
    supervisor = Supervisor(int(os.environ.get("WORKERS") or 1))
    has_terminal = signal.getsignal(signal.SIGHUP) != signal.SIG_IGN  # as nohup sets it
    on_first([signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if has_terminal else [])], supervisor.end)
    threading.Thread(target=announce, args=(supervisor.ending, text), daemon=True).start()
    sys.exit(supervisor.run())
