"""Proposed times are ones that the form takes, on every day on which clocks are changed (spec 2)."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import assume, example, given
from hypothesis import strategies as st

from samtale.interviews.domain.slots import ImpossibleTime, consecutive, instant

OSLO, NEW_YORK = ZoneInfo("Europe/Oslo"), ZoneInfo("America/New_York")


def days_of_change(zone: ZoneInfo) -> list[tuple[date, ZoneInfo]]:
    days = [date(2024, 1, 1) + timedelta(days=number) for number in range(366 * 20)]
    midnights = [datetime.combine(day, time(), zone) for day in days]
    return [
        (before.date(), zone)
        for before, after in pairwise(midnights)
        if before.utcoffset() != after.utcoffset()
    ]


CHANGES = [*days_of_change(OSLO), *days_of_change(NEW_YORK)]
changes = st.sampled_from(CHANGES)
clocks = st.integers(0, 6 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))
durations, pauses, counts = st.integers(1, 200), st.integers(0, 90), st.integers(1, 12)


def start_on(change: tuple[date, ZoneInfo], clock: time) -> datetime:
    try:
        return instant(change[0], clock, change[1])
    except ImpossibleTime:
        assume(False)
        raise


def test_all_days_of_change_are_looked_at():
    assert len(CHANGES) == 80
    assert (date(2027, 10, 31), OSLO) in CHANGES


@given(changes, clocks, durations, pauses, counts)
@example((date(2027, 10, 31), OSLO), time(1, 30), 45, 0, 4)
@example((date(2027, 3, 28), OSLO), time(1, 30), 45, 0, 4)
@example((date(2027, 11, 7), NEW_YORK), time(0, 15), 30, 0, 12)
def test_every_proposal_is_taken_and_later_than_the_last(change, clock, minutes, pause, count):
    zone = change[1]
    first = start_on(change, clock)
    starts = consecutive(first, minutes=minutes, pause=pause, count=count, zone=zone)
    walls = [each.astimezone(zone).replace(tzinfo=None) for each in starts]
    assert [instant(wall.date(), wall.time(), zone) for wall in walls] == starts
    assert starts[0] == first
    assert all(earlier < later for earlier, later in pairwise(walls))
    gap = timedelta(minutes=minutes + pause)
    # Beside the pause nobody waits for longer than the hour that comes twice.
    assert all(gap <= later - earlier <= gap + timedelta(hours=2) for earlier, later in pairwise(starts))


@given(changes, clocks, durations, pauses, counts, st.lists(st.integers(0, 24 * 60), max_size=4))
def test_it_goes_around_what_is_taken(change, clock, minutes, pause, count, offsets):
    zone = change[1]
    first = start_on(change, clock)
    taken = [first + timedelta(minutes=offset) for offset in offsets]
    starts = consecutive(first, minutes=minutes, pause=pause, count=count, zone=zone, taken=taken)
    gap = timedelta(minutes=minutes + pause)
    assert all(later - earlier >= gap for earlier, later in pairwise(starts))
    assert all(abs(start - other) >= gap for start in starts for other in taken)


@given(changes, clocks, durations, pauses, counts, st.integers(1, 24 * 60 - 1))
def test_where_the_day_has_an_end_every_proposal_keeps_it_or_opens_a_day(
    change, clock, minutes, pause, count, end
):
    zone = change[1]
    day_end = time(end // 60, end % 60)
    assume(day_end > clock)
    first = start_on(change, clock)
    starts = consecutive(first, minutes=minutes, pause=pause, count=count, zone=zone, day_end=day_end)
    assert all(earlier < later for earlier, later in pairwise(starts))
    days = [each.astimezone(zone).date() for each in starts]
    for number, (start, day) in enumerate(zip(starts, days, strict=True)):
        wall = start.astimezone(zone).replace(tzinfo=None)
        assert instant(wall.date(), wall.time(), zone) == start
        ends = start + timedelta(minutes=minutes)
        assert day not in days[:number] or ends <= datetime.combine(day, day_end, zone)
