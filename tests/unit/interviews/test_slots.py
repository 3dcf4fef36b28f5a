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


@pytest.mark.parametrize(
    ("day", "walls"),
    [
        (date(2027, 10, 31), ["01:30", "03:00", "03:45", "04:30"]),
        (date(2027, 3, 28), ["01:30", "03:15", "04:00", "04:45"]),
        (date(2027, 3, 29), ["01:30", "02:15", "03:00", "03:45"]),
    ],
)
def test_what_comes_twice_or_never_is_not_proposed(day, walls):
    starts = consecutive(instant(day, time(1, 30), OSLO), minutes=45, pause=0, count=4, zone=OSLO)
    assert [each.astimezone(OSLO).strftime("%H:%M") for each in starts] == walls
    assert [instant(day, each.astimezone(OSLO).time(), OSLO) for each in starts] == starts


@pytest.mark.parametrize("clock", [time(0, 30), time(23, 30)])
def test_a_clock_time_that_a_later_day_lacks_is_no_obstacle(clock):
    # Cairo changes its clocks on weekdays: 24 April 2026 has no 00:30, 29 October has 23:30 twice.
    cairo = ZoneInfo("Africa/Cairo")
    day = date(2026, 4, 23) if clock.hour == 0 else date(2026, 10, 28)
    starts = consecutive(
        instant(day, clock, cairo), minutes=20, pause=0, count=3, zone=cairo, day_end=time(clock.hour, 59)
    )
    walls = [each.astimezone(cairo) for each in starts]
    assert [instant(each.date(), each.time(), cairo) for each in walls] == starts
    assert starts == sorted(set(starts))


def test_times_that_are_taken_are_gone_around():
    monday = instant(date(2026, 3, 30), time(9), OSLO)
    taken = [monday + timedelta(minutes=100), monday]
    starts = consecutive(monday, minutes=45, pause=10, count=4, zone=OSLO, taken=taken)
    assert [each.astimezone(OSLO).strftime("%H:%M") for each in starts] == [
        "11:35",
        "12:30",
        "13:25",
        "14:20",
    ]


def test_after_midnight_is_after_the_days_end():
    late = instant(date(2026, 3, 30), time(23), OSLO)
    starts = consecutive(late, minutes=30, pause=40, count=2, zone=OSLO, day_end=time(23, 45))
    assert [each.astimezone(OSLO).strftime("%d %H:%M") for each in starts] == ["30 23:00", "31 23:00"]
