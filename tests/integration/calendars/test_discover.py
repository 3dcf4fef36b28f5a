"""A server's calendars are found from whatever address of it somebody knows."""

import pytest

from samtale.calendars.domain.discover import _trusted, calendars_at
from samtale.calendars.domain.outside_calendars import Access
from samtale.calendars.troubles import Problem, Trouble
from tests.outside_server import Reply
from tests.radicale_server import PASSWORD, USER

MULTISTATUS = b'<d:multistatus xmlns:d="DAV:">%s</d:multistatus>'


@pytest.mark.parametrize("path", ["", "/", "/kari", "/kari/", "/kari/en/", "/.well-known/caldav"])
def test_it_is_found_from(radicale, path):
    address = radicale.make_calendar("En")
    radicale.make_calendar("Oppgaver", kind="VTODO")
    (found,) = calendars_at(Access(radicale.url + path, USER, PASSWORD))
    assert (found.address, found.name, found.may_write) == (address, "En", True)


@pytest.mark.parametrize(
    ("home", "there", "trusted"),
    [
        ("https://caldav.icloud.com/", "https://p42-caldav.icloud.com/1/", True),
        ("https://sky.example.org/", "https://sky.example.org/dav/", True),
        ("https://sky.example.org/", "http://sky.example.org/dav/", False),
        ("https://sky.example.org/", "https://evil.org/dav/", False),
        ("https://example.org/", "https://evil.org/dav/", False),
        ("https://sky.example.org/", "https://evilexample.org/dav/", False),
    ],
)
def test_whom_the_password_is_told(home, there, trusted):
    if trusted:
        assert _trusted(Access(home), there) == there
    else:
        with pytest.raises(Trouble):
            _trusted(Access(home), there)


def test_a_calendar_elsewhere_is_not_told_the_password(outside, settings):
    calendar = b"""<d:response xmlns:c="urn:ietf:params:xml:ns:caldav"><d:href>http://localhost:%d/cal/</d:href>
        <d:propstat><d:prop><d:resourcetype><c:calendar/></d:resourcetype></d:prop></d:propstat></d:response>"""
    port = int(outside.url.rpartition(":")[2])
    outside.pages["/"] = Reply(MULTISTATUS % (calendar % port), status=207)
    settings.CALENDAR_ALLOWED_HOSTS = ["127.0.0.1", "localhost"]

    with pytest.raises(Trouble) as caught:
        calendars_at(Access(f"{outside.url}/", USER, PASSWORD))

    assert caught.value.problem == Problem.NOT_ALLOWED


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html></html>",
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + MULTISTATUS % b"&b;",
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + MULTISTATUS % b"&a;",
        b"\xff\xfe\x00",
        b"<d:multistatus xmlns:d='DAV:'/>",
    ],
)
def test_what_is_no_answer_of_a_calendar_server_is_said_to_be_none(outside, body):
    outside.pages["/"] = outside.pages["/.well-known/caldav"] = Reply(body, status=207)
    with pytest.raises(Trouble) as caught:
        calendars_at(Access(f"{outside.url}/", USER, PASSWORD))
    assert caught.value.problem == Problem.NOT_A_CALENDAR


def test_nobody_waits_long_for_a_slow_server(outside, monkeypatch):
    monkeypatch.setattr("samtale.calendars.domain.discover.SECONDS", 0.4)
    outside.pages["/"] = Reply(MULTISTATUS % b"", status=207, drip=0.05)
    with pytest.raises(Trouble) as caught:
        calendars_at(Access(f"{outside.url}/", USER, PASSWORD))
    assert caught.value.problem == Problem.TOO_SLOW
