"""Wall clock times become instants, and one start becomes a row of consecutive ones."""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
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
    start: datetime,
    *,
    minutes: int,
    pause: int,
    count: int,
    zone: ZoneInfo,
    day_end: time | None = None,
    taken: Collection[datetime] = (),
) -> list[datetime]:
    """Return the first `count` of `each_consecutive`."""
    starts = each_consecutive(start, minutes=minutes, pause=pause, zone=zone, day_end=day_end, taken=taken)
    return list(islice(starts, count))


def each_consecutive(
    start: datetime,
    *,
    minutes: int,
    pause: int,
    zone: ZoneInfo,
    day_end: time | None = None,
    taken: Collection[datetime] = (),
) -> Iterator[datetime]:
    """Yield starts (UTC) without end, each `minutes` + `pause` minutes or more after the one before (spec 2).

    The minutes are elapsed ones, so the gaps stay the same across a change of clocks. No start is at a
    clock time that comes twice in `zone`: the first after that hour is taken instead, so that `instant`
    has every one of them back. Where an interview begins at one of `taken` already, it is gone around.
    An interview that would end after `day_end` on the wall clock of `zone` begins the next weekday
    instead, at the clock time of the first.
    """
    length, step = timedelta(minutes=minutes), timedelta(minutes=minutes + pause)
    first = start.astimezone(zone)
    day, opening = first.date(), start
    current = start
    while True:
        current = _free(current, step, taken, zone)
        while day_end and current != opening and not ends_by(current + length, day, day_end, zone):
            day = _next_weekday(day)
            opening = _free(datetime.combine(day, first.time(), zone).astimezone(UTC), step, (), zone)
            current = _free(opening, step, taken, zone)
        yield current
        current += step


def ends_by(end: datetime, day: date, clock: time, zone: ZoneInfo) -> bool:
    """Say whether what ends at `end` (UTC) is over when clocks in `zone` show `clock` on `day`: the first
    time, where they show it twice; before they jump, where they never do."""
    last_moment = (end - datetime.resolution).astimezone(zone).replace(tzinfo=None)
    closing = datetime.combine(day, clock)
    return last_moment < closing and end <= closing.replace(tzinfo=zone).astimezone(UTC)


def _free(start: datetime, step: timedelta, taken: Collection[datetime], zone: ZoneInfo) -> datetime:
    """Return the first instant from `start` on that is nobody else's, and that clocks show but once."""
    while True:
        if other := next((each for each in taken if abs(each - start) < step), None):
            start = other + step
        elif _comes_twice(start.astimezone(zone)):
            start += timedelta(minutes=1)
        else:
            return start


def _comes_twice(local: datetime) -> bool:
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _next_weekday(day: date) -> date:
    following = day + timedelta(days=1)
    while following.weekday() > 4:
        following += timedelta(days=1)
    return following
