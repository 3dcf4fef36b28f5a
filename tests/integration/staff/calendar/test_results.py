"""Once it is over, the calendar says how an interview went, in every one of its views."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from samtale.accounts.models import User
from samtale.interviews.models import Interview, Invitation
from samtale.recruiting.models import Project
from tests.factories.interviews import make_interview, make_invitation
from tests.factories.recruiting import make_application
from tests.integration.staff.calendar.conftest import Read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)
LIST = {"view": "list", "date_from": "2026-03-02"}


@pytest.fixture
def group(project: Project) -> Interview:
    """One came, one did not, one had said that they would stay away, and one had withdrawn."""
    interview = make_interview(project, start=MONDAY, type="group", state="held")
    for name, status, outcome in (
        ("Ada", "accepted", "attended"),
        ("Bo", "accepted", "no_show"),
        ("Cato", "not_accepted", ""),
        ("Dina", "not_relevant", ""),
    ):
        application = make_application(project, first_name=name, last_name="")
        make_invitation(interview, application, meeting_status=status, outcome=outcome)
    return interview


EXPECTED = {
    "Ada": "Gjennomført",
    "Bo": "Kandidaten møtte ikke",
    "Cato": "Ikke akseptert",
    "Dina": "Ikke relevant",
}


def test_the_list_says_it_of_each_candidate(read: Read, owner: User, group: Interview) -> None:
    rows = read("/calendar/", owner, **LIST).select(".calendar-table tbody tr:not(.calendar-day)")
    shown = [row.select('[data-label="Kandidat"], [data-label="Aks. tidspkt"]') for row in rows]
    assert {name.get_text(strip=True): tag.get_text(strip=True) for name, tag in shown} == EXPECTED
    assert "Møtte 1 av 3" in rows[0].get_text(" ")


def test_the_sheet_says_it_of_each_candidate(read: Read, owner: User, group: Interview) -> None:
    rows = read("/calendar/", owner, view="print", date="2026-03-02").select(".sheet-people tbody tr")
    shown = {row.th.get_text(strip=True): row.select("td")[1].get_text(strip=True) for row in rows}  # type: ignore[union-attr]
    assert shown == EXPECTED


def test_the_dialog_says_it_of_each_candidate(read: Read, owner: User, group: Interview) -> None:
    soup = read(f"/calendar/interviews/{group.pk}/", owner, part=True)
    candidates = soup.select_one('[aria-labelledby="calendar-candidates"]')
    assert candidates
    assert "Møtte 1 av 3" in candidates.get_text(" ")
    assert [tag.get_text(strip=True) for tag in candidates.select("li .ds-tag")] == [*EXPECTED.values()]


def test_where_we_did_not_come_that_is_said_of_all(read: Read, owner: User, project: Project) -> None:
    make_invitation(start=MONDAY, state="missed", application=make_application(project))
    table = read("/calendar/", owner, **LIST).select_one(".calendar-table")
    assert table
    assert "Vi møtte ikke" in table.get_text()
    assert "Venter svar" not in table.get_text()


def test_as_long_as_nothing_is_recorded_the_answers_stand(read: Read, owner: User, group: Interview) -> None:
    Interview.objects.update(state="planned")
    Invitation.objects.update(outcome="")
    table = read("/calendar/", owner, **LIST).select_one(".calendar-table")
    assert table
    assert "2 av 3 kommer" in table.get_text()
    assert "Gjennomført" not in table.get_text()


def test_the_grid_counts_who_came_of_those_who_still_were_invited(
    client: Client, owner: User, group: Interview
) -> None:
    client.force_login(owner)
    week = {"start": "2026-03-02T00:00", "end": "2026-03-09T00:00"}

    def coming() -> object:
        (event,) = client.get("/calendar/events/", week).json()["events"]
        return event.get("coming")

    assert coming() == "Møtte 1 av 3"
    Interview.objects.update(state="planned")
    assert coming() == "2 av 3 kommer"
    Interview.objects.update(state="missed")
    assert coming() is None
