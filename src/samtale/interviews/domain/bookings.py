"""Keeps interviewers and rooms from being in two interviews at once.

Whoever books holds the interviewers and the room until the transaction ends, and looks before writing, so
that of many at the same moment one wins and the others are told. The constraint on PostgreSQL (see
`models.booking`) is the promise behind that look, for whatever else may write to the table.
"""

from collections.abc import Collection, Sequence

from samtale.accounts.models import User
from samtale.interviews.domain.copies import interviews_changed
from samtale.interviews.domain.queries.conflicts import Bookable, Conflict, Period, conflicts
from samtale.interviews.domain.queries.invited import with_somebody_left
from samtale.interviews.models import Booking, Interview, Room


class DoubleBooked(Exception):
    """Somebody, or the room, is taken at a time that was asked for. `conflicts` says who and by what."""

    def __init__(self, found: Sequence[Conflict]) -> None:
        super().__init__("taken")
        self.conflicts = tuple(found)


def hold(*, interviewers: Collection[User], rooms: Collection[Room] = ()) -> dict[int, User]:
    """Hold these people and rooms until the transaction ends, always in the same order. Return the people as
    they are now, by id.

    `no_key`: a message or a note that refers to them need not wait.
    """
    users = User.objects.filter(pk__in=[user.pk for user in interviewers])
    people = {user.pk: user for user in users.select_for_update(no_key=True).order_by("pk")}
    if rooms:
        held = Room.objects.filter(pk__in=[room.pk for room in rooms])
        list(held.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    return people


def book(
    interviews: Sequence[Interview], *, interviewers: Collection[User], anyway: bool = False
) -> list[Conflict]:
    """Book the interviewers and the room for stored interviews, all in the same room or in none.

    What they had booked before is let go. Call it inside the verb's transaction, before candidates are held.
    With `anyway` they are booked whatever else they are in; return what that was. Whether `anyway` is
    allowed is the caller's to ask.

    Raises:
        DoubleBooked: somebody or the room is taken.
    """
    room = interviews[0].room
    hold(interviewers=interviewers, rooms=[room] if room else [])
    ids = [interview.pk for interview in interviews]
    found = conflicts(
        [Period(interview.start, interview.end) for interview in interviews],
        interviewers=interviewers,
        room=room,
        apart_from=ids,
    )
    if found and not anyway:
        raise DoubleBooked(found)
    before = _let_go(ids)
    interviews_changed([], also=[*before, *(user.pk for user in interviewers)])
    Booking.objects.bulk_create(_bookings(interviews, interviewers, found), batch_size=500)
    return found


def release(interviews: Collection[Interview]) -> None:
    """Let go of everyone and every room that these interviews had booked."""
    interviews_changed([], also=_let_go([interview.pk for interview in interviews]))


def _let_go(interview_ids: Collection[int]) -> set[int]:
    """Return the ids of the people who were booked."""
    bookings = Booking.objects.filter(interview__in=interview_ids)
    people = set(bookings.filter(user__isnull=False).order_by().values_list("user_id", flat=True))
    bookings.delete()
    return people


def release_where_nobody_is_left(interviews: Collection[int]) -> set[int]:
    """Let go of everyone and every room in those of these interviews, given by id and held, to which nobody
    is invited any longer. Return the ids of those where anybody had been booked until now."""
    left = set(interviews) - with_somebody_left(interviews)
    booked = Booking.objects.filter(interview__in=left)
    emptied = set(booked.order_by().values_list("interview_id", flat=True))
    booked.delete()
    return emptied


def is_anybody_left(interview: Interview) -> bool:
    """Say whether anybody is still invited to the interview, whatever they have answered."""
    return interview.pk in with_somebody_left([interview.pk])


def _bookings(
    interviews: Sequence[Interview], interviewers: Collection[User], found: Sequence[Conflict]
) -> list[Booking]:
    clashing = {(_key(each.who), period) for each in found for period in (each.wanted, each.taken)}

    def booking(interview: Interview, who: Bookable) -> Booking:
        period = Period(interview.start, interview.end)
        return Booking(
            interview=interview,
            user=who if isinstance(who, User) else None,
            room=who if isinstance(who, Room) else None,
            start=period.start,
            end=period.end,
            knowingly=(_key(who), period) in clashing,
        )

    room: list[Bookable] = [interviews[0].room] if interviews[0].room else []
    return [booking(interview, who) for interview in interviews for who in [*interviewers, *room]]


def _key(who: Bookable) -> tuple[type, int]:
    return type(who), who.pk
