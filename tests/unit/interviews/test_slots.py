"""Clock times become instants, and one start becomes many."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from samtale.interviews.domain.slots import ImpossibleTime, consecutive, instant

OSLO = ZoneInfo("Europe/Oslo")


def test_a_clock_time_is_an_instant():
    assert instant(date(2026, 12, 3), time(9), OSLO) == datetime(2026, 12, 3, 8, tzinfo=UTC)
    assert instant(date(2026, 7, 3), time(9), OSLO) == datetime(2026, 7, 3, 7, tzinfo=UTC)


@pytest.mark.parametrize("clock", [time(2, 0), time(2, 30), time(2, 59)])
@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_a_time_that_comes_never_or_twice_is_refused(day, clock):
    with pytest.raises(ImpossibleTime):
        instant(day, clock, OSLO)


@pytest.mark.parametrize("clock", [time(1, 59), time(3, 0)])
@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_the_times_around_a_change_of_clocks_are_taken(day, clock):
    assert instant(day, clock, OSLO).astimezone(OSLO).time() == clock


def test_consecutive_starts_keep_their_gap_across_a_change_of_clocks():
    start = instant(date(2026, 3, 29), time(0, 30), OSLO)
    starts = consecutive(start, minutes=45, pause=15, count=5, zone=OSLO)
    assert {later - earlier for earlier, later in pairwise(starts)} == {timedelta(hours=1)}
    assert [each.astimezone(OSLO).strftime("%H:%M") for each in starts] == [
        "00:30",
        "01:30",
        "03:30",
        "04:30",
        "05:30",
    ]


def test_a_day_that_is_full_goes_on_the_next_weekday_at_the_same_clock_time():
    friday = instant(date(2026, 3, 27), time(14), OSLO)
    starts = consecutive(friday, minutes=60, pause=0, count=5, zone=OSLO, day_end=time(16))
    assert [each.astimezone(OSLO).strftime("%a %d %H:%M") for each in starts] == [
        "Fri 27 14:00",
        "Fri 27 15:00",
        "Mon 30 14:00",
        "Mon 30 15:00",
        "Tue 31 14:00",
    ]


def test_an_interview_longer_than_the_day_gets_a_day_of_its_own():
    monday = instant(date(2026, 3, 30), time(9), OSLO)
    starts = consecutive(monday, minutes=300, pause=0, count=3, zone=OSLO, day_end=time(12))
    assert [each.astimezone(OSLO).date().day for each in starts] == [30, 31, 1]
