"""Calendar programs of others, each in an environment of its own: what they need may not fit Samtale's."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

_FOLDER = Path(__file__).resolve().parents[3] / "var" / "calendar-tools"


def tool(name: str, *packages: str) -> Path:
    """Return the folder of programs of an environment with `packages`, made once. Skip where that fails."""
    folder = _FOLDER / name
    programs = folder / "bin"
    if not (folder / "made").exists():
        python = programs / "python"
        try:
            subprocess.run(
                [sys.executable, "-m", "venv", str(folder)], check=True, capture_output=True, timeout=120
            )
            quiet = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-input"]
            subprocess.run([*quiet, *packages], check=True, capture_output=True, timeout=300)
        except (subprocess.SubprocessError, OSError) as error:
            pytest.skip(f"{name} could not be installed: {type(error).__name__}")
        (folder / "made").touch()
    return programs


def run(program: Path, *arguments: str, home: Path, text: str = "") -> str:
    """Run a program as somebody whose home is `home`, and return what it says."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "PYTHON"))
    }
    environment |= {"HOME": str(home), "LANG": "C.UTF-8", "TZ": "Europe/Oslo"}
    done = subprocess.run(
        [str(program), *arguments], env=environment, input=text, capture_output=True, text=True, timeout=90
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
