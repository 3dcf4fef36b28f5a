"""When all who attend can, and the room is free."""

from collections.abc import Collection
from datetime import datetime, timedelta

from samtale.accounts.models import User
from samtale.calendars.domain.queries.busy import busy_between
from samtale.interviews.domain.free_times import DAYS_AHEAD, Stretch, Wish, free_starts, offers
from samtale.interviews.domain.queries.conflicts import LONGEST
from samtale.interviews.models import Booking, Room


def first_times(
    wish: Wish,
    *,
    interviewers: Collection[User],
    room: Room | None = None,
    after: datetime,
    number: int = 6,
    apart_from: Collection[int] = (),
) -> list[datetime]:
    """Return the first times (UTC) later than `after` (UTC) at which all can, in their own interviews and in
    their calendars outside, and a few that follow. Two queries.

    `apart_from` are ids of interviews that do not count, such as the one being moved.
    """
    # A row of interviews goes on for some weeks more at the most.
    until = after + timedelta(days=2 * DAYS_AHEAD)
    taken = taken_between(interviewers, room, start=after, end=until, apart_from=apart_from)
    return offers(free_starts(wish, taken, after=after), wish, number=number)


def taken_between(
    interviewers: Collection[User],
    room: Room | None,
    *,
    start: datetime,
    end: datetime,
    apart_from: Collection[int] = (),
) -> list[Stretch]:
    """Return when any of the interviewers, or the room, is taken between `start` and `end` (UTC)."""
    around = Booking.objects.filter(start__gt=start - LONGEST, start__lt=end, end__gt=start).exclude(
        interview__in=list(apart_from)
    )
    rows = around.filter(user__in=list(interviewers)) | around.filter(room=room, room__isnull=False)
    taken = list(rows.order_by().values_list("start", "end"))
    for stretches in busy_between(interviewers, start=start, end=end).values():
        taken += stretches
    return taken
