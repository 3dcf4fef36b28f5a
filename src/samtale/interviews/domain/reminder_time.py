"""When a reminder is sent (spec 4). Pure: every instant comes in as an argument."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS_BEFORE = (1, 2, 3, 5, 7)
CLOCK = time(9, 0)


def reminder_instant(start: datetime, *, days: int, zone: ZoneInfo) -> datetime:
    """Return the instant, in UTC, of 09:00 on the wall clock `days` calendar days before `start`.

    `zone` is the organisation's. Weekends count: Monday's interview, two days before, is Saturday.
    """
    day = start.astimezone(zone).date() - timedelta(days=days)
    return datetime.combine(day, CLOCK, tzinfo=zone).astimezone(UTC)


def is_possible(start: datetime, *, days: int, zone: ZoneInfo, now: datetime) -> bool:
    """Say whether that instant is still ahead. It never is with fewer days left than `days`."""
    return now < reminder_instant(start, days=days, zone=zone)
