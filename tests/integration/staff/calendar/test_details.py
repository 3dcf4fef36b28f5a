"""One interview in the calendar's dialog, and the way from a drop to the page that moves it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samtale.accounts.models import User
from samtale.interviews.models import Interview, InvitationMessage
from samtale.recruiting.models import Project, ProjectAccess
from tests.factories.accounts import make_user
from tests.factories.interviews import make_interview, make_invitation
from tests.factories.outbox import make_message
from tests.factories.recruiting import give_access, make_application
from tests.integration.staff.calendar.conftest import Read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TUESDAY = datetime(2026, 3, 3, 8, tzinfo=UTC)


@pytest.fixture
def interview(project: Project) -> Interview:
    application = make_application(project, first_name="Amina", last_name="Hassan")
    invitation = make_invitation(
        application=application, start=TUESDAY, meeting_status="new_time", wishes="Helst etter kl. 12"
    )
    return invitation.interview


def details(read: Read, user: User, interview: Interview) -> str:
    soup = read(f"/calendar/interviews/{interview.pk}/", user, part=True)
    assert not soup.select("html, main"), "a part, and no page"
    return soup.get_text(" ", strip=True)


def test_says_who_when_where_and_what_was_answered(read: Read, owner: User, interview: Interview) -> None:
    shown = details(read, owner, interview)

    for expected in (
        "Intervju 1 · Personlig intervju",
        "Tirsdag 3. mars 2026",
        "09:00–09:45",
        "Rådhuset, møterom 4B",
        "Kari Lunde",
        interview.project.title,
        "Amina Hassan",
        "Kontakt for nytt tidspkt.",
        "Helst etter kl. 12",
    ):
        assert expected in shown
    assert "norsk tid" not in shown


def test_another_zone_is_named_with_its_own_time(read: Read, owner: User, interview: Interview) -> None:
    User.objects.filter(pk=owner.pk).update(time_zone="Europe/Helsinki")
    shown = details(read, owner, interview)
    assert "10:00–10:45" in shown
    assert "Helsingfors-tid (09:00 norsk tid)" in shown


def test_in_a_tab_of_its_own_it_is_the_interviews_page(
    client: Client, read: Read, owner: User, interview: Interview
) -> None:
    read(f"/calendar/interviews/{interview.pk}/", owner, answers=302)
    assert "Amina Hassan" in read(f"/interviews/{interview.pk}/", owner).get_text()


def test_once_it_is_over_its_outcome_is_asked_for(read: Read, owner: User, interview: Interview) -> None:
    assert "Registrer utfall" not in details(read, owner, interview)
    Interview.objects.filter(pk=interview.pk).update(start=datetime(2026, 3, 2, 8, tzinfo=UTC))
    assert "Registrer utfall" in details(read, owner, interview)


def test_actions_are_for_those_who_work_in_the_project(
    read: Read, owner: User, project: Project, interview: Interview
) -> None:
    reader = make_user()
    give_access(reader, project, ProjectAccess.Level.READ)

    assert "Flytt" in details(read, owner, interview)
    assert "Flytt" not in details(read, reader, interview)
    assert "Avlys" not in details(read, reader, interview)


def test_who_attends_learns_no_more_than_the_list_says(read: Read, interview: Interview) -> None:
    attending = make_user()
    interview.interviewers.add(attending)

    soup = read(f"/calendar/interviews/{interview.pk}/", attending, part=True)

    assert "Amina Hassan" in soup.get_text()
    assert "Helst" not in soup.get_text()
    assert not soup.select("a[href^='/applications/'], a[href^='/projects/']")


def test_strangers_find_nothing(read: Read, interview: Interview) -> None:
    read(f"/calendar/interviews/{interview.pk}/", make_user(), answers=404)
    read(f"/calendar/interviews/{interview.pk}/move/", make_user(), answers=404)


@pytest.mark.parametrize("fields", [{"state": "cancelled"}, {"start": datetime(2026, 3, 2, 8, tzinfo=UTC)}])
def test_what_is_over_or_off_is_not_moved(
    client: Client, read: Read, owner: User, interview: Interview, fields: dict[str, Any]
) -> None:
    Interview.objects.filter(pk=interview.pk).update(**fields)

    assert "Flytt" not in details(read, owner, interview)
    assert drop(client, owner, interview, start="2026-03-04T10:00")["Location"] == "/calendar/"


def drop(client: Client, user: User, interview: Interview, **query: str) -> HttpResponse:
    client.force_login(user)
    response = client.get(f"/calendar/interviews/{interview.pk}/move/", query)
    assert response.status_code == 302
    return response


class TestDrop:
    def test_leads_to_the_page_that_asks_first(
        self, client: Client, owner: User, interview: Interview
    ) -> None:
        back = "/calendar/?view=week&date=2026-03-04"

        to = urlsplit(
            drop(client, owner, interview, start="2026-03-04T10:15", duration="60", next=back)["Location"]
        )

        assert to.path == f"/interviews/{interview.pk}/move/"
        assert parse_qs(to.query) == {"start": ["2026-03-04T10:15"], "duration": ["60"], "next": [back]}
        interview.refresh_from_db()
        assert interview.start == TUESDAY, "nothing moves by a look"

    def test_is_on_the_interviews_own_clock_there(
        self, client: Client, owner: User, interview: Interview
    ) -> None:
        User.objects.filter(pk=owner.pk).update(time_zone="Europe/Helsinki")
        to = drop(client, owner, interview, start="2026-03-04T00:30")["Location"]
        assert parse_qs(urlsplit(to).query)["start"] == ["2026-03-03T23:30"]

    def test_at_a_time_that_no_clock_shows_is_told(
        self, client: Client, owner: User, interview: Interview
    ) -> None:
        to = drop(client, owner, interview, start="2026-03-29T02:30")
        assert to["Location"] == "/calendar/"
        assert "finnes ikke" in client.get("/calendar/").content.decode()

    @pytest.mark.parametrize(
        "start", ["now", "2026-13-01T10:00", "0001-01-01T00:00", "9999-12-31T23:59", "2026-03-04T10:00+09:00"]
    )
    def test_of_nonsense_is_no_time(
        self, client: Client, owner: User, interview: Interview, start: str
    ) -> None:
        to = drop(client, owner, interview, start=start, duration="-5")["Location"]
        assert parse_qs(urlsplit(to).query) == {"next": ["/calendar/"]}

    @pytest.mark.parametrize(
        "back", ["https://evil.example/calendar/", "//evil.example/calendar/", "/outbox/", "javascript:1"]
    )
    def test_leads_back_to_the_calendar_alone(
        self, client: Client, owner: User, interview: Interview, back: str
    ) -> None:
        to = drop(client, owner, interview, next=back)["Location"]
        assert parse_qs(urlsplit(to).query)["next"] == ["/calendar/"]

    @pytest.mark.parametrize(
        "meanwhile", [{"state": "cancelled"}, {"start": datetime(2026, 3, 2, 8, tzinfo=UTC)}]
    )
    def test_of_what_can_no_longer_be_moved_is_told(
        self, client: Client, owner: User, interview: Interview, meanwhile: dict[str, Any]
    ) -> None:
        Interview.objects.filter(pk=interview.pk).update(**meanwhile)
        back = "/calendar/?view=list"
        to = drop(client, owner, interview, start="2026-03-04T10:15", next=back)
        assert to["Location"] == back
        assert "kan ikke lenger flyttes" in client.get(back).content.decode()

    def test_needs_the_right(self, client: Client, project: Project, interview: Interview) -> None:
        reader = make_user()
        give_access(reader, project, ProjectAccess.Level.READ)
        client.force_login(reader)
        assert client.get(f"/calendar/interviews/{interview.pk}/move/").status_code == 403


def test_what_is_recorded_can_be_corrected(read: Read, owner: User, interview: Interview) -> None:
    past = datetime(2026, 3, 2, 8, tzinfo=UTC)
    Interview.objects.filter(pk=interview.pk).update(start=past, state="held")
    shown = details(read, owner, interview)
    assert "Rett utfallet" in shown
    assert "Registrer utfall" not in shown


def test_a_groups_seats_are_counted(read: Read, owner: User, project: Project) -> None:
    group = make_interview(project, start=TUESDAY, type="group", seats=3)
    for status in ("accepted", "accepted", "awaiting"):
        make_invitation(group, make_application(project), meeting_status=status)
    assert "2 av 3 kommer · 2 av 3 plasser" in details(read, owner, group)


class TestMessages:
    def write(self, interview: Interview, number: int) -> None:
        for each in range(number):
            message = make_message(subject=f"Brev {each}", due_at=TUESDAY - timedelta(days=9 - each))
            InvitationMessage.objects.create(
                message=message,
                invitation=interview.invitations.get(),
                purpose="free",
                interview_version=1,
            )

    def test_the_last_three_with_their_state_and_a_way_to_all(
        self, read: Read, owner: User, interview: Interview
    ) -> None:
        assert "Siste meldinger" not in details(read, owner, interview)
        self.write(interview, 4)
        soup = read(f"/calendar/interviews/{interview.pk}/", owner, part=True)
        section = soup.select_one('[aria-labelledby="calendar-messages"]')
        assert section
        assert [row.a.get_text(strip=True) for row in section.select("li")] == ["Brev 3", "Brev 2", "Brev 1"]  # type: ignore[union-attr]
        assert len(section.select("li .ds-tag")) == 3
        assert section.select(f'a[href="/interviews/{interview.pk}/#messages"]')

    def test_are_for_those_who_may_see_the_project(self, read: Read, interview: Interview) -> None:
        self.write(interview, 1)
        attending = make_user()
        interview.interviewers.add(attending)
        assert "Brev" not in details(read, attending, interview)

    def test_cost_one_query_however_many(self, read: Read, owner: User, interview: Interview) -> None:
        def asked() -> int:
            with CaptureQueriesContext(connection) as queries:
                details(read, owner, interview)
            return sum('FROM "outbox_message"' in each["sql"] for each in queries)

        details(read, owner, interview)
        self.write(interview, 5)
        assert asked() == 1
