"""What the page shows, and that looking changes nothing (spec 5)."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from samtale.interviews.models import Invitation
from tests.conftest import Clock
from tests.factories.interviews import make_invitation
from tests.factories.recruiting import make_application
from tests.integration.candidate.conftest import CLOSED, OPEN, Arrange, Reader, address_of, heading, one, text

STATES = [pytest.param(arrange, title, id=name) for name, arrange, title in OPEN + CLOSED]
CLOSED_STATES = [pytest.param(arrange, title, id=name) for name, arrange, title in CLOSED]


@pytest.mark.parametrize(("arrange", "title"), STATES)
def test_each_state_has_its_own_heading(
    arrange: Arrange, title: str, invitation: Invitation, address: str, reader: Reader, clock: Clock
) -> None:
    arrange(invitation, clock)
    assert heading(reader.open(address)) == title


@pytest.mark.parametrize(("arrange", "title"), CLOSED_STATES)
def test_a_closed_page_has_no_form_and_takes_no_answer(
    arrange: Arrange, title: str, invitation: Invitation, address: str, reader: Reader, clock: Clock
) -> None:
    arrange(invitation, clock)
    assert not reader.open(address).select("input, textarea, button:not([name=zone])")
    before = everything_stored()
    for fields in ({"choice": "coming"}, {"choice": "withdraw", "step": "confirmed"}, {"step": "back"}):
        response = reader.client.post(address, fields)
        assert response.status_code == 409
        assert title in response.content.decode()
        assert b"Send svar" not in response.content
    assert everything_stored() == before


@pytest.mark.parametrize(("arrange", "title"), STATES)
@pytest.mark.parametrize("end", ["", "?change=1", "?lang=sv", "calendar.ics"])
def test_get_and_head_change_nothing(
    end: str, arrange: Arrange, title: str, invitation: Invitation, address: str, reader: Reader, clock: Clock
) -> None:
    arrange(invitation, clock)
    before = everything_stored()
    for ask in (reader.client.get, reader.client.head):
        assert ask(address + end).status_code in (200, 302)
    assert everything_stored() == before


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(method: str, address: str, reader: Reader) -> None:
    before = everything_stored()
    assert getattr(reader.client, method)(address).status_code == 405
    assert everything_stored() == before


def test_the_page_says_all_a_candidate_needs(address: str, reader: Reader) -> None:
    page = reader.open(address)
    shown = text(page)
    for expected in (
        "Bergen kommune",
        "des 3 torsdag",
        "kl. 09:00–09:45 (norsk tid)",
        "Personlig intervju · Sykepleier, hjemmetjenesten",
        "Rådhuset, møterom 4B",
        "Du møter Kari Lunde og Per Vik .",
        "Slik finner du oss",
        "Ta bussen til Festplassen.",
    ):
        assert expected in shown
    time = one(page, "time")
    assert time["datetime"] == "2026-12-03T09:00:00+01:00"
    assert "torsdag 3. desember 2026" in time.get_text()


def test_nobody_else_is_on_the_page(invitation: Invitation, reader: Reader) -> None:
    other = make_application(
        invitation.interview.project, first_name="Bjarte", last_name="Nilsen", email="bjarte@example.org"
    )
    make_invitation(interview=invitation.interview, application=other)
    body = reader.client.get(address_of(invitation)).content.decode()
    for secret in ("Bjarte", "Nilsen", "@", "kari.lunde"):
        assert secret not in body


@pytest.mark.parametrize(
    ("link", "is_shown"),
    [
        ("https://meet.example.org/room", True),
        ("http://meet.example.org/room", True),
        ("javascript:alert(1)", False),
        ("ftp://meet.example.org/room", False),
        ("data:text/html,<script>", False),
        ("//meet.example.org", False),
        ("https://[broken", False),
    ],
)
def test_only_web_addresses_become_links(
    link: str, is_shown: bool, invitation: Invitation, address: str, reader: Reader
) -> None:
    interview = invitation.interview
    interview.type, interview.place, interview.video_link = "video", "", link
    interview.save()
    page = reader.open(address)
    found = [element for element in page.select("a") if element["href"] == link]
    assert bool(found) == is_shown
    assert all("noopener" in element["rel"] for element in found)
    assert is_shown or link not in str(page)


def test_a_phone_interview_says_who_calls_and_needs_no_directions(
    invitation: Invitation, address: str, reader: Reader
) -> None:
    interview = invitation.interview
    interview.type, interview.place = "phone", ""
    interview.save()
    shown = text(reader.open(address))
    assert "Vi ringer deg på nummeret du oppga i søknaden." in shown
    assert "Du snakker med Kari Lunde og Per Vik" in shown
    assert "Festplassen" not in shown
    assert "Rådhusgaten" not in shown


def test_without_a_place_one_meets_at_the_departments_address(
    invitation: Invitation, address: str, reader: Reader
) -> None:
    invitation.interview.place = ""
    invitation.interview.save()
    assert "Rådhusgaten 10, 5014 Bergen" in text(reader.open(address))


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Europe/Oslo", "kl. 09:00–09:45 (norsk tid)"),
        ("Europe/Stockholm", "kl. 09:00–09:45 (svensk tid)"),
        ("Europe/London", "kl. 08:00–08:45 (London-tid)"),
        ("America/New_York", "kl. 03:00–03:45 (New York-tid)"),
    ],
)
def test_the_time_is_the_interviews_own_clock(
    zone: str, expected: str, invitation: Invitation, address: str, reader: Reader
) -> None:
    invitation.interview.time_zone = zone
    invitation.interview.save()
    assert expected in text(reader.open(address))


def test_a_started_interview_still_shows_where_it_is_and_a_cancelled_one_does_not(
    invitation: Invitation, address: str, reader: Reader, clock: Clock
) -> None:
    arrange = {name: arrange for name, arrange, _title in CLOSED}
    arrange["started"](invitation, clock)
    assert "møterom 4B" in text(reader.open(address))
    assert "Er du forsinket" in text(reader.open(address))
    clock.forward(hours=1)
    assert "Er du forsinket" not in text(reader.open(address))
    arrange["cancelled"](invitation, clock)
    assert "møterom 4B" not in text(reader.open(address))


def everything_stored() -> dict[str, Any]:
    """Return every row of every table, sessions included, and what the cache holds."""
    rows: dict[str, Any] = {
        model._meta.db_table: list(model._base_manager.order_by("pk").values_list())
        for model in apps.get_models(include_auto_created=True)
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cache ORDER BY cache_key")
        rows["cache"] = cursor.fetchall()
    return rows
