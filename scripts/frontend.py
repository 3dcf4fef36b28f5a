"""Builds the front end with npm. Standard library only: the set-up and the wheel's build hook call it."""

import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "src" / "samtale" / "frontend"
MODULES = FRONTEND / "node_modules"
BUILD = ROOT / "src" / "samtale" / "ui" / "static" / "ui" / "build"
OLDEST_NODE = 20


class FrontendError(Exception):
    """Node is missing or too old, or npm failed; the message says which, in one line."""


def require_node() -> None:
    """Raise `FrontendError` unless node (20 or newer) and npm can be run."""
    for program in ("node", "npm"):
        if not shutil.which(program):
            raise FrontendError(f"{program} was not found; Node {OLDEST_NODE} or newer builds the front end.")
    version = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout.strip()
    major = re.match(r"v(\d+)", version)
    if not major or int(major[1]) < OLDEST_NODE:
        raise FrontendError(
            f"Node {version or 'of unknown version'} is too old; {OLDEST_NODE} or newer is needed."
        )


def _npm(*arguments: str) -> None:
    require_node()
    done = subprocess.run(
        ["npm", "--no-fund", "--no-audit", "--no-update-notifier", "--loglevel=error", *arguments],
        cwd=FRONTEND,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        print(done.stdout + done.stderr)
        raise FrontendError(f"`npm {' '.join(arguments)}` failed.")


def install() -> None:
    """Install exactly the packages that package-lock.json names."""
    _npm("ci")


def make() -> None:
    """Build the static files into `BUILD`."""
    _npm("run", "build")
