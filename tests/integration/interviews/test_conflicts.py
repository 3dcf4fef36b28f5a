"""Interviewers and rooms that would have to be in two places."""

from datetime import UTC, datetime, timedelta

import pytest

from samtale.interviews.domain.queries.conflicts import Period, conflicts
from samtale.interviews.models import Room
from tests.factories.accounts import make_user
from tests.factories.interviews import make_interview

pytestmark = pytest.mark.django_db
NINE = datetime(2026, 3, 16, 8, tzinfo=UTC)


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def three_quarters(start: datetime) -> Period:
    return Period(start, start + minutes(45))


@pytest.mark.parametrize(
    ("starts_after", "meets"), [(-46, False), (-45, False), (-44, True), (0, True), (44, True), (45, False)]
)
def test_with_a_planned_interview(clock, starts_after, meets):
    kari = make_user()
    interview = make_interview(start=NINE, duration=45, interviewers=[kari])
    found = conflicts([three_quarters(NINE + minutes(starts_after))], interviewers=[kari])
    assert [(each.who, each.taken.start, each.interview_id) for each in found] == (
        [(kari, NINE, interview.pk)] if meets else []
    )


def test_a_long_one_that_began_long_before(clock):
    kari = make_user()
    make_interview(start=NINE - timedelta(hours=11), duration=720, interviewers=[kari])
    make_interview(start=NINE - timedelta(hours=2), duration=30, interviewers=[kari])
    assert len(conflicts([three_quarters(NINE)], interviewers=[kari])) == 1


def test_a_cancelled_interview_somebody_elses_and_the_one_being_moved_are_none(clock):
    kari = make_user()
    make_interview(start=NINE, interviewers=[kari], state="cancelled")
    make_interview(start=NINE, interviewers=[make_user()])
    mine = make_interview(start=NINE, interviewers=[kari])
    assert conflicts([three_quarters(NINE)], interviewers=[kari], apart_from=[mine.pk]) == []


def test_the_new_ones_among_themselves(clock):
    kari, per = make_user(), make_user()
    periods = [three_quarters(NINE + minutes(after)) for after in (75, 0, 30)]
    found = conflicts(periods, interviewers=[kari, per])
    assert [(each.who, each.wanted.start) for each in found] == [
        (kari, NINE + minutes(30)),
        (per, NINE + minutes(30)),
    ]


def test_a_room(clock):
    room, other = Room.objects.create(name="4B"), Room.objects.create(name="5A")
    make_interview(start=NINE, room=room)
    assert [each.who for each in conflicts([three_quarters(NINE)], interviewers=[], room=room)] == [room]
    assert conflicts([three_quarters(NINE)], interviewers=[], room=other) == []


def test_one_query_however_many(clock, django_assert_num_queries):
    kari = make_user()
    periods = [three_quarters(NINE + minutes(45 * number)) for number in range(200)]
    with django_assert_num_queries(1):
        assert conflicts(periods, interviewers=[kari]) == []
