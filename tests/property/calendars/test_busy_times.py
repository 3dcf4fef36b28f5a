"""Times that others wrote are the same instants here, whichever way they are written."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from samtale.calendars.busy_times import NotACalendar, Reader, TooMuch

START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)
ZONES = ("Europe/Oslo", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Chatham", "UTC")
zones = st.sampled_from(ZONES).map(ZoneInfo)
# So far from both ends that nothing of two days reaches over them.
minutes_ahead = st.integers(2 * 24 * 60, (3 * 365 - 3) * 24 * 60)
instants = minutes_ahead.map(lambda minutes: START + timedelta(minutes=minutes))


def reader(zone: ZoneInfo) -> Reader:
    return Reader(start=START, end=END, zone=zone, email="kari@example.org", host="samtale.example.org")


def calendar(*lines: str) -> bytes:
    return "\r\n".join(
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:x",
            "BEGIN:VEVENT",
            "UID:1",
            *lines,
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
    ).encode()


def exists_once(local: datetime) -> bool:
    return local.astimezone(UTC).astimezone(local.tzinfo).replace(fold=0) == local.replace(fold=0) and (
        local.utcoffset() == local.replace(fold=1).utcoffset()
    )


@given(instants, st.integers(1, 60 * 48), zones)
def test_a_time_in_utc_in_a_zone_or_in_the_owners_zone_is_one_instant(
    start: datetime, minutes: int, zone: ZoneInfo
):
    end = start + timedelta(minutes=minutes)
    local_start, local_end = start.astimezone(zone), end.astimezone(zone)
    assume(exists_once(local_start) and exists_once(local_end))
    written = [
        (f"DTSTART:{start:%Y%m%dT%H%M%SZ}", f"DTEND:{end:%Y%m%dT%H%M%SZ}"),
        (f"DTSTART:{local_start:%Y%m%dT%H%M%S}", f"DTEND:{local_end:%Y%m%dT%H%M%S}"),
    ]
    if zone.key != "UTC":
        written.append(
            (
                f"DTSTART;TZID={zone.key}:{local_start:%Y%m%dT%H%M%S}",
                f"DTEND;TZID={zone.key}:{local_end:%Y%m%dT%H%M%S}",
            )
        )
    for lines in written:
        assert reader(zone).busy([calendar(*lines)]) == [(start, end)], lines


@given(st.dates(date(2026, 1, 3), date(2028, 12, 20)), st.integers(1, 5), zones)
def test_a_whole_day_is_from_midnight_to_midnight_where_its_owner_is(day: date, days: int, zone: ZoneInfo):
    lines = (f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{day + timedelta(days=days):%Y%m%d}")
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    last = day + timedelta(days=days)
    until = datetime(last.year, last.month, last.day, tzinfo=zone)
    assert reader(zone).busy([calendar(*lines)]) == [(midnight.astimezone(UTC), until.astimezone(UTC))]


@given(instants, st.integers(2, 10), zones)
def test_a_daily_series_keeps_its_wall_clock(start: datetime, number: int, zone: ZoneInfo):
    local = start.astimezone(zone)
    wanted = [local + timedelta(days=day) for day in range(number)]
    assume(zone.key != "UTC" and all(exists_once(each) for each in wanted))
    assume(wanted[-1].astimezone(UTC) < END - timedelta(days=1))
    lines = (
        f"DTSTART;TZID={zone.key}:{local:%Y%m%dT%H%M%S}",
        "DURATION:PT1M",
        f"RRULE:FREQ=DAILY;COUNT={number}",
    )
    found = [begins for begins, _ends in reader(zone).busy([calendar(*lines)])]
    assert found == [each.astimezone(UTC) for each in wanted]


@given(st.lists(st.tuples(instants, st.integers(1, 600)), min_size=1, max_size=8))
def test_stretches_that_meet_are_one(stretches):
    objects = [
        calendar(f"DTSTART:{start:%Y%m%dT%H%M%SZ}", f"DURATION:PT{minutes}M") for start, minutes in stretches
    ]
    found = reader(ZoneInfo("UTC")).busy(objects)
    assert all(earlier[1] < later[0] for earlier, later in pairwise(found))
    for start, minutes in stretches:
        end = start + timedelta(minutes=minutes)
        assert any(begins <= start and end <= ends for begins, ends in found)


@given(st.binary(max_size=300))
def test_no_bytes_do_more_than_be_refused(data: bytes):
    for each in (
        data,
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + data + b"\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    ):
        with suppress(NotACalendar, TooMuch):
            reader(ZoneInfo("Europe/Oslo")).busy([each])


@pytest.mark.parametrize(
    "line",
    [
        "DTSTART:nonsense",
        "DTSTART:20260301T090000Z\r\nDTEND:x",
        "RRULE:FREQ=DAILY",
        "DTSTART:99999999T999999Z",
    ],
)
def test_a_broken_event_takes_no_other_along(line: str):
    broken = calendar(line)
    good = calendar("DTSTART:20260316T090000Z", "DURATION:PT1H")
    found = reader(ZoneInfo("Europe/Oslo")).busy([broken, good])
    assert (datetime(2026, 3, 16, 9, tzinfo=UTC), datetime(2026, 3, 16, 10, tzinfo=UTC)) in found
