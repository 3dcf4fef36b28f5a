"""Runs the real program `samtale`, with data, environment and port of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.mail_server import free_port

PROGRAM = Path(sys.executable).parent / "samtale"
SETTINGS = {"DEBUG", "SECRET_KEY", "DATABASE_URL", "EMAIL_URL", "SMS_URL", "SITE_URL", "TIME_ZONE", "HOST"}
SETTINGS |= {"INBOX_URL", "INBOX_ADDRESS", "ALLOWED_HOSTS", "WORKERS", "WEB_CONCURRENCY"}


class Installation:
    """A fresh installation in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        inherited = {name: value for name, value in os.environ.items() if name not in SETTINGS}
        self.environment = inherited | {"SAMTALE_DATA": str(folder / "var"), "PORT": str(self.port)}
        self.environment.pop("DJANGO_SETTINGS_MODULE", None)
        self.started: list[subprocess.Popen[bytes]] = []

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [PROGRAM, *arguments],
            cwd=self.folder,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=120,
        )

    def serve(self, **environment: str) -> subprocess.Popen[bytes]:
        """Start the server. What it says goes into the file `log`."""
        with (self.folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [PROGRAM, "serve"],
                cwd=self.folder,
                env=self.environment | {"DEBUG": "true"} | environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.started.append(process)
        return process

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()

    def end(self) -> None:
        """Kill what is still running, with all its children."""
        for process in self.started:
            if process.poll() is None:
                for child in psutil.Process(process.pid).children(recursive=True):
                    child.kill()
                process.kill()
            process.wait()


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    installation = Installation(tmp_path)
    yield installation
    installation.end()
