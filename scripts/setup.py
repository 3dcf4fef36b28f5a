"""Makes what Samtale needs to run from a checkout: `python -m scripts.setup`.

Runs with nothing but the standard library. Each step remembers, in `.venv`, a
fingerprint of what it was made from, and is skipped while that is the same.
"""

import fcntl
import hashlib
import os
import secrets
import subprocess
import sys
import venv
from collections.abc import Callable, Iterable
from pathlib import Path

from scripts.frontend import BUILD, FRONTEND, MODULES, FrontendError, install, make

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
PIP = (str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "-q")

ENV_FILE = """\
# Made by `make` for trying Samtale out over plain HTTP. `.env.example` explains every setting.
SECRET_KEY={secret}
SECURE_COOKIES=false
"""


def fingerprint(paths: Iterable[Path], *extra: str) -> str:
    """Return a digest of the names and contents of the files, and of `extra`."""
    digest = hashlib.sha256("\0".join(extra).encode())
    for path in sorted(paths):
        digest.update(f"\0{path.relative_to(ROOT)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def files_below(folder: Path) -> list[Path]:
    """Return the files below `folder`, without those that npm or Python put there."""
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in ("node_modules", "__pycache__", "build")]
        found += [Path(place, name) for name in names]
    return found


def step(title: str, name: str, inputs: str, *, made: Iterable[Path], do: Callable[[], None]) -> None:
    """Do one step unless it was done from the same inputs and all it `made` is still there."""
    stamp = ENVIRONMENT / f"made-{name}"
    if stamp.exists() and stamp.read_text() == inputs and all(path.exists() for path in made):
        return
    print(f"{title} …", flush=True)
    stamp.unlink(missing_ok=True)
    do()
    stamp.write_text(inputs)


def run(*command: str) -> None:
    """Run a command in the root of the project. Raises CalledProcessError when it fails."""
    subprocess.run(command, cwd=ROOT, check=True)


def make_environment() -> None:
    """Make `.venv`, or make it anew where its Python has gone."""
    works = (
        PYTHON.exists() and subprocess.run([PYTHON, "-c", "import pip"], capture_output=True).returncode == 0
    )
    if not works:
        print("Making .venv …", flush=True)
        venv.create(ENVIRONMENT, with_pip=True, symlinks=True)


def install_packages() -> None:
    """Install exactly what the lock file names, each file checked against its hash."""
    run(*PIP, "install", "--require-hashes", "--no-deps", "-r", "requirements.lock")


def install_project() -> None:
    """Install the project itself so that it runs from this checkout."""
    run(*PIP, "install", "--no-deps", "--no-build-isolation", "-e", ".")


def compile_messages() -> None:
    """Compile the translations."""
    run(str(PYTHON), "-m", "scripts.messages", "compile")


def write_env_file() -> None:
    """Write a `.env` for trying out, so that `.venv/bin/samtale` needs no variables set by hand."""
    try:
        with open(ROOT / ".env", "x", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            file.write(ENV_FILE.format(secret=secrets.token_urlsafe(48)))
    except FileExistsError:
        pass


def set_up() -> None:
    """Do every step that is due."""
    make_environment()
    version = ".".join(map(str, sys.version_info[:2]))
    lock = ROOT / "requirements.lock"
    step("Installing packages", "packages", fingerprint([lock], version), made=[], do=install_packages)
    project = [ROOT / "pyproject.toml", ROOT / "hatch_build.py"]
    step(
        "Installing Samtale",
        "project",
        fingerprint(project, version, str(ROOT)),
        made=[ENVIRONMENT / "bin" / "samtale"],
        do=install_project,
    )
    npm_lock = [FRONTEND / "package.json", FRONTEND / "package-lock.json"]
    step("Installing the front end's packages", "npm", fingerprint(npm_lock), made=[MODULES], do=install)
    sources = fingerprint(files_below(FRONTEND))
    step("Building the front end", "frontend", sources, made=[BUILD], do=make)
    catalogues = [path for path in files_below(ROOT / "src") if path.name == "django.po"]
    compiled = [path.with_suffix(".mo") for path in catalogues]
    step("Compiling translations", "messages", fingerprint(catalogues), made=compiled, do=compile_messages)
    write_env_file()


def main() -> None:
    """Set up, one at a time where two are started at once."""
    os.chdir(ROOT)
    ENVIRONMENT.mkdir(exist_ok=True)
    with (ENVIRONMENT / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            set_up()
        except FrontendError as error:
            sys.exit(f"Set-up stopped: {error}")
        except subprocess.CalledProcessError as error:
            sys.exit(f"Set-up stopped: `{' '.join(map(str, error.cmd))}` failed.")


if __name__ == "__main__":
    main()
