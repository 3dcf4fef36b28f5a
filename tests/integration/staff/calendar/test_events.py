"""What the calendar's script is sent: a range, on the reader's wall clock, as far as the reader may see."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samtale.accounts.models import User
from samtale.interviews.models import Booking, Interview, Invitation
from samtale.recruiting.models import Project, ProjectAccess
from tests.factories.accounts import make_administrator, make_department, make_user
from tests.factories.interviews import make_dispatch, make_interview, make_invitation
from tests.factories.recruiting import give_access, make_application, make_applications, make_project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

# The clock of the tests stands at Monday 2 March 2026, 10:00 in Oslo.
TUESDAY = datetime(2026, 3, 3, 8, tzinfo=UTC)
MARCH = {"start": "2026-03-01", "end": "2026-04-01"}


def ask(client: Client, user: User, **query: str) -> dict[str, Any]:
    client.force_login(user)
    response = client.get("/calendar/events/", MARCH | query)
    assert response.status_code == 200, response.content
    answer: dict[str, Any] = response.json()
    return answer


def events(client: Client, user: User, **query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(client, user, **query)["events"]
    return found


def titles(client: Client, user: User, **query: str) -> list[str]:
    return [event["title"] for event in events(client, user, **query)]


def invited(project: Project, name: str, **fields: Any) -> Interview:
    application = make_application(project, first_name=name, last_name="")
    return make_invitation(application=application, **({"start": TUESDAY} | fields)).interview


def test_an_interview_with_all_that_its_look_asks_for(client: Client, owner: User, project: Project) -> None:
    interview = invited(project, "Amina", meeting_status="accepted", round="interview_2")

    answer = ask(client, owner)

    assert answer == {
        "events": [
            {
                "id": interview.pk,
                "start": "2026-03-03T09:00",
                "end": "2026-03-03T09:45",
                "title": "Amina",
                "project": project.pk,
                "activity": "interview_2",
                "status": "accepted",
                "own": True,
                "movable": True,
            }
        ],
        "projects": {str(project.pk): project.title},
    }


def test_a_group_says_how_many_are_coming_and_what_is_left_to_do(
    client: Client, owner: User, project: Project
) -> None:
    group = make_interview(project, start=TUESDAY, type="group")
    for status in ("accepted", "accepted", "awaiting", "not_accepted"):
        make_invitation(group, make_application(project), meeting_status=status)
    called_off = make_invitation(group, make_application(project), meeting_status="accepted")
    Invitation.objects.filter(pk=called_off.pk).update(cancelled_at=TUESDAY)

    (event,) = events(client, owner)

    assert (event["title"], event["coming"], event["status"]) == ("Gruppe", "2 av 4 kommer", "awaiting")


@pytest.mark.parametrize(
    ("statuses", "shown"),
    [
        (["accepted", "new_time", "awaiting"], "new_time"),
        (["accepted", "not_accepted"], "accepted"),
        (["not_relevant", "not_accepted"], "not_accepted"),
        ([], ""),
    ],
)
def test_of_a_group_what_has_to_be_done_comes_first(
    client: Client, owner: User, project: Project, statuses: list[str], shown: str
) -> None:
    group = make_interview(project, start=TUESDAY, type="group")
    for status in statuses:
        make_invitation(group, make_application(project), meeting_status=status)

    assert [event["status"] for event in events(client, owner)] == [shown]


class TestTime:
    def test_is_the_readers_own(self, client: Client, owner: User, project: Project) -> None:
        User.objects.filter(pk=owner.pk).update(time_zone="America/New_York")
        invited(project, "Amina", start=datetime(2026, 3, 3, 3, 30, tzinfo=UTC))

        (event,) = events(client, owner)

        assert (event["start"], event["end"]) == ("2026-03-02T22:30", "2026-03-02T23:15")

    def test_a_zone_nobody_knows_is_as_good_as_none(
        self, client: Client, owner: User, project: Project
    ) -> None:
        User.objects.filter(pk=owner.pk).update(time_zone="Mars/Olympus")
        invited(project, "Amina")
        assert events(client, owner)[0]["start"] == "2026-03-03T09:00"

    def test_a_range_begins_and_ends_at_the_readers_midnight(
        self, client: Client, owner: User, project: Project
    ) -> None:
        for name, start in (
            ("Over at midnight", datetime(2026, 3, 2, 22, 15, tzinfo=UTC)),
            ("First minute", datetime(2026, 3, 2, 23, 0, tzinfo=UTC)),
            ("Last minute", datetime(2026, 3, 3, 22, 59, tzinfo=UTC)),
            ("After midnight", datetime(2026, 3, 3, 23, 0, tzinfo=UTC)),
        ):
            invited(project, name, start=start)

        found = titles(client, owner, start="2026-03-03", end="2026-03-04T00:00:00")

        # One that began the evening before may still go on; the script leaves it out where it does not.
        assert found == ["Over at midnight", "First minute", "Last minute"]

    def test_one_that_goes_on_past_midnight_is_in_both_days(
        self, client: Client, owner: User, project: Project
    ) -> None:
        invited(project, "Night shift", start=datetime(2026, 3, 3, 22, 30, tzinfo=UTC), duration=90)
        for first, last in (("2026-03-03", "2026-03-04"), ("2026-03-04", "2026-03-05")):
            assert titles(client, owner, start=first, end=last) == ["Night shift"]

    def test_has_a_length_even_where_clocks_are_put_back(
        self, client: Client, owner: User, project: Project
    ) -> None:
        # 02:30 summer time to 02:30 winter time.
        invited(project, "Amina", start=datetime(2026, 10, 25, 0, 30, tzinfo=UTC), duration=60)

        (event,) = events(client, owner, start="2026-10-25", end="2026-10-26")

        assert (event["start"], event["end"]) == ("2026-10-25T02:30", "2026-10-25T03:30")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"start": ""}, "start"),
        ({"start": "tomorrow"}, "start"),
        ({"start": "2026-02-30"}, "start"),
        ({"end": "2026-03-01"}, "end"),
        ({"end": "2026-02-01"}, "end"),
        ({"end": "2026-06-10"}, "end"),
        ({"start": "0001-01-01", "end": "0001-02-01"}, "start"),
        ({"start": "9999-12-01", "end": "9999-12-31"}, "start"),
        ({"start": "2026-03-01T00:00+01:00"}, "start"),
        ({"start": "2026-03-01\0"}, "start"),
        ({"project": "1 OR 1=1"}, "project"),
        ({"department": "-1"}, "department"),
        ({"interviewer": "9" * 30}, "interviewer"),
        ({"status": "maybe"}, "status"),
        ({"type": "dance"}, "type"),
        ({"activity": "lunch"}, "activity"),
    ],
)
def test_garbage_is_refused_with_what_is_wrong(
    client: Client, owner: User, project: Project, query: dict[str, str], field: str
) -> None:
    client.force_login(owner)

    response = client.get("/calendar/events/", MARCH | query)

    assert response.status_code == 400
    assert response["Content-Type"] == "application/json"
    assert field in response.json()["errors"]


def test_a_hundred_days_are_not_refused(client: Client, owner: User, project: Project) -> None:
    assert events(client, owner, start="2026-03-01", end="2026-06-09") == []


class TestFilters:
    @pytest.mark.parametrize(
        ("filters", "found"),
        [
            ({"activity": "interview_2"}, ["Second"]),
            ({"type": "phone"}, ["Second"]),
            ({"status": "accepted"}, ["First"]),
            ({"interviewer": "me"}, ["First"]),
            ({"activity": "", "project": "", "interviewer": ""}, ["First", "Second"]),
        ],
    )
    def test_by_what_it_is(
        self, client: Client, owner: User, project: Project, filters: dict[str, str], found: list[str]
    ) -> None:
        later = {"start": TUESDAY + timedelta(days=1), "interviewers": [make_user()]}
        invited(project, "First", meeting_status="accepted")
        invited(project, "Second", round="interview_2", type="phone", **later)

        assert titles(client, owner, **filters) == found

    def test_by_where_and_with_whom(self, client: Client, owner: User, project: Project) -> None:
        other, somebody = make_project(owner=owner, department=make_department()), make_user()
        invited(project, "First", interviewers=[somebody])
        invited(other, "Second")

        assert titles(client, owner, project=str(other.pk)) == ["Second"]
        assert titles(client, owner, department=str(other.department_id)) == ["Second"]
        assert titles(client, owner, interviewer=str(somebody.pk)) == ["First"]
        assert titles(client, owner, project="99999") == []


class TestRights:
    def test_strangers_see_nothing(self, client: Client, project: Project) -> None:
        invited(project, "Amina")
        assert ask(client, make_user()) == {"events": [], "projects": {}}

    def test_administrators_see_all(self, client: Client, project: Project) -> None:
        invited(project, "Amina")
        assert titles(client, make_administrator()) == ["Amina"]

    def test_who_attends_sees_the_interview_and_may_not_move_it(
        self, client: Client, project: Project
    ) -> None:
        attending = make_user()
        invited(project, "Amina", interviewers=[attending])
        invited(project, "Bo")

        answer = ask(client, attending)

        (event,) = answer["events"]
        assert event["own"]
        assert "movable" not in event
        assert answer["projects"] == {str(project.pk): project.title}

    @pytest.mark.parametrize(
        ("level", "movable"), [(ProjectAccess.Level.READ, False), (ProjectAccess.Level.NORMAL, True)]
    )
    def test_who_works_in_the_project_may_move(
        self, client: Client, project: Project, level: str, movable: bool
    ) -> None:
        invited(project, "Amina")
        person = make_user()
        give_access(person, project, level)
        assert [event.get("movable", False) for event in events(client, person)] == [movable]

    @pytest.mark.parametrize(
        "fields",
        [{"state": "cancelled"}, {"state": "held"}, {"start": datetime(2026, 3, 2, 8, 59, tzinfo=UTC)}],
    )
    def test_what_is_over_or_off_cannot_be_moved(
        self, client: Client, owner: User, project: Project, fields: dict[str, Any]
    ) -> None:
        invited(project, "Amina", **fields)

        (event,) = events(client, owner)

        assert "movable" not in event
        assert event.get("state", "planned") == fields.get("state", "planned")

    def test_only_reading_is_possible(self, client: Client, owner: User) -> None:
        client.force_login(owner)
        assert client.post("/calendar/events/", MARCH).status_code == 405

    def test_nobody_else_keeps_a_copy(self, client: Client, owner: User, project: Project) -> None:
        client.force_login(owner)
        assert client.get("/calendar/events/", MARCH)["Cache-Control"] == "private, no-store"


def many(project: Project, number: int) -> None:
    """Store `number` interviews in March, each with a candidate, with as few statements as can be."""
    dispatch = make_dispatch(project)
    interviews = Interview.objects.bulk_create(
        Interview(
            dispatch=dispatch,
            project=project,
            type="phone",
            round="interview_1",
            start=TUESDAY + timedelta(minutes=5 * each),
            time_zone="Europe/Oslo",
            duration=30,
        )
        for each in range(number)
    )
    applications = make_applications(project, number)
    Invitation.objects.bulk_create(
        Invitation(interview=interview, application=application, created_at=TUESDAY)
        for interview, application in zip(interviews, applications, strict=True)
    )
    attends = Interview.interviewers.through
    attends.objects.bulk_create(
        attends(interview_id=interview.pk, user_id=project.owner_id) for interview in interviews[::2]
    )


def test_as_many_queries_for_five_thousand_as_for_one(client: Client, owner: User, project: Project) -> None:
    assert not Booking.objects.exists()  # nothing here is asked of them

    def queries() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as captured:
            found = len(events(client, owner))
        return found, len(captured)

    many(project, 1)
    ask(client, owner)
    (one, least) = queries()
    many(project, 29)
    (thirty, still) = queries()
    many(project, 4_970)
    (all_of_them, most) = queries()

    assert (one, thirty, all_of_them) == (1, 30, 5_000)
    assert least == still == most
    assert most <= 14  # of them five to know who asks


def test_says_how_long_it_lasts_where_it_looks_longer_or_shorter(
    client: Client, owner: User, project: Project
) -> None:
    # For two hours in the night in which clocks go back, in the one in which they go forward, and in another.
    starts = [
        datetime(2026, 10, 24, 23, 30, tzinfo=UTC),
        datetime(2027, 3, 28, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 23, 30, tzinfo=UTC),
    ]
    for number, start in enumerate(starts):
        invited(project, f"N{number}", start=start, duration=120)

    found = [
        *events(client, owner, start="2026-10-25", end="2026-10-27"),
        *events(client, owner, start="2027-03-28", end="2027-03-29"),
    ]

    said = {event["title"]: (event["end"][-5:], event.get("minutes")) for event in found}
    assert said == {"N0": ("02:30", 120), "N1": ("04:30", 120), "N2": ("02:30", None)}
