"""The appointment for the candidate's own calendar."""

import pytest
from django.test import Client
from icalendar import Calendar

from samtale.interviews.models import Invitation
from tests.conftest import Clock
from tests.integration.candidate.conftest import CLOSED, START, Arrange, Reader, heading, links


def test_the_file_holds_the_appointment(invitation: Invitation, address: str, reader: Reader) -> None:
    response = reader.client.get(f"{address}calendar.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="interview.ics"'
    (event,) = Calendar.from_ical(response.content).walk("VEVENT")
    assert event.decoded("dtstart") == START
    assert event.decoded("dtend") == invitation.interview.end
    assert event["location"] == "Rådhuset, møterom 4B"
    assert "Sykepleier, hjemmetjenesten" in event["summary"]
    assert b"Amina" not in response.content


@pytest.mark.parametrize(("end", "summary"), [("", "Intervju: "), ("?lang=en", "Interview: ")])
def test_the_file_is_in_the_language_being_read(end: str, summary: str, address: str, reader: Reader) -> None:
    page = reader.open(address + end)
    (file,) = [link for link in links(page).values() if "calendar.ics" in link]
    (event,) = Calendar.from_ical(reader.client.get(file).content).walk("VEVENT")
    assert event["summary"].startswith(summary)


@pytest.mark.parametrize(("type_", "place"), [("in_person", "Rådhusgaten 10, 5014 Bergen"), ("phone", None)])
def test_without_a_place_it_is_at_the_departments_address(
    type_: str, place: str | None, invitation: Invitation, address: str, reader: Reader
) -> None:
    interview = invitation.interview
    interview.type, interview.place = type_, ""
    interview.save()
    (event,) = Calendar.from_ical(reader.client.get(f"{address}calendar.ics").content).walk("VEVENT")
    assert event.get("location") == place


def test_a_started_interview_can_still_be_put_in_the_calendar(
    invitation: Invitation, address: str, reader: Reader, clock: Clock
) -> None:
    clock.move_to(START)
    assert reader.client.get(f"{address}calendar.ics").status_code == 200


@pytest.mark.parametrize(
    ("arrange", "title"),
    [(arrange, title) for name, arrange, title in CLOSED if name not in ("started", "over")],
)
def test_what_will_not_take_place_leads_to_the_page_that_says_so(
    arrange: Arrange, title: str, invitation: Invitation, address: str, reader: Reader, clock: Clock
) -> None:
    arrange(invitation, clock)
    response = reader.client.get(f"{address}calendar.ics?lang=nb")
    assert (response.status_code, response["Location"]) == (302, f"{address}?lang=nb")
    assert heading(reader.open(response["Location"])) == title


def test_the_file_is_only_read(address: str) -> None:
    assert Client().post(f"{address}calendar.ics").status_code == 405
