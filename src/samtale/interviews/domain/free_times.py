"""The first times at which everybody can: a pure rule over when they are taken."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from samtale.interviews.domain.slots import ImpossibleTime, each_consecutive, ends_by, instant

DAY_BEGINS, DAY_ENDS = time(8), time(16)
DAYS_AHEAD = 28
GRANULARITY = timedelta(minutes=15)

Stretch = tuple[datetime, datetime]


@dataclass(frozen=True)
class Wish:
    """What a time is wanted for: `count` interviews after one another, each of `minutes` with a `pause` of
    minutes after it. With `day_end`, on the wall clock of `zone`, those that do not fit go on the next
    weekday, as in `slots.consecutive`; without it all must fit into one working day."""

    minutes: int
    zone: ZoneInfo
    pause: int = 0
    count: int = 1
    day_end: time | None = None

    @property
    def closes(self) -> time:
        """When the last interview of a day is over at the latest."""
        return self.day_end or DAY_ENDS


def free_starts(wish: Wish, taken: Iterable[Stretch], *, after: datetime) -> Iterator[datetime]:
    """Yield every start (UTC) on the quarter hours of the next four weeks' working hours, later than `after`
    (UTC), from which all that is wished for meets nothing that is `taken` by anybody (UTC, in any order).

    Working hours are weekdays from 08:00 to 16:00, or to the wish's `day_end`, on the wall clock of its
    `zone`. A time that a clock shows never or twice is not offered.
    """
    merged = _merged(taken)
    begins = [stretch[0] for stretch in merged]
    length = timedelta(minutes=wish.minutes)
    for start in _quarters(wish, after=after):
        if _is_free(start, start + length, merged, begins) and all(
            _is_free(each, each + length, merged, begins) and _is_in_hours(each, length, wish)
            for each in _row(start, wish)
        ):
            yield start


def offers(starts: Iterable[datetime], wish: Wish, *, number: int, a_day: int = 2) -> list[datetime]:
    """Return the first of `starts` and some that follow, `number` at most: further apart than all of it
    takes, and no more on one day than `a_day` says, so that there is a choice."""
    length = timedelta(minutes=(wish.minutes + wish.pause) * wish.count - wish.pause)
    found: list[datetime] = []
    days: dict[date, int] = {}
    for start in starts:
        day = start.astimezone(wish.zone).date()
        if days.get(day, 0) < a_day and (not found or start >= found[-1] + length):
            found.append(start)
            days[day] = days.get(day, 0) + 1
        if len(found) == number:
            break
    return found


def _quarters(wish: Wish, *, after: datetime) -> Iterator[datetime]:
    first = after.astimezone(wish.zone).date()
    for day in (first + timedelta(days=number) for number in range(DAYS_AHEAD + 1)):
        if day.weekday() > 4:
            continue
        clock = datetime.combine(day, DAY_BEGINS)
        last = datetime.combine(day, wish.closes) - timedelta(minutes=wish.minutes)
        while clock <= last:
            try:
                start = instant(day, clock.time(), wish.zone)
            except ImpossibleTime:
                pass
            else:
                if start > after:
                    yield start
            clock += GRANULARITY


def _row(start: datetime, wish: Wish) -> Iterator[datetime]:
    """Yield the starts of all the interviews."""
    starts = each_consecutive(
        start, minutes=wish.minutes, pause=wish.pause, zone=wish.zone, day_end=wish.day_end
    )
    return islice(starts, wish.count)


def _is_in_hours(start: datetime, length: timedelta, wish: Wish) -> bool:
    """Say whether an interview is over when the day closes."""
    return ends_by(start + length, start.astimezone(wish.zone).date(), wish.closes, wish.zone)


def _merged(taken: Iterable[Stretch]) -> list[Stretch]:
    """Return the same time as stretches of which no two meet, by start."""
    merged: list[Stretch] = []
    for begins, ends in sorted(taken):
        if merged and begins <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(ends, merged[-1][1]))
        else:
            merged.append((begins, ends))
    return merged


def _is_free(start: datetime, end: datetime, merged: Sequence[Stretch], begins: Sequence[datetime]) -> bool:
    before = bisect_right(begins, start) - 1
    if before >= 0 and merged[before][1] > start:
        return False
    following = before + 1
    return following == len(merged) or begins[following] >= end
