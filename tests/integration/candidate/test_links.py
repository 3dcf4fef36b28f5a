"""Links that do not work, and whoever tries many of them."""

import uuid
from datetime import timedelta

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django import Settings

from samtale.interviews.domain.tokens import LINK_LIFETIME_AFTER_END, token_for
from samtale.interviews.models import Invitation
from samtale.web.candidate.throttle import WRONG_LINKS
from samtale.web.throttle import client_address
from tests.conftest import Clock
from tests.integration.candidate.conftest import Reader, heading
from tests.integration.candidate.test_states import everything_stored


def test_every_wrong_link_gets_the_same_answer(invitation: Invitation, reader: Reader, clock: Clock) -> None:
    token = token_for(invitation)
    revoked = token
    invitation.link_version += 1
    invitation.save()
    right = token_for(invitation)
    stranger = Invitation(
        public_id=uuid.uuid4(), interview=invitation.interview, application=invitation.application
    )
    forged = right[:-1] + ("A" if right[-1] != "A" else "B")
    wrong = [
        "x",
        revoked,
        forged,
        right[1:],
        right + "=",
        right.replace("~", "~~"),
        right.partition("~")[0],
        right.upper(),
        token_for(stranger),
        "%00",
        "æøå",
        "a" * 5000,
    ]
    answers = {answer(reader, f"/a/{each}/") for each in wrong}
    clock.move_to(invitation.interview.end + LINK_LIFETIME_AFTER_END + timedelta(seconds=1))
    answers.add(answer(reader, f"/a/{right}/"))
    assert len(answers) == 1
    status, body, _headers = answers.pop()
    assert status == 404
    assert "Denne lenken virker ikke" in body.decode()


@pytest.mark.parametrize("end", ["junk", "calendar.ics/", "/", "%0A"])
def test_a_right_link_with_something_wrong_after_it_is_a_wrong_one(
    end: str, address: str, reader: Reader
) -> None:
    wrong = reader.client.get("/a/x/")
    response = reader.client.get(address + end)
    assert (response.status_code, response.content) == (404, wrong.content)
    assert reader.client.post(address + end, {"choice": "coming"}).status_code == 404


@pytest.mark.parametrize("query", ["", "?lang=sv"])
def test_a_link_without_its_last_stroke_leads_on(query: str, address: str, reader: Reader) -> None:
    response = reader.client.get(address.rstrip("/") + query)
    assert (response.status_code, response["Location"]) == (307, address + query)


def answer(reader: Reader, address: str) -> tuple[int, bytes, frozenset[tuple[str, str]]]:
    response = reader.client.get(address)
    return response.status_code, response.content, frozenset(response.items())


def test_the_link_works_to_the_end_of_its_life(
    invitation: Invitation, address: str, reader: Reader, clock: Clock
) -> None:
    clock.move_to(invitation.interview.end + LINK_LIFETIME_AFTER_END)
    assert reader.client.get(address).status_code == 200


@pytest.mark.parametrize("end", ["", "calendar.ics"])
def test_a_wrong_link_changes_nothing_whatever_is_sent(
    end: str, invitation: Invitation, reader: Reader
) -> None:
    before = {name: rows for name, rows in everything_stored().items() if name != "cache"}
    for ask in (reader.client.get, reader.client.head):
        assert ask(f"/a/wrong/{end}").status_code == 404
    assert reader.client.post("/a/wrong/", {"choice": "coming"}).status_code == 404
    assert {name: rows for name, rows in everything_stored().items() if name != "cache"} == before


def test_many_wrong_links_have_to_wait_and_right_ones_have_not(
    address: str, reader: Reader, clock: Clock
) -> None:
    clock.forward(seconds=15)
    for number in range(WRONG_LINKS.most):
        end = "calendar.ics" if number % 2 else ""
        assert reader.client.get(f"/a/wrong{number}/{end}").status_code == 404
    response = reader.client.get("/a/wrong/")
    assert (response.status_code, response["Retry-After"]) == (429, "45")
    assert "Vent et minutt" in response.content.decode()
    assert reader.client.post("/a/wrong/").status_code == 429
    # Whoever shares the address, such as a whole town hall, is not kept out.
    assert reader.client.get(address).status_code == 200
    assert reader.client.post(address, {"choice": "coming"}).status_code == 303
    assert reader.client.get("/a/wrong/", REMOTE_ADDR="192.0.2.7").status_code == 404
    clock.forward(seconds=45)
    assert reader.client.get("/a/wrong/").status_code == 404


def test_a_flood_is_not_written_down(reader: Reader, db: None) -> None:
    for _number in range(WRONG_LINKS.most):
        reader.client.get("/a/wrong/")
    before = everything_stored()
    assert reader.client.get("/a/wrong/").status_code == 429
    assert everything_stored() == before


@pytest.mark.parametrize(
    ("behind_proxy", "remote", "forwarded", "expected"),
    [
        (False, "192.0.2.1", "", "192.0.2.1"),
        (False, "192.0.2.1", "198.51.100.9", "192.0.2.1"),
        (True, "127.0.0.1", "198.51.100.9", "198.51.100.9"),
        (True, "127.0.0.1", "invented, 203.0.113.5, 198.51.100.9", "198.51.100.9"),
        (True, "127.0.0.1", "", "127.0.0.1"),
        (True, "127.0.0.1", "no address", "unknown"),
        (False, "", "", "unknown"),
        (False, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        (False, "2001:db8:1:2::9", "", "2001:db8:1:2::/64"),
    ],
)
def test_who_counts_as_one_client(
    behind_proxy: bool, remote: str, forwarded: str, expected: str, settings: Settings
) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if behind_proxy else None
    request: HttpRequest = RequestFactory().get("/", REMOTE_ADDR=remote)
    if forwarded:
        request.META["HTTP_X_FORWARDED_FOR"] = forwarded
    assert client_address(request) == expected


def test_the_wrong_page_speaks_the_readers_language(reader: Reader, db: None) -> None:
    assert heading(reader.open("/a/wrong/")) == "Denne lenken virker ikke"
    page = reader.open("/a/wrong/?lang=sv", **{"accept-language": "en"})
    assert heading(page) == "Den här länken fungerar inte"
    assert heading(reader.open("/a/wrong/", **{"accept-language": "en"})) == "This link does not work"
