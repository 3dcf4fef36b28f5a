"""Every change of clocks of 2026 to 2028, as the zones themselves tell it, and walls read without `fold`."""

from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

# Half hours, changes at midnight, in Ramadan, by two hours, in the south; and some that never change.
NAMED = (
    "Europe/Oslo",
    "Europe/London",
    "Europe/Lisbon",
    "Atlantic/Azores",
    "America/St_Johns",
    "America/New_York",
    "America/Nuuk",
    "America/Scoresbysund",
    "America/Havana",
    "America/Santiago",
    "America/Miquelon",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Jerusalem",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Australia/Adelaide",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "Antarctica/Troll",
    "UTC",
)


class Change(NamedTuple):
    """At the instant `at` (UTC) clocks in `zone` go from one offset to another."""

    zone: ZoneInfo
    at: datetime

    def __repr__(self) -> str:  # for whoever reads what failed
        return f"{self.zone.key} {self.at:%Y-%m-%d %H:%M}Z"


def offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    found = moment.astimezone(zone).utcoffset()
    assert found is not None
    return found


def wall(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return what a clock in `zone` shows at the instant, without a zone."""
    return moment.astimezone(zone).replace(tzinfo=None)


def instants(shown: datetime, zone: ZoneInfo) -> set[datetime]:
    """Return the instants at which clocks in `zone` show `shown`: none, one or two. Asks the zone in one
    direction only, from instants to clocks, and so differently from the code it checks."""
    guess = shown.replace(tzinfo=UTC)
    offsets = {offset(guess + timedelta(hours=hours), zone) for hours in range(-30, 31, 3)}
    return {guess - each for each in offsets if wall(guess - each, zone) == shown}


@cache
def changes_of(key: str) -> tuple[Change, ...]:
    zone, found, day = ZoneInfo(key), [], FIRST
    while day < LAST:
        if offset(day, zone) != offset(day + DAY, zone):
            low, high = day, day + DAY
            while high - low > MINUTE:
                middle = low + (high - low) // 2
                middle -= timedelta(seconds=middle.second, microseconds=middle.microsecond)
                low, high = (low, middle) if offset(middle, zone) != offset(day, zone) else (middle, high)
            found.append(Change(zone, high))
        day += DAY
    return tuple(found)


@cache
def all_changes() -> tuple[Change, ...]:
    """Return those of the zones above, and of every other zone whose clocks no other zone shares."""
    seen: set[tuple[object, ...]] = set()
    found: list[Change] = []
    for key in (*NAMED, *sorted(available_timezones())):
        changes = changes_of(key)
        clock = (offset(FIRST, ZoneInfo(key)), *((each.at, offset(each.at, each.zone)) for each in changes))
        if key in NAMED or clock not in seen:
            seen.add(clock)
            found += changes
    return tuple(dict.fromkeys(found))


@cache
def at_midnight() -> tuple[Change, ...]:
    """Return those that a midnight has to do with: it comes twice, or never, or clocks go back from it."""
    return tuple(
        change
        for change in all_changes()
        for midnight in [datetime.combine(wall(change.at + 2 * HOUR, change.zone), time())]
        if len(instants(midnight, change.zone)) != 1
        or wall(change.at - MINUTE, change.zone) + MINUTE == midnight
    )


def named_changes() -> tuple[Change, ...]:
    return tuple(change for key in NAMED for change in changes_of(key))
