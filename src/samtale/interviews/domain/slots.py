"""Wall clock times become instants, and one start becomes a row of consecutive ones."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _


class ImpossibleTime(ValueError):
    """A wall clock shows this time never, or twice, on that date."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return the instant, in UTC, at which clocks in `zone` show `clock` on `day`.

    Raises:
        ImpossibleTime: clocks are put forward over this time, or back so that it comes twice.
    """
    earlier = datetime.combine(day, clock, tzinfo=zone).replace(fold=0)
    later = earlier.replace(fold=1)
    if earlier.utcoffset() == later.utcoffset():
        return earlier.astimezone(UTC)
    exists = earlier.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == earlier.replace(tzinfo=None)
    if exists:
        raise ImpossibleTime(
            _("The clocks are put back on this date, so this time comes twice. Choose another time.")
        )
    raise ImpossibleTime(
        _("The clocks are put forward on this date, so this time does not exist. Choose another time.")
    )


def consecutive(
    start: datetime, *, minutes: int, pause: int, count: int, zone: ZoneInfo, day_end: time | None = None
) -> list[datetime]:
    """Return `count` starts (UTC), each `minutes` + `pause` minutes after the one before (spec 2).

    The minutes are elapsed ones, so the gaps stay the same across a change of clocks. An interview
    that would end after `day_end` on the wall clock of `zone` begins the next weekday instead, at
    the clock time of the first.

    Raises:
        ImpossibleTime: that clock time does not exist on a later day.
    """
    opening = start.astimezone(zone).time()
    starts: list[datetime] = []
    current = start
    for _number in range(count):
        if day_end and starts and _ends_late(current, minutes, zone, day_end):
            current = instant(_next_weekday(starts[-1].astimezone(zone).date()), opening, zone)
        starts.append(current)
        current += timedelta(minutes=minutes + pause)
    return starts


def _ends_late(start: datetime, minutes: int, zone: ZoneInfo, day_end: time) -> bool:
    begins, ends = start.astimezone(zone), (start + timedelta(minutes=minutes)).astimezone(zone)
    return ends.date() > begins.date() or ends.time() > day_end


def _next_weekday(day: date) -> date:
    following = day + timedelta(days=1)
    while following.weekday() > 4:
        following += timedelta(days=1)
    return following
