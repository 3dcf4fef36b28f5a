"""Reminder times, over every day of 2026 to 2028 and every change of clocks (spec 4)."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from samtale.interviews.domain.reminder_time import DAYS_BEFORE, is_possible, reminder_instant

ZONES = ("Europe/Oslo", "America/New_York", "UTC")
FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 12, 31, 23, 59, tzinfo=UTC)
EVERY_DAY = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
zones = st.sampled_from(ZONES).map(ZoneInfo)
days = st.sampled_from(DAYS_BEFORE)
instants = st.datetimes(FIRST.replace(tzinfo=None), LAST.replace(tzinfo=None), timezones=st.just(UTC))


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("before", DAYS_BEFORE)
def test_it_is_nine_on_the_wall_that_many_calendar_days_before_on_every_day(zone, before):
    wall = ZoneInfo(zone)
    for day in EVERY_DAY:
        for hour in (0, 1, 2, 3, 8, 9, 12, 23):
            start = day + timedelta(hours=hour)
            local = reminder_instant(start, days=before, zone=wall).astimezone(wall)
            assert local.time() == time(9)
            assert (start.astimezone(wall).date() - local.date()).days == before


@given(start=instants, before=days, zone=zones)
@example(start=datetime(2026, 3, 29, 0, 30, tzinfo=UTC), before=1, zone=ZoneInfo("Europe/Oslo"))
@example(start=datetime(2026, 10, 25, 0, 30, tzinfo=UTC), before=1, zone=ZoneInfo("Europe/Oslo"))
def test_it_is_before_the_start_and_possible_until_its_own_instant(start, before, zone):
    due = reminder_instant(start, days=before, zone=zone)
    assert due < start
    second = timedelta(seconds=1)
    assert is_possible(start, days=before, zone=zone, now=due - second)
    assert not is_possible(start, days=before, zone=zone, now=due)


@given(start=instants, zone=zones, now=instants)
def test_with_fewer_days_left_than_chosen_it_is_never_possible(start, zone, now):
    left = (start.astimezone(zone).date() - now.astimezone(zone).date()).days
    for before in DAYS_BEFORE:
        if left < before:
            assert not is_possible(start, days=before, zone=zone, now=now)
        if left > before:
            assert is_possible(start, days=before, zone=zone, now=now)


@given(start=instants, zone=zones)
def test_more_days_before_is_earlier(start, zone):
    times = [reminder_instant(start, days=before, zone=zone) for before in DAYS_BEFORE]
    assert all(later < earlier for earlier, later in pairwise(times))


def test_mondays_interview_two_days_before_is_saturday():
    monday = datetime(2026, 11, 30, 8, tzinfo=UTC)
    due = reminder_instant(monday, days=2, zone=ZoneInfo("Europe/Oslo"))
    assert due.strftime("%A %H:%M") == "Saturday 08:00"
