"""The same promises from every gateway that speaks HTTP, against a local server."""

import base64
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from samtale.outbox.transports.errors import TransportDownError, TransportError
from samtale.outbox.transports.sms import Sms, http, transport
from samtale.outbox.transports.sms.door import sender_name
from tests.mail_server import free_port

PARCEL = Sms("Bergen", "+4791234567", "Hei på deg", "ref")
URLS = {
    "twilio": ("twilio://AC1:hush-hush@?url=", "sid", "/2010-04-01/Accounts/AC1/Messages.json"),
    "46elks": ("46elks://AC1:hush-hush@?url=", "id", "/a1/sms"),
    "linkmobility": ("linkmobility://AC1:hush-hush@?partner=7&url=", "messageId", "/sms/send"),
}


class Server(ThreadingHTTPServer):
    """Answers as it is told by `mood`: a status, "hang", "drip" or "hang up"."""

    daemon_threads = True
    mood: Any = 200
    key = "id"

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.seen: list[tuple[str, str, str]] = []
        self.clients: set[Any] = set()
        self.done = threading.Event()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def log_message(self, *arguments: Any) -> None:
        pass

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.seen.append((self.path, self.headers["Authorization"], body))
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
        answer = json.dumps({self.server.key: "id-1", "message": "echo hush-hush"}).encode()
        self.send_response(mood)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield server
    server.done.set()
    server.shutdown()
    server.server_close()


@pytest.fixture(params=URLS)
def gateway(request: pytest.FixtureRequest, server: Server) -> Iterator[Any]:
    url, server.key, _ = URLS[request.param]
    gateway = transport(f"{url}http://127.0.0.1:{server.server_port}")
    gateway.open()
    yield gateway
    gateway.close()


def refusal(gateway: Any) -> TransportError:
    with pytest.raises(TransportError) as caught:
        gateway.send(PARCEL)
    assert "hush" not in str(caught.value)
    assert caught.value.__cause__ is None
    return caught.value


def test_it_is_taken_over_one_kept_connection(gateway: Any, server: Server):
    assert [gateway.send(PARCEL), gateway.send(PARCEL)] == ["id-1", "id-1"]

    path, log_in, body = server.seen[0]
    assert path in [path for _, _, path in URLS.values()]
    assert base64.b64decode(log_in.split()[1]) == b"AC1:hush-hush"
    assert "4791234567" in body
    assert len(server.clients) == 1


@pytest.mark.parametrize(
    ("status", "permanent", "may_have_left"),
    [(400, True, False), (429, False, False), (503, False, False), (500, False, True)],
)
def test_what_a_refusal_means(gateway, server, status: int, permanent: bool, may_have_left: bool):
    server.mood = status
    error = refusal(gateway)
    assert (error.permanent, error.may_have_left) == (permanent, may_have_left)


@pytest.mark.parametrize("mood", ["hang", "drip", "hang up"])
def test_a_break_after_the_request_leaves_doubt_and_takes_no_longer_than_allowed(
    gateway, server, monkeypatch, mood: str
):
    monkeypatch.setattr(http, "READ_SECONDS", 0.5)
    monkeypatch.setattr(http, "TOTAL_SECONDS", 1.0)
    server.mood, began = mood, time.monotonic()
    assert refusal(gateway).may_have_left
    assert time.monotonic() - began < 3
    assert len(server.seen) == 1


def test_a_bad_log_in_stops_the_channel(gateway, server: Server):
    server.mood = 401
    with pytest.raises(TransportDownError, match="401") as caught:
        gateway.send(PARCEL)
    assert "hush" not in str(caught.value)
    with pytest.raises(TransportDownError):
        gateway.open()


@pytest.mark.parametrize("url", [url for url, _, _ in URLS.values()])
def test_a_gateway_that_is_away_is_down(url: str):
    gateway = transport(f"{url}http://127.0.0.1:{free_port()}")
    with pytest.raises(TransportDownError, match="refused"):
        gateway.open()
    assert not refusal(gateway).may_have_left


def test_what_is_no_number_fails_for_good_and_is_sent_to_nobody(gateway, server: Server):
    with pytest.raises(TransportError, match="not a phone number") as caught:
        gateway.send(Sms("Bergen", "12", "Hei", "ref"))
    assert caught.value.permanent
    assert server.seen == []


def test_a_number_without_a_country_and_a_letter_in_two_signs_are_put_right(gateway, server: Server):
    gateway.send(Sms("Bergen", "912 34 567", "Pa\u030a", "ref"))
    body = server.seen[0][2]
    assert "4791234567" in body
    assert "%C3%A5" in body or "\\u00e5" in body


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("Tromsø", "Tromso"),
        ("Ærlig Å", "Aerlig A"),
        ("Café & Øl!", "Cafe Ol"),
        ("Sør-Trøndelag", "Sor-Trondel"),
        ("+4790000000000", "+4790000000000"),
    ],
)
def test_a_name_gets_letters_that_networks_take(name: str, taken: str):
    assert sender_name(name) == taken


def test_the_senders_name_is_put_right_on_the_way(gateway, server: Server):
    gateway.send(Sms("Tromsø", "+4791234567", "Hei", "ref"))
    assert "Tromso" in server.seen[0][2]
