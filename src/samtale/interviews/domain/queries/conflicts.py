"""Who would have to be in two interviews at once, which room would hold two, and who is busy elsewhere."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from samtale.accounts.models import User
from samtale.calendars.domain.queries.busy import busy_between
from samtale.interviews.models import Booking, Room

LONGEST = timedelta(hours=12)

Bookable = User | Room


@dataclass(frozen=True)
class Period:
    """A stretch of time, in UTC. Two that only touch do not meet."""

    start: datetime
    end: datetime

    def meets(self, other: "Period") -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Conflict:
    """`who`, a person or a room, is wanted for `wanted` and taken for `taken` by the interview with the id
    `interview_id`; None where that is another one of those now being planned, or where it `is_outside`: in a
    calendar of the person's own, of which nothing else is known."""

    who: Bookable
    wanted: Period
    taken: Period
    interview_id: int | None = None
    is_outside: bool = False


def conflicts(
    periods: Sequence[Period],
    *,
    interviewers: Collection[User],
    room: Room | None = None,
    apart_from: Collection[int] = (),
) -> list[Conflict]:
    """Return where interviews in `periods` meet one another, or bookings, by the time that is wanted.

    One query, however many periods there are. `apart_from` are ids of interviews that do not count, such
    as the one being moved.
    """
    if not periods:
        return []
    wanted = sorted(periods, key=lambda period: (period.start, period.end))
    bookable: list[Bookable] = [*interviewers, *([room] if room else [])]
    among_themselves = [
        Conflict(who, later, earlier) for earlier, later in _meeting_pairs(wanted) for who in bookable
    ]
    booked = _booked(wanted, interviewers, room, apart_from)
    with_others = [
        Conflict(who, period, taken, interview_id)
        for who in bookable
        for period in wanted
        for taken, interview_id in _meeting(period, booked[_key(who)])
    ]
    return sorted(among_themselves + with_others, key=lambda found: (found.wanted.start, found.taken.start))


def busy_outside(periods: Sequence[Period], *, interviewers: Collection[User]) -> list[Conflict]:
    """Return where interviews in `periods` meet what the interviewers' own calendars say, by the time that is
    wanted. It stops nobody from booking them. One query."""
    if not periods:
        return []
    first, last = min(period.start for period in periods), max(period.end for period in periods)
    blocks = busy_between(interviewers, start=first, end=last)
    found = [
        Conflict(who, period, taken, is_outside=True)
        for who in interviewers
        for taken in (Period(*block) for block in blocks[who.pk])
        for period in periods
        if period.meets(taken)
    ]
    return sorted(found, key=lambda each: (each.wanted.start, each.taken.start))


def _key(who: Bookable) -> tuple[bool, int]:
    return isinstance(who, Room), who.pk


def _meeting_pairs(periods: Sequence[Period]) -> Iterator[tuple[Period, Period]]:
    for number, earlier in enumerate(periods):
        for later in periods[number + 1 :]:
            if later.start >= earlier.end:
                break
            yield earlier, later


_Taken = list[tuple[Period, int]]


def _booked(
    wanted: Sequence[Period], interviewers: Collection[User], room: Room | None, apart_from: Collection[int]
) -> Mapping[tuple[bool, int], _Taken]:
    last = max(period.end for period in wanted)
    around = Booking.objects.filter(start__gt=wanted[0].start - LONGEST, start__lt=last).exclude(
        interview__in=list(apart_from)
    )
    rows = around.filter(user__in=list(interviewers)) | around.filter(room=room, room__isnull=False)
    booked: dict[tuple[bool, int], _Taken] = defaultdict(list)
    values = rows.order_by("start", "pk").values_list("user_id", "room_id", "start", "end", "interview_id")
    for user_id, room_id, start, end, interview_id in values:
        booked[room_id is not None, user_id or room_id].append((Period(start, end), interview_id))
    return booked


def _meeting(period: Period, taken: _Taken) -> Iterator[tuple[Period, int]]:
    """Yield those of `taken`, which are by start and none longer than `LONGEST`, that meet `period`."""
    first = bisect_left(taken, period.start - LONGEST, key=lambda pair: pair[0].start)
    for other, interview_id in taken[first:]:
        if other.start >= period.end:
            return
        if other.end > period.start:
            yield other, interview_id
