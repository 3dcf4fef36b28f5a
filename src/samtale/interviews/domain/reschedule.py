"""Gives an interview another time, length, place or company (spec 5)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from samtale.accounts.models import User
from samtale.core import audit
from samtale.core.models import AuditEntry
from samtale.interviews.domain.bookings import book, hold, is_anybody_left, release
from samtale.interviews.domain.changing import (
    ChangedMeanwhile,
    ChangeRefused,
    check_may_tell,
    check_planned,
    held_invitations,
    hold_interview,
    set_meeting_status,
)
from samtale.interviews.domain.interviewer_letters import tell_interviewers_of_change
from samtale.interviews.domain.notices import tell_new_time
from samtale.interviews.domain.overbooking import check_may_overbook, record_overbooking
from samtale.interviews.domain.plan import LONGEST, InvitationRefused, check_room
from samtale.interviews.domain.queries.conflicts import Conflict
from samtale.interviews.domain.queries.invited import is_still_invited
from samtale.interviews.domain.reminders import rewrite_waiting
from samtale.interviews.models import Interview, Invitation, InvitationMessage, Room
from samtale.interviews.models.interview import AT_A_PLACE
from samtale.interviews.models.invitation import MeetingStatus
from samtale.outbox.domain.own_words import OwnWords

_TIME = ("start", "duration")
_PLACE = ("place", "video_link", "room")
_UNSETTLED = (MeetingStatus.ACCEPTED, MeetingStatus.NEW_TIME)


@dataclass(frozen=True, kw_only=True)
class Terms:
    """When, where and with whom. `start` is an instant (UTC), `duration` is in minutes."""

    start: datetime
    duration: int
    interviewers: tuple[User, ...]
    place: str = ""
    video_link: str = ""
    room: Room | None = None

    @classmethod
    def of(cls, interview: Interview) -> "Terms":
        """Return the terms as they are stored."""
        own = {name: getattr(interview, name) for name in (*_TIME, *_PLACE)}
        return cls(interviewers=tuple(interview.interviewers.order_by("pk")), **own)

    def differing(self, other: "Terms") -> list[str]:
        """Return the names of what is not the same in `other`."""
        names = [name for name in (*_TIME, *_PLACE) if getattr(self, name) != getattr(other, name)]
        return [*names, *(["interviewers"] if set(self.interviewers) != set(other.interviewers) else [])]


@dataclass(frozen=True)
class Telling:
    """Whose candidates are told by e-mail, by id of the invitation, and in which words, by language; where
    there are none for a language, in the house's own."""

    invitations: frozenset[int] = frozenset()
    words: Mapping[str, OwnWords] = field(default_factory=dict)


NOBODY = Telling()


@dataclass(frozen=True)
class Moved:
    """What came of it: what has changed (nothing, where all was so already), and who only knows the old."""

    interview: Interview
    changed: Sequence[str]
    uninformed: Sequence[Invitation] = ()


def reschedule(
    *,
    interview: Interview,
    seen_version: int | None,
    to: Terms,
    telling: Telling = NOBODY,
    books_anyway: bool = False,
    by: User,
    now: datetime,
) -> Moved:
    """Let the interview be as `to` says from now on, and tell those whom `telling` names.

    Letters and reminders that have not left are written anew, whoever is told. Whoever is told of another
    time or place is asked anew: their answer was to something else. So is whoever would have come to
    another time and is not told: nobody counts as coming to a time they have not heard of (spec 5).
    Interviewers are told by themselves.
    `seen_version` is the interview's when the recruiter decided, or None where nobody knows.

    Raises:
        ChangedMeanwhile: it has been changed since.
        DoubleBooked: an interviewer or the room is taken then.
        MayNotOverbook: `by` has no right to book them anyway.
        ChangeRefused: it is no longer planned, the start is in the past, something else cannot be, or `by`
            may not send the e-mail.
    """
    with transaction.atomic():
        held = hold_interview(interview.pk)
        if seen_version != held.version:
            raise ChangedMeanwhile
        check_planned(held)
        _check_terms(held, to, now=now)
        changed = Terms.of(held).differing(to)
        if not changed:
            return Moved(held, changed)
        # A right that is taken away at this moment is either gone here, or finds the letters of this change.
        rooms = [to.room] if to.room else []
        people = hold(interviewers=[by, *held.interviewers.all(), *to.interviewers], rooms=rooms)
        if telling.invitations:
            check_may_tell(held, people[by.pk])
        if books_anyway:
            check_may_overbook(held.project, by=people[by.pk])
        uninformed = move(held, to, words=_words(held, telling), books_anyway=books_anyway, by=by, now=now)
        told = [invitation for invitation in uninformed if invitation.pk in telling.invitations]
        untold = [invitation for invitation in uninformed if invitation.pk not in telling.invitations]
        if changed != ["interviewers"]:
            ask_anew(told, by=by, now=now)
        if "start" in changed:
            unsettle(untold, by=by, now=now)
        if told:
            tell_new_time(held, told, by=by, now=now, words=telling.words)
    return Moved(held, changed, untold)


