"""Samtale asks servers that users name, and is no way into its own network for it."""

import gzip
import socket
import zlib

import pytest

from samtale.core import outside as guard
from samtale.core.outside import Asker, NotAllowed, TooLarge, TooSlow, Unreachable
from tests.outside_server import OutsideServer, Reply


def get(url: str, **log_in: str):
    with Asker(home=url, **log_in) as asker:
        return asker.ask("GET", url)


def test_what_the_server_says_is_returned(outside: OutsideServer):
    outside.pages["/a.ics"] = Reply(b"BEGIN:VCALENDAR", headers={"ETag": '"1"'})
    answer = get(f"{outside.url}/a.ics")
    assert (answer.status, answer.body, answer.headers["etag"]) == (200, b"BEGIN:VCALENDAR", '"1"')
    assert outside.asked[0].headers["Accept-Encoding"] == "identity"


@pytest.mark.parametrize(
    "url",
    [
        "ftp://127.0.0.1/a",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "https:///a",
        "//example.org/a",
        "https://user:password@example.org/a",
        "https://example.org:port/a",
        "https://[::1/a",
        "http://example.org/a",
        "https://127.0.0.1/a",
        "https://[::1]/a",
        "https://[::ffff:127.0.0.1]/a",
        "https://169.254.169.254/latest/meta-data/",
        "https://10.1.2.3/a",
    ],
)
def test_addresses_that_are_refused_at_sight(url: str):
    with pytest.raises(NotAllowed):
        get(url)


@pytest.mark.parametrize("host", ["localhost", "2130706433", "0x7f000001", "127.1", "0", "ip6-localhost"])
def test_names_and_numbers_that_lead_here_are_refused_when_looked_up(host: str, monkeypatch):
    monkeypatch.setattr(guard, "create_connection", lambda *_, **__: pytest.fail("it connected"))
    with pytest.raises((NotAllowed, Unreachable)):
        get(f"https://{host}/a")


def test_a_name_is_looked_up_once_and_connected_to_where_it_was_looked_at(outside, settings, monkeypatch):
    """Whoever answers with a public address first and with ours the second time gets nowhere."""
    settings.CALENDAR_ALLOWED_HOSTS = []
    looked_up = []

    def rebinding(host, port, *arguments, **named):
        looked_up.append(host)
        address = "93.184.216.34" if len(looked_up) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    connected = []

    def connect(address, *arguments, **named):
        connected.append(address)
        raise OSError("nobody there")

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(guard, "create_connection", connect)
    with pytest.raises(Unreachable):
        get("https://rebinding.example.org/a")
    assert looked_up == ["rebinding.example.org"]
    assert connected == [("93.184.216.34", 443)]


def test_of_several_addresses_only_the_public_ones_are_tried(settings, monkeypatch):
    def both(host, port, *arguments, **named):
        found = ("10.0.0.1", "93.184.216.34", "::1", "fe80::1")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in found]

    connected = []

    def connect(address, *arguments, **named):
        connected.append(address[0])
        raise OSError("nobody there")

    monkeypatch.setattr(socket, "getaddrinfo", both)
    monkeypatch.setattr(guard, "create_connection", connect)
    with pytest.raises(Unreachable):
        get("https://both.example.org/a")
    assert connected == ["93.184.216.34"]


def test_a_redirection_is_checked_like_the_first_address(outside, monkeypatch):
    outside.pages["/a"] = Reply(status=302, headers={"Location": "https://169.254.169.254/latest"})
    outside.pages["/b"] = Reply(status=302, headers={"Location": "file:///etc/passwd"})
    outside.pages["/c"] = Reply(status=302, headers={"Location": "http://localhost:1/"})
    for path in "abc":
        with pytest.raises(NotAllowed):
            get(f"{outside.url}/{path}")


def test_three_redirections_are_followed_and_a_fourth_is_not(outside):
    for number in range(4):
        outside.pages[f"/{number}"] = Reply(status=307, headers={"Location": f"/{number + 1}"})
    outside.pages["/4"] = Reply(b"there")
    assert get(f"{outside.url}/1").body == b"there"
    with pytest.raises(Unreachable):
        get(f"{outside.url}/0")


def test_the_password_is_told_to_nobody_else(outside, settings):
    other = OutsideServer()
    other.start()
    try:
        settings.CALENDAR_ALLOWED_HOSTS = ["127.0.0.0/8"]
        outside.pages["/here"] = Reply(status=302, headers={"Location": "/there"})
        outside.pages["/there"] = Reply(b"")
        get(f"{outside.url}/here", user="kari", password="blåbær")
        assert all("Authorization" in asked.headers for asked in outside.asked)
        with Asker(home=outside.url, user="kari", password="blåbær") as asker:
            asker.ask("GET", f"{other.url}/")
        assert "Authorization" not in other.asked[0].headers
    finally:
        other.stop()


def test_what_is_too_large_is_not_read_to_its_end(outside, monkeypatch):
    monkeypatch.setattr(guard, "MOST_BYTES", 1000)
    outside.pages["/fits"] = Reply(b"x" * 1000)
    outside.pages["/large"] = Reply(b"x" * 1001)
    assert len(get(f"{outside.url}/fits").body) == 1000
    with pytest.raises(TooLarge):
        get(f"{outside.url}/large")


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress], ids=["gzip", "deflate"])
def test_a_small_parcel_that_unpacks_to_much_is_refused(outside, pack):
    coding = {"Content-Encoding": "gzip" if pack is gzip.compress else "deflate"}
    outside.pages["/bomb"] = Reply(pack(b"\0" * 50_000_000), headers=coding)
    outside.pages["/fine"] = Reply(pack(b"BEGIN:VCALENDAR"), headers=coding)
    outside.pages["/broken"] = Reply(pack(b"BEGIN:VCALENDAR")[:-6], headers=coding)
    outside.pages["/other"] = Reply(b"?", headers={"Content-Encoding": "br"})
    assert get(f"{outside.url}/fine").body == b"BEGIN:VCALENDAR"
    with pytest.raises(TooLarge):
        get(f"{outside.url}/bomb")
    for path in ("broken", "other"):
        with pytest.raises(Unreachable):
            get(f"{outside.url}/{path}")


@pytest.mark.parametrize("headers", [{}, {"Connection": "close"}], ids=["kept open", "to be closed"])
def test_a_server_that_sends_a_byte_at_a_time_is_cut_off(outside, monkeypatch, headers):
    monkeypatch.setattr(guard, "TOTAL_SECONDS", 0.5)
    outside.pages["/slow"] = Reply(b"x" * 2000, headers=headers, drip=0.05)
    with pytest.raises(TooSlow):
        get(f"{outside.url}/slow")


def test_what_breaks_off_is_not_taken_for_the_whole(outside):
    outside.pages["/short"] = Reply(b"half", headers={"Content-Length": "8", "Connection": "close"})
    with pytest.raises(Unreachable):
        get(f"{outside.url}/short")


def test_no_words_of_an_error_hold_the_address(settings):
    settings.CALENDAR_ALLOWED_HOSTS = ["127.0.0.1"]
    with pytest.raises(Unreachable) as caught:
        get("http://127.0.0.1:9/secret-key.ics")
    assert "secret-key" not in str(caught.value)
    assert caught.value.__cause__ is None
