"""Message workers in processes of their own, on the database of the test."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[1]


def database_url() -> str:
    """Return the address of the database that this test uses."""
    there = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{there['NAME']}"
    who = f"{there['USER']}:{there['PASSWORD']}@{there['HOST'] or 'localhost'}:{there['PORT'] or 5432}"
    return f"postgresql://{who}/{there['NAME']}"


def wait_until(done: Callable[[], bool], seconds: float = 30) -> None:
    """Wait until `done`; fail after `seconds`."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


class WorkerProcesses:
    """Starts workers, and at the end kills what is left of them. `folder` is their SAMTALE_DATA."""

    def __init__(self, folder: Path, *, mail_port: int) -> None:
        self.folder = folder
        self.mail_port = mail_port
        self.started: list[subprocess.Popen[str]] = []

    def start(self, *arguments: str, port: int = 0, **environment: str) -> "subprocess.Popen[str]":
        """Start one: `start("--once", SAMTALE_PARENT_PID=…)`."""
        process = subprocess.Popen(
            [sys.executable, "-m", "django", "worker", *arguments],
            cwd=ROOT,
            env=os.environ
            | {
                "DJANGO_SETTINGS_MODULE": "tests.integration.outbox.process_settings",
                "PYTHONPATH": str(ROOT),
                "DATABASE_URL": database_url(),
                "EMAIL_URL": f"smtp://127.0.0.1:{port or self.mail_port}",
                "SMS_URL": f"file://{self.folder}/sms",
                "SAMTALE_DATA": str(self.folder),
            }
            | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.started.append(process)
        return process

    def running(self) -> "list[subprocess.Popen[str]]":
        """Return those that have not ended."""
        return [process for process in self.started if process.poll() is None]

    def end(self) -> None:
        """Kill what is left."""
        for process in self.started:
            process.kill()
            process.communicate()
