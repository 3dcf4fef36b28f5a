"""A real CalDAV server, Radicale, on loopback and a free port. It ends with its test."""

import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import requests

USER, PASSWORD = "kari", "blåbær og brus"
_CALENDAR = """<?xml version="1.0"?>
<mkcalendar xmlns="urn:ietf:params:xml:ns:caldav" xmlns:d="DAV:"><d:set><d:prop>
<d:displayname>{name}</d:displayname><supported-calendar-component-set><comp name="{kind}"/>
</supported-calendar-component-set></d:prop></d:set></mkcalendar>"""


class RadicaleServer:
    """Start, make calendars, look into them as another program would, stop (and start again)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        with socket.create_server(("127.0.0.1", 0)) as taken:
            self.port = taken.getsockname()[1]
        (folder / "users").write_text(f"{USER}:{PASSWORD}\n", encoding="utf-8")
        (folder / "config").write_text(
            f"[server]\nhosts = 127.0.0.1:{self.port}\n"
            f"[auth]\ntype = htpasswd\nhtpasswd_filename = {folder}/users\nhtpasswd_encryption = plain\n"
            "delay = 0\n"
            f"[storage]\nfilesystem_folder = {folder}/collections\n[logging]\nlevel = warning\n"
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "radicale", "-C", str(self._folder / "config")], stdout=log, stderr=log
            )
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                assert self._process.poll() is None, (self._folder / "log").read_text()
                time.sleep(0.05)
            else:
                return
        raise TimeoutError("Radicale does not answer")

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait(10)
            self._process = None

    def make_calendar(self, name: str = "Kalender", kind: str = "VEVENT") -> str:
        """Make a calendar and return its address."""
        path = f"/{USER}/{name.lower()}/"
        self.request("MKCALENDAR", path, _CALENDAR.format(name=name, kind=kind))
        return self.url + path

    def put(self, calendar: str, name: str, content: str) -> None:
        path = calendar.removeprefix(self.url) + name
        self.request("PUT", path, content.replace("\n", "\r\n"), **{"Content-Type": "text/calendar"})

    def names(self, calendar: str) -> list[str]:
        """Return what is in a calendar."""
        found = self.request("PROPFIND", calendar.removeprefix(self.url), "", Depth="1").text
        return sorted(part.partition("<")[0] for part in found.split(calendar.removeprefix(self.url))[2:])

    def forget_all(self) -> None:
        """Delete all calendars."""
        home = self._folder / "collections" / "collection-root" / USER
        shutil.rmtree(home, ignore_errors=True)

    def request(self, method: str, path: str, body: str = "", **headers: str) -> requests.Response:
        log_in = (USER.encode(), PASSWORD.encode())
        answer = requests.request(
            method, self.url + path, data=body.encode(), headers=headers, auth=log_in, timeout=10
        )
        assert answer.status_code < 400, (method, path, answer.status_code, answer.text)
        return answer
