"""Interviewers who would have to be in two places."""

from datetime import UTC, datetime, timedelta

import pytest

from samtale.interviews.domain.queries.overlaps import overlaps
from tests.factories.accounts import make_user
from tests.factories.interviews import make_interview

pytestmark = pytest.mark.django_db
NINE = datetime(2026, 3, 16, 8, tzinfo=UTC)


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


@pytest.mark.parametrize(
    ("starts_after", "meets"), [(-46, False), (-45, False), (-44, True), (0, True), (44, True), (45, False)]
)
def test_with_a_planned_interview(clock, starts_after, meets):
    kari = make_user()
    make_interview(start=NINE, duration=45, interviewers=[kari])
    found = overlaps([kari], [NINE + minutes(starts_after)], minutes=45)
    assert [(each.user, each.other) for each in found] == ([(kari, NINE)] if meets else [])


def test_a_cancelled_interview_and_somebody_elses_are_none(clock):
    kari = make_user()
    make_interview(start=NINE, interviewers=[kari], state="cancelled")
    make_interview(start=NINE, interviewers=[make_user()])
    assert overlaps([kari], [NINE], minutes=45) == []


def test_the_new_ones_among_themselves(clock):
    kari, per = make_user(), make_user()
    found = overlaps([kari, per], [NINE, NINE + minutes(30), NINE + minutes(75)], minutes=45)
    assert [(each.user, each.start) for each in found] == [
        (kari, NINE + minutes(30)),
        (per, NINE + minutes(30)),
    ]
