"""Samtale with its demo data on a free port and in a folder of its own, for as long as it is needed."""

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from email import message_from_bytes, policy
from email.utils import parseaddr
from pathlib import Path
from types import TracebackType

_SECONDS_TO_START, _SECONDS_TO_END = 120, 20
_LINK = re.compile(r"http://\S+/a/[^\s/]+/")
PASSWORD = "samtale-demo"


class ProductError(Exception):
    """The product did not start."""


class Product:
    """A context manager. `address` is where it answers, `folder` where it keeps everything."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="samtale-screenshots-"))
        self.port = _free_port()
        self.address = f"http://localhost:{self.port}"
        self._log = (self.folder / "log").open("wb")
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Product":
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "samtale", "serve", "--demo"],
                env=self._environment(),
                stdout=self._log,
                stderr=subprocess.STDOUT,
            )
            self._wait()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._end()

    def answer_links(self) -> dict[str, str]:
        """Return by recipient's name the newest link that the demo's letters gave for answering."""
        links: dict[str, str] = {}
        for path in sorted((self.folder / "mail").glob("*.eml")):
            letter = message_from_bytes(path.read_bytes(), policy=policy.default)
            text = letter.get_body(("plain",))
            if text is not None and (found := _LINK.search(text.get_content())):
                links[parseaddr(str(letter["To"]))[0]] = found[0]
        return links

    def _environment(self) -> dict[str, str]:
        """Return the settings of an installation, apart from what plain HTTP on this machine needs."""
        return os.environ | {
            "SAMTALE_DATA": str(self.folder),
            "DATABASE_URL": f"sqlite:///{self.folder}/samtale.sqlite3",
            "EMAIL_URL": f"file://{self.folder}/mail",
            "SMS_URL": f"file://{self.folder}/sms",
            "SITE_URL": self.address,
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "DEBUG": "false",
            "SECRET_KEY": secrets.token_urlsafe(48),
            "SECURE_COOKIES": "false",
            "ALLOWED_HOSTS": "localhost",
            "LANGUAGE_CODE": "nb",
            "TIME_ZONE": "Europe/Oslo",
            "WEB_CONCURRENCY": "1",
        }

    def _wait(self) -> None:
        deadline = time.monotonic() + _SECONDS_TO_START
        while time.monotonic() < deadline:
            if self._process and self._process.poll() is not None:
                break
            try:
                urllib.request.urlopen(f"{self.address}/accounts/login/", timeout=5).close()
            except OSError:
                time.sleep(0.2)
            else:
                return
        raise ProductError("Samtale did not start:\n" + (self.folder / "log").read_text(errors="replace"))

    def _end(self) -> None:
        if self._process and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(_SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._log.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
