"""Forms, series and free times through every change of clocks of 2026 to 2028 (spec 2)."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.utils import translation
from hypothesis import example, given, settings
from hypothesis import strategies as st

from samtale.accounts.zones import clock_time
from samtale.interviews.domain.free_times import Wish, free_starts
from samtale.interviews.domain.slots import ImpossibleTime, consecutive, instant
from samtale.web.staff.forms.appointment import StartForm
from samtale.web.staff.forms.calendar_new import NewInterviewForm
from tests.property.interviews.transitions import (
    DAY,
    MINUTE,
    NAMED,
    Change,
    all_changes,
    changes_of,
    instants,
    named_changes,
    wall,
)

NUUK, OSLO = ZoneInfo("America/Nuuk"), ZoneInfo("Europe/Oslo")
around = st.sampled_from(all_changes())
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)


def test_all_the_changes_are_looked_at():
    found = {change.zone.key for change in named_changes()}
    assert len(named_changes()) == 6 * len(found) == 126
    assert set(NAMED) - found == {
        "UTC",
        "Asia/Kathmandu",
        "Asia/Tehran",
        "Pacific/Apia",
        "Pacific/Kiritimati",
    }
    oslo = [f"{change.at:%Y-%m-%d %H:%M}" for change in changes_of("Europe/Oslo")]
    assert oslo[:3] == ["2026-03-29 01:00", "2026-10-25 01:00", "2027-03-28 01:00"]
    assert f"{changes_of('Africa/Casablanca')[0].at:%Y-%m-%d %H:%M}" == "2026-02-15 02:00"
    assert len(all_changes()) > 180


@settings(max_examples=15)
@given(st.integers(-200, 200))
def test_a_form_takes_what_clocks_show_once_and_asks_about_the_rest(minutes):
    for change in all_changes():
        shown = wall(change.at, change.zone) + timedelta(minutes=minutes)
        data = {"date": f"{shown:%Y-%m-%d}", "time": f"{shown:%H:%M}"}
        found = instants(shown, change.zone)
        form = StartForm(data, zone=change.zone, now=LONG_AGO)
        assert form.is_valid() == (len(found) == 1), change
        if form.is_valid():
            assert {form.cleaned_data["start"]} == found, change
        else:
            with translation.override("en"):
                (said,) = StartForm(data, zone=change.zone, now=LONG_AGO).errors["time"]
            assert ("comes twice" if found else "does not exist") in said, change
        from_calendar = NewInterviewForm(data | {"project": "1"}, projects={1: "One"}, zone=change.zone)
        assert from_calendar.is_valid() == (len(found) == 1), change


@settings(max_examples=15)
@given(st.integers(-200, 200))
def test_no_two_instants_of_a_day_are_told_alike_and_offsets_stand_where_they_must(minutes):
    for change in all_changes():
        moment = change.at + minutes * MINUTE
        shown = wall(moment, change.zone)
        alike = instants(shown, change.zone)
        told = {clock_time(each.astimezone(change.zone)) for each in alike}
        assert len(told) == len(alike), change
        assert all(words.startswith(f"{shown:%H:%M}") for words in told), change
        assert ("UTC" in str(told)) == (len(alike) > 1), change


def test_the_hours_around_each_change_are_refused_as_long_as_they_last():
    """Which minutes are asked about, counted: as many as the clocks jump over, or show again."""
    for change in all_changes():
        jump = wall(change.at, change.zone) - wall(change.at - MINUTE, change.zone) - MINUTE
        first = wall(change.at, change.zone) - max(jump, timedelta(0)) - 60 * MINUTE
        refused = 0
        for number in range(60 + 180 + 60):
            shown = first + number * MINUTE
            try:
                instant(shown.date(), shown.time(), change.zone)
            except ImpossibleTime:
                refused += 1
        assert refused * MINUTE == abs(jump), change


@st.composite
def series(draw: st.DrawFn) -> tuple[Change, datetime, int, int, int]:
    """A series that begins at most six hours before a change, at a time that clocks show once."""
    change = draw(around)
    minutes, pause, count = draw(st.integers(1, 180)), draw(st.integers(0, 60)), draw(st.integers(2, 12))
    start = change.at - draw(st.integers(0, 360)) * MINUTE
    while len(instants(wall(start, change.zone), change.zone)) != 1:
        start -= MINUTE
    return change, start, minutes, pause, count


@settings(max_examples=150, deadline=None)
@given(series())
def test_a_series_keeps_its_gaps_in_real_minutes(found):
    change, start, minutes, pause, count = found
    zone, gap = change.zone, timedelta(minutes=minutes + pause)
    starts = consecutive(start, minutes=minutes, pause=pause, count=count, zone=zone)
    assert starts[0] == start
    for one, next_one in pairwise(starts):
        expected = one + gap
        while len(instants(wall(expected, zone), zone)) != 1:  # clocks show it twice: the first after that
            expected += MINUTE
        assert next_one == expected
    for each in starts:
        # What is proposed can be typed: the form has it back.
        shown = wall(each, zone)
        form = StartForm({"date": f"{shown:%Y-%m-%d}", "time": f"{shown:%H:%M}"}, zone=zone, now=LONG_AGO)
        assert form.is_valid()
        assert form.cleaned_data["start"] == each


@settings(max_examples=150, deadline=None)
@given(series(), st.integers(1, 10 * 60))
# The day ends at a time over which clocks jump: to the next day, and to a later hour.
@example(
    (Change(NUUK, datetime(2026, 3, 29, 1, tzinfo=UTC)), datetime(2026, 3, 29, 0, 59, tzinfo=UTC), 1, 0, 2), 2
)
@example(
    (Change(OSLO, datetime(2026, 3, 29, 1, tzinfo=UTC)), datetime(2026, 3, 29, 0, 0, tzinfo=UTC), 30, 0, 4),
    90,
)
def test_so_does_one_that_goes_on_the_next_weekday(found, more):
    change, start, minutes, pause, count = found
    zone, gap = change.zone, timedelta(minutes=minutes + pause)
    end = min(wall(start, zone) + more * MINUTE, datetime.combine(wall(start, zone).date(), time(23, 59)))
    starts = consecutive(start, minutes=minutes, pause=pause, count=count, zone=zone, day_end=end.time())
    assert starts == sorted(set(starts))
    for one, next_one in pairwise(starts):
        shown = wall(next_one, zone)
        assert len(instants(shown, zone)) == 1
        assert next_one - one >= gap
        if shown.date() == wall(one, zone).date():
            over = next_one + minutes * MINUTE
            assert wall(over - MINUTE, zone) < datetime.combine(shown.date(), end.time())
        else:
            assert shown.weekday() < 5


@settings(max_examples=25, deadline=None)
@given(around, st.integers(5, 120), st.integers(0, 30), st.integers(1, 4))
def test_free_times_exist_once_and_lie_in_working_hours(change, minutes, pause, count):
    zone = change.zone
    wish = Wish(minutes=minutes, zone=zone, pause=pause, count=count)
    found = list(free_starts(wish, [], after=change.at - 3 * DAY))
    assert found == sorted(set(found))
    # On whichever side of the change, the same quarters of the day.
    quarters: dict[object, set[time]] = {}
    for start in found:
        shown = wall(start, zone)
        assert instants(shown, zone) == {start}
        assert shown.weekday() < 5
        length = timedelta(minutes=(minutes + pause) * count - pause)
        assert time(8) <= shown.time()
        assert wall(start + length, zone) <= datetime.combine(shown.date(), time(16))
        quarters.setdefault(shown.date(), set()).add(shown.time())
    whole_days = list(quarters.values())[1:]
    assert all(each == whole_days[0] for each in whole_days)
