"""A server that answers as gateways do, and what leads to it for each kind of gateway."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

# What the password is for each, and so must be read nowhere.
SECRET = "hush-hush"
GATEWAYS = ("twilio", "46elks", "linkmobility", "gateway")
_ADDRESSED = {
    "twilio": "twilio://AC1:hush-hush@?url=",
    "46elks": "46elks://AC1:hush-hush@?url=",
    "linkmobility": "linkmobility://AC1:hush-hush@?partner=7&url=",
}
KEYS = {"twilio": "sid", "46elks": "id", "linkmobility": "messageId", "gateway": "id"}
PATHS = {
    "twilio": "/2010-04-01/Accounts/AC1/Messages.json",
    "46elks": "/a1/sms",
    "linkmobility": "/sms/send",
    "gateway": "/v1/messages",
}
DESCRIBED = """
url = "http://127.0.0.1:PORT/v1/messages"
auth = {user = "AC1", password = "{env:GATEWAY_PASSWORD}"}
answer = {id = {path = "id"}, error = {path = "message"}}

[json]
from = "{sender}"
to = "{recipient}"
text = "{text}"
"""


def address(name: str, port: int, folder: Path) -> str:
    """Return an SMS_URL that leads the gateway called `name` to `port` of this machine."""
    if name in _ADDRESSED:
        return f"{_ADDRESSED[name]}http://127.0.0.1:{port}"
    return described(folder, DESCRIBED, port)


def described(folder: Path, text: str, port: int = 9) -> str:
    """Write a description, in which PORT stands for `port`, and return its SMS_URL."""
    file = folder / "gateway.toml"
    file.write_text(text.replace("PORT", str(port)), encoding="utf-8")
    return f"gateway://{file}"


class Server(ThreadingHTTPServer):
    """Answers as it is told by `mood`: a status, "hang", "drip" or "hang up"; with `answer`, if any."""

    daemon_threads = True
    mood: Any = 200
    key = "id"
    answer: str | None = None

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.seen: list[tuple[str, str, str]] = []
        self.methods: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.clients: set[Any] = set()
        self.done = threading.Event()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def log_message(self, *arguments: Any) -> None:
        pass

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
        self.server.seen.append((self.path, self.headers["Authorization"], body))
        self.server.methods.append(self.command)
        self.server.headers.append(dict(self.headers))
        self.server.clients.add(self.client_address)
        mood = self.server.mood
        if mood == "hang":
            self.server.done.wait(10)
        if mood == "drip":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
            while not self.server.done.wait(0.1):
                try:
                    self.wfile.write(b"x")
                except OSError:
                    break
        if isinstance(mood, str):
            self.close_connection = True
            return
        said = json.dumps({self.server.key: "id-1", "message": f"echo {SECRET}"})
        answer = (said if self.server.answer is None else self.server.answer).encode()
        self.send_response(mood)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_PUT = do_GET = do_POST  # noqa: N815