def move(
    interview: Interview,
    to: Terms,
    *,
    words: Mapping[tuple[int, str], OwnWords] | None = None,
    books_anyway: bool,
    by: User,
    now: datetime,
) -> list[Invitation]:
    """Change a held interview, its bookings and its letters that have not left. Return the invitations whose
    candidates know the old terms only. `words` are for news that waits, as in `rewrite_waiting`."""
    if to.start <= now:
        raise ChangeRefused("start", _("The interview cannot start in the past."))
    old = Terms.of(interview)
    for name in (*_TIME, *_PLACE):
        setattr(interview, name, getattr(to, name))
    interview.version += 1
    if old.differing(to) != ["interviewers"]:
        interview.terms_version = interview.version
    interview.save(update_fields=[*_TIME, *_PLACE, "version", "terms_version"])
    interview.interviewers.set(to.interviewers)
    taken = book_if_anybody_is_left(interview, anyway=books_anyway)
    invitations = held_invitations(interview)
    rewritten = rewrite_waiting(interview, invitations, words=words, by=by, now=now)
    audit.record_all(
        _entry(invitation, old, to, by=by, now=now) for invitation in invitations if old.differing(to)
    )
    record_overbooking(taken, invitations, by=by, now=now)
    tell_interviewers_of_change(interview, invitations, before=old.interviewers, by=by, now=now)
    return [
        invitation
        for invitation in invitations
        if invitation.pk not in rewritten and is_still_invited(invitation)
    ]


def book_if_anybody_is_left(interview: Interview, *, anyway: bool) -> list[Conflict]:
    """Book who attends, if anybody is left to be met. Return what they are in besides."""
    if not is_anybody_left(interview):
        release([interview])
        return []
    return book([interview], interviewers=interview.interviewers.all(), anyway=anyway)


def ask_anew(invitations: Collection[Invitation], *, by: User, now: datetime) -> None:
    """Wait for these candidates' answers again."""
    for invitation in invitations:
        if invitation.meeting_status != MeetingStatus.AWAITING:
            set_meeting_status(invitation, MeetingStatus.AWAITING, by=by, now=now)


def unsettle(invitations: Collection[Invitation], *, by: User, now: datetime) -> None:
    """Wait for the answers of those who know of another time only and have not said no to it. Who has, stays
    away from this one too until they have heard of it."""
    ask_anew([each for each in invitations if each.meeting_status in _UNSETTLED], by=by, now=now)


def _check_terms(interview: Interview, to: Terms, *, now: datetime) -> None:
    if to.start <= now:
        raise ChangeRefused("start", _("The interview cannot start in the past."))
    if not timedelta(0) < timedelta(minutes=to.duration) <= LONGEST:
        raise ChangeRefused("duration", _("The duration must be between 1 minute and 12 hours."))
    if not to.interviewers:
        raise ChangeRefused("interviewers", _("Choose at least one recruiter who attends."))
    if to.room and interview.type not in AT_A_PLACE:
        raise ChangeRefused("room", _("This type of interview is held in no room."))
    if to.room and to.room != interview.room:
        try:
            check_room(interview.project, to.room)
        except InvitationRefused as refused:
            raise ChangeRefused(refused.field, refused.message) from None


def _words(interview: Interview, telling: Telling) -> dict[tuple[int, str], OwnWords]:
    """Return what news that waits for those who are told says from now on."""
    found = interview.invitations.filter(pk__in=telling.invitations)
    rows = found.order_by("pk").values_list("pk", "application__candidate__language")
    return {
        (pk, InvitationMessage.Purpose.MOVED): telling.words[language]
        for pk, language in rows
        if language in telling.words
    }


def _entry(invitation: Invitation, old: Terms, new: Terms, *, by: User, now: datetime) -> AuditEntry:
    changed = old.differing(new)
    data = {
        name: [_said(getattr(old, name)), _said(getattr(new, name))]
        for name in changed
        if name not in ("start", "interviewers")
    }
    if "interviewers" in changed:
        data["interviewers"] = [[str(user) for user in each.interviewers] for each in (old, new)]
    return audit.entry(
        "interview_moved",
        subject=invitation.application,
        by=by,
        now=now,
        old=old.start.isoformat(),
        new=new.start.isoformat(),
        time_zone=invitation.interview.time_zone,
        **data,
    )


def _said(value: object) -> object:
    return str(value) if isinstance(value, Room) else value or ""
