"""The recruitment calendar: what it shows, to whom, and how the filters in its address work."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samtale.accounts.models import User
from samtale.interviews.models import Interview
from samtale.recruiting.models import Project, ProjectAccess
from tests.factories.accounts import make_administrator, make_user
from tests.factories.interviews import make_interview, make_invitation
from tests.factories.recruiting import give_access, make_application, make_project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

# The clock of the tests stands at Monday 2 March 2026, 10:00 in Oslo.
TUESDAY = datetime(2026, 3, 3, 8, tzinfo=UTC)
EVERYTHING = {"date_from": "", "date_to": ""}


def page(client: Client, user: User, **filters: str) -> BeautifulSoup:
    client.force_login(user)
    response = client.get("/calendar/", {"view": "list"} | filters)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def names(soup: BeautifulSoup) -> list[str]:
    return [cell.get_text(strip=True) for cell in soup.select('td[data-label="Kandidat"]')]


def invited(project: Project, name: str, **fields: Any) -> Interview:
    application = make_application(project, first_name=name, last_name="")
    return make_invitation(application=application, **({"start": TUESDAY} | fields)).interview


def test_shows_from_today_on_by_week_and_day(client: Client, owner: User, project: Project) -> None:
    invited(project, "Earlier today", start=datetime(2026, 3, 2, 6, tzinfo=UTC))
    invited(project, "Yesterday", start=datetime(2026, 3, 1, 9, tzinfo=UTC))
    invited(project, "Tomorrow")
    invited(project, "Next week", start=TUESDAY + timedelta(days=7))

    soup = page(client, owner)

    assert names(soup) == ["Earlier today", "Tomorrow", "Next week"]
    assert [week.get_text(" ", strip=True) for week in soup.select("section h2")] == [
        "Uke 10 2.–8. mars 2026",
        "Uke 11 9.–15. mars 2026",
    ]
    days = [day.get_text(" ", strip=True) for day in soup.select(".calendar-day")]
    assert days == ["Mandag 2. mars I dag", "Tirsdag 3. mars", "Tirsdag 10. mars"]


def test_shows_activity_status_people_place_and_project(
    client: Client, owner: User, project: Project
) -> None:
    invited(
        project,
        "Amina",
        meeting_status="new_time",
        round="interview_2",
        video_link="https://video.example.org/1",
    )

    row = page(client, owner).select_one("tbody tr:not(.calendar-day)")

    assert row
    shown = row.get_text(" ", strip=True)
    for expected in (
        "09:00–09:45",
        "Kontakt for nytt tidspkt.",
        "Intervju 2",
        "Personlig intervju",
        "Kari Lunde",
        "Rådhuset, møterom 4B",
        project.title,
    ):
        assert expected in shown
    assert row.select_one('a[href="https://video.example.org/1"]')


def test_another_zone_shows_its_own_time_and_date(client: Client, owner: User, project: Project) -> None:
    invited(project, "Amina", start=datetime(2026, 3, 4, 3, 30, tzinfo=UTC), time_zone="America/New_York")

    soup = page(client, owner)

    time = soup.select_one('td[data-label="Klokkeslett"]')
    assert time
    elsewhere = "New York-tid (onsdag 4. mars 04:30 norsk tid)"
    assert time.get_text(" ", strip=True) == f"22:30–23:15 , Amina {elsewhere}"
    assert [day.get_text(strip=True) for day in soup.select(".calendar-day")] == ["Tirsdag 3. mars"]


def test_a_name_opens_the_application(client: Client, owner: User, project: Project) -> None:
    invitation = make_invitation(make_interview(project, start=TUESDAY))

    link = page(client, owner).select_one('td[data-label="Kandidat"] a')

    assert link
    assert link["href"] == f"/applications/{invitation.application_id}/"


def test_a_group_is_one_interview_with_several_candidates(
    client: Client, owner: User, project: Project
) -> None:
    group = make_interview(project, start=TUESDAY, type="group")
    for name in ("Bo", "Ada"):
        make_invitation(group, make_application(project, first_name=name, last_name=""))

    soup = page(client, owner)

    assert names(soup) == ["Ada", "Bo"]
    assert [cell["rowspan"] for cell in soup.select('td[data-label="Klokkeslett"]')] == ["2"]


def test_those_of_a_group_whose_answer_is_another_are_counted(
    client: Client, owner: User, project: Project
) -> None:
    group = make_interview(project, start=TUESDAY, type="group")
    for name, status in (("Ada", "new_time"), ("Bo", "accepted"), ("Cai", "new_time"), ("Dag", "accepted")):
        application = make_application(project, first_name=name, last_name="")
        make_invitation(group, application, meeting_status=status)

    soup = page(client, owner, status="new_time")

    assert [cell["rowspan"] for cell in soup.select('td[data-label="Klokkeslett"]')] == ["2"]
    people = [cell.get_text(" ", strip=True) for cell in soup.select('td[data-label="Kandidat"]')]
    assert people == ["Ada", "Cai og 2 andre"]
    assert " andre" not in page(client, owner).select_one("table").get_text()


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"activity": "interview_2"}, ["Second"]),
        ({"type": "phone"}, ["Second"]),
        ({"status": "accepted"}, ["First"]),
        ({"date_from": "2026-03-04"}, ["Second"]),
        ({"date_to": "2026-03-03"}, ["First"]),
        ({"date_from": "2026-03-03", "date_to": "2026-03-03"}, ["First"]),
        ({"activity": "interview_2", "status": "accepted"}, []),
        ({}, ["First", "Second"]),
    ],
)
def test_filters(
    client: Client, owner: User, project: Project, filters: dict[str, str], found: list[str]
) -> None:
    invited(project, "First", meeting_status="accepted")
    invited(project, "Second", round="interview_2", type="phone", start=TUESDAY + timedelta(days=1))

    assert names(page(client, owner, **filters)) == found


def test_filters_by_project_and_interviewer(client: Client, owner: User, project: Project) -> None:
    other, interviewer = make_project(owner=owner), make_user()
    invited(project, "First", interviewers=[interviewer])
    invited(other, "Second")

    assert names(page(client, owner, project=str(other.pk))) == ["Second"]
    assert names(page(client, owner, interviewer=str(interviewer.pk))) == ["First"]


def test_dates_are_whole_days_in_the_organisations_zone(
    client: Client, owner: User, project: Project
) -> None:
    invited(project, "Just before", start=datetime(2026, 3, 2, 22, 15, tzinfo=UTC))
    invited(project, "First minute", start=datetime(2026, 3, 2, 23, 0, tzinfo=UTC))
    invited(project, "Last minute", start=datetime(2026, 3, 3, 22, 59, tzinfo=UTC))
    invited(project, "Just after", start=datetime(2026, 3, 3, 23, 0, tzinfo=UTC))

    found = names(page(client, owner, date_from="2026-03-03", date_to="2026-03-03"))

    assert found == ["First minute", "Last minute"]


@pytest.mark.parametrize(
    ("filters", "field", "sentence"),
    [
        ({"date_from": "2026-02-30"}, "date_from", "Skriv datoen som år-måned-dag"),
        ({"date_to": "tomorrow"}, "date_to", "Skriv datoen som år-måned-dag"),
        ({"date_from": "0001-01-01"}, "date_from", "Skriv datoen som år-måned-dag"),
        ({"date_to": "9999-12-31"}, "date_to", "Skriv datoen som år-måned-dag"),
        ({"date_from": "2026-03-05", "date_to": "2026-03-04"}, "date_to", "Datoen er før «Dato fra»."),
    ],
)
def test_wrong_dates_are_named_beside_their_fields(
    client: Client, owner: User, project: Project, filters: dict[str, str], field: str, sentence: str
) -> None:
    invited(project, "Amina")

    soup = page(client, owner, **filters)

    control = soup.select_one(f"#id_{field}")
    assert control
    assert control["aria-invalid"] == "true"
    error = soup.find(id=str(control["aria-describedby"]).split()[-1])
    assert error
    assert sentence in error.get_text()
    assert not names(soup)


@pytest.mark.parametrize("name", ["project", "interviewer", "activity", "type", "status"])
def test_what_is_not_offered_is_refused_and_not_looked_up(
    client: Client, owner: User, project: Project, name: str
) -> None:
    invited(project, "Amina")

    assert not names(page(client, owner, **{name: "99999"}))


def test_says_when_there_is_nothing(client: Client, owner: User) -> None:
    assert "Ingen intervjuer fra og med i dag." in page(client, owner).get_text()
    filtered = page(client, owner, activity="interview_3")
    assert "Ingen intervjuer passer med disse filtrene." in filtered.get_text()


def test_weeks_beside_keep_the_other_filters(client: Client, owner: User) -> None:
    soup = page(client, owner, type="phone", date_from="2026-03-04")

    following = soup.select(".week-steps a")[-1]["href"]

    for part in ("type=phone", "date_from=2026-03-09", "date_to=2026-03-15"):
        assert part in following


class TestRights:
    def test_other_peoples_projects_are_not_shown(self, client: Client, project: Project) -> None:
        invited(project, "Amina")
        stranger = make_user()

        soup = page(client, stranger)

        assert not names(soup)
        assert project.title not in soup.get_text()

    @pytest.mark.parametrize("level", [ProjectAccess.Level.READ, ProjectAccess.Level.NORMAL])
    def test_those_with_access_see_names_as_links(self, client: Client, project: Project, level: str) -> None:
        invited(project, "Amina")
        reader = make_user()
        give_access(reader, project, level)

        assert page(client, reader).select('td[data-label="Kandidat"] a')

    def test_administrators_see_all(self, client: Client, project: Project) -> None:
        invited(project, "Amina")

        assert names(page(client, make_administrator())) == ["Amina"]

    def test_who_attends_sees_the_interview_but_not_the_way_to_the_application(
        self, client: Client, project: Project
    ) -> None:
        attending = make_user()
        invited(project, "Amina", interviewers=[attending])
        invited(project, "Bo")

        soup = page(client, attending)

        assert names(soup) == ["Amina"]
        assert not soup.select("td a[href^='/applications/'], td a[href^='/projects/']")

    def test_access_taken_away_counts_at_once(self, client: Client, project: Project) -> None:
        invited(project, "Amina")
        reader = make_user()
        give_access(reader, project, ProjectAccess.Level.READ)
        assert names(page(client, reader)) == ["Amina"]

        give_access(reader, project, ProjectAccess.Level.NONE)

        assert not names(page(client, reader))

    def test_log_in_is_needed(self, client: Client) -> None:
        response = client.get("/calendar/")

        assert response.status_code == 302
        assert "/accounts/login/" in response["Location"]


def test_a_hostile_name_is_only_text(client: Client, owner: User, project: Project) -> None:
    invited(project, "<script>alert(1)</script>", place="<img src=x onerror=alert(1)>")

    soup = page(client, owner)

    assert names(soup) == ["<script>alert(1)</script>"]
    assert not soup.select("td script, td img")


def test_a_cancelled_interview_says_so(client: Client, owner: User, project: Project) -> None:
    invited(project, "Amina", state="cancelled", meeting_status="accepted")

    row = page(client, owner).select_one("tr.calendar-cancelled")

    assert row
    assert "Avlyst" in row.get_text()
    assert "Akseptert" not in row.get_text()


def test_only_reading_is_possible(client: Client, owner: User) -> None:
    client.force_login(owner)

    assert client.post("/calendar/").status_code == 405


def test_as_many_queries_for_thirty_interviews_as_for_one(
    client: Client, owner: User, project: Project
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/calendar/?view=list").status_code == 200
        return len(captured)

    client.force_login(owner)
    invited(project, "Amina")
    client.get("/calendar/?view=list")
    one = queries()
    for number in range(29):
        other = make_project(owner=owner, title=f"Project {number}")
        invited(
            other, f"Candidate {number}", start=TUESDAY + timedelta(days=number), interviewers=[make_user()]
        )

    assert queries() == one
    assert one <= 12


def test_a_long_month_has_pages(client: Client, owner: User, project: Project) -> None:
    dispatch = make_interview(project, start=TUESDAY).dispatch
    Interview.objects.all().delete()
    Interview.objects.bulk_create(
        Interview(
            dispatch=dispatch,
            project=project,
            type="phone",
            round="interview_1",
            start=TUESDAY + timedelta(hours=number),
            time_zone="Europe/Oslo",
            duration=30,
        )
        for number in range(76)
    )
    make_invitation(
        Interview.objects.latest("start"), make_application(project, first_name="Last", last_name="")
    )

    assert "1–75 av 76" in page(client, owner).get_text()
    assert names(page(client, owner, page="2")) == ["Last"]


@pytest.mark.parametrize(
    ("first", "last", "day"),
    [
        ("2026-05-01", "2026-05-31", "2026-05-01"),
        ("2026-03-01", "2026-03-31", "2026-03-02"),  # the clock of the tests stands there
        ("2026-01-05", "2026-01-11", "2026-01-11"),
    ],
)
def test_the_other_views_show_the_period_of_the_list(
    client: Client, owner: User, first: str, last: str, day: str
) -> None:
    soup = page(client, owner, view="list", date_from=first, date_to=last, activity="interview_1")
    for view in ("month", "week", "day"):
        (link,) = soup.select(f"[data-calendar-views] [data-view={view}]")
        assert parse_qs(urlsplit(str(link["href"])).query) == {
            "view": [view],
            "date": [day],
            "activity": ["interview_1"],
        }
