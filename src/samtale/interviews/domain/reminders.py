"""Reminders follow their interview: dropped, brought back, moved (spec 4)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from django.db.models import F, Q, QuerySet

from samtale.accounts.models import User
from samtale.core.audit import Actor
from samtale.interviews import reasons
from samtale.interviews.domain.free_letters import end_free_letters, move_free_letters
from samtale.interviews.domain.letters import (
    Draft,
    Letters,
    Writer,
    circumstances,
    letters_of,
    post,
)
from samtale.interviews.domain.meeting_status import WITHOUT_REMINDER
from samtale.interviews.domain.notices import new_time
from samtale.interviews.domain.own_words import unsent_words
from samtale.interviews.domain.queries.invited import is_still_invited
from samtale.interviews.domain.queries.stopped import IS_STOPPED_BY_HAND
from samtale.interviews.models import Interview, Invitation, InvitationMessage
from samtale.outbox.domain.own_words import OwnWords
from samtale.outbox.domain.queue import STOPPABLE, cancel, dismiss, revive
from samtale.outbox.domain.render import UnrenderableTag
from samtale.outbox.models.message import State
from samtale.recruiting.domain.hold import hold_candidates

Purpose = InvitationMessage.Purpose
REMINDERS = (Purpose.REMINDER_EMAIL, Purpose.REMINDER_SMS)


def due_reminders(*, now: datetime) -> QuerySet[InvitationMessage]:
    """Return the reminders whose time has come and that still wait to leave, in the order they fall due."""
    return InvitationMessage.objects.filter(
        purpose__in=REMINDERS,
        message__state=State.WAITING,
        message__try_at__lte=now,
        message__expires_at__gt=now,
    ).order_by("message__try_at", "message_id")


def drop_reminders(
    invitations: Iterable[Invitation], *, by: Actor, now: datetime, reason: str = reasons.NOT_COMING
) -> int:
    """Take back the reminders of these invitations that have not left, and return how many.

    They come back with `restore_reminders`. `reason` is one of `interviews.reasons`.
    """
    ids = _not_left(invitations, REMINDERS)
    dropped = cancel(ids, by=by, now=now, reason=reason)
    InvitationMessage.objects.filter(message_id__in=ids, message__state=State.CANCELLED).update(dropped=True)
    return dropped


def take_back_invitations(
    invitations: Iterable[Invitation], *, by: Actor, now: datetime, reason: str
) -> set[int]:
    """Take back the letters of invitation that have not left, and those that tell a new time. Return the ids
    of the invitations whose candidates have heard of no interview at all."""
    end_free_letters(invitations, by=by, now=now, reason=reason)
    take_back_requests(invitations, by=by, now=now, reason=reason)
    _take_back(invitations, Purpose.MOVED, by=by, now=now, reason=reason)
    return _take_back(invitations, Purpose.INVITATION, by=by, now=now, reason=reason)


def take_back_requests(
    invitations: Iterable[Invitation], *, by: Actor, now: datetime, reason: str = reasons.ANSWERED
) -> None:
    """Take back the requests to answer that have not left."""
    _take_back(invitations, Purpose.ANSWER_REMINDER, by=by, now=now, reason=reason)


def _take_back(
    invitations: Iterable[Invitation], purpose: str, *, by: Actor, now: datetime, reason: str
) -> set[int]:
    ids = _not_left(invitations, [purpose])
    cancel(ids, by=by, now=now, reason=reason)
    taken = InvitationMessage.objects.filter(message_id__in=ids, message__state=State.CANCELLED)
    return set(taken.values_list("invitation_id", flat=True))


def _set_aside(
    interview: Interview, invitations: Iterable[Invitation], purpose: str, *, by: User, now: datetime
) -> set[int]:
    """Let the letters of the version before that failed give way to new ones. Return the ids of their
    invitations."""
    failed = InvitationMessage.objects.filter(
        invitation__in=list(invitations),
        purpose=purpose,
        interview_version=interview.version - 1,
        message__state=State.FAILED,
    )
    return {
        about.invitation_id
        for about in failed.select_related("message").order_by("message_id")
        if dismiss(about.message, by=by, now=now, reason=reasons.MOVED)
    }


def _not_left(invitations: Iterable[Invitation], purposes: Iterable[str]) -> list[int]:
    waiting = InvitationMessage.objects.filter(
        invitation__in=list(invitations), purpose__in=purposes, message__state__in=STOPPABLE
    )
    return list(waiting.order_by("message_id").values_list("message_id", flat=True))


def restore_reminders(invitation: Invitation, *, by: User | None, now: datetime) -> None:
    """Let the candidate who comes after all have the reminders that were chosen, where their time is ahead.

    Those that an answer took away are brought back; those that were never written, because the
    interview moved while the candidate was not coming, are written. One stopped by hand stays so.
    """
    hold_candidates([invitation.application])
    of_this_version = invitation.messages.filter(
        purpose__in=REMINDERS, interview_version=invitation.interview.version
    )
    candidate = invitation.application.candidate
    dropped = [
        about.message_id
        for about in of_this_version.filter(dropped=True).select_related("message").order_by("message_id")
        if about.message.recipient_address == candidate.address_by(about.message.channel)
    ]
    revive(dropped, now=now)
    InvitationMessage.objects.filter(message_id__in=dropped, message__state=State.WAITING).update(
        dropped=False
    )
    writer = _writer(invitation.interview, [invitation], now)
    settled = settled_reminders([invitation])[invitation.pk]
    post(writer.reminders(invitation, apart_from=settled), by=by, now=now)


def settled_reminders(invitations: Collection[Invitation]) -> dict[int, set[str]]:
    """Return, by invitation, the purposes of the reminders that are not to be written (any more): those
    that are there for the interview as it is now, and those that somebody stopped by hand, though the
    interview has moved since."""
    of_this_version = Q(interview_version=F("invitation__interview__version"))
    there = InvitationMessage.objects.filter(
        of_this_version | IS_STOPPED_BY_HAND, invitation__in=invitations, purpose__in=REMINDERS
    )
    settled: dict[int, set[str]] = {invitation.pk: set() for invitation in invitations}
    for invitation_id, purpose in there.values_list("invitation_id", "purpose"):
        settled[invitation_id].add(purpose)
    return settled


def _writer(
    interview: Interview,
    invitations: Sequence[Invitation],
    now: datetime,
    words: Mapping[tuple[int, str], OwnWords] | None = None,
) -> Writer:
    letters = letters_of(interview.dispatch)
    common = circumstances(interview.dispatch, interview)
    kept = _kept_languages(letters, invitations)
    return Writer(letters, common, now=now, kept=kept, own=unsent_words(invitations) | dict(words or {}))


def _kept_languages(letters: Letters, invitations: Sequence[Invitation]) -> Mapping[int, str]:
    """Return the language of what was written to those who have come to read one in which there are no
    words, by the id of their invitation."""
    strangers = [
        invitation
        for invitation in invitations
        if invitation.application.candidate.language not in letters.texts
    ]
    if not strangers:
        return {}
    written = InvitationMessage.objects.filter(
        invitation__in=strangers, purpose__in=(Purpose.INVITATION, *REMINDERS)
    )
    return dict(written.order_by("message_id").values_list("invitation_id", "message__language"))


def rewrite_waiting(
    interview: Interview,
    invitations: Sequence[Invitation],
    *,
    words: Mapping[tuple[int, str], OwnWords] | None = None,
    by: User,
    now: datetime,
) -> set[int]:
    """Write anew, for an interview that has just been moved, all its letters that have not left.

    The version has risen already, and the candidates are held. An invitation that waits, or the news of
    an earlier move, is replaced by one with the new time. Return the ids of the invitations whose own
    letter that was: their candidates know of no other time. `words` are written anew by hand, by invitation
    id and purpose, and stand in the place of those that were.
    """
    take_back_requests(invitations, by=by, now=now, reason=reasons.MOVED)
    uninvited = _take_back(invitations, Purpose.INVITATION, by=by, now=now, reason=reasons.MOVED)
    untold = _take_back(invitations, Purpose.MOVED, by=by, now=now, reason=reasons.MOVED)
    # What has failed would stay behind with the old time, and could not be sent again.
    uninvited |= _set_aside(interview, invitations, Purpose.INVITATION, by=by, now=now)
    untold |= _set_aside(interview, invitations, Purpose.MOVED, by=by, now=now)
    cancel(_not_left(invitations, REMINDERS), by=by, now=now, reason=reasons.MOVED)
    move_free_letters(interview, invitations, by=by, now=now)
    writer = _writer(interview, invitations, now, words)
    drafts = []
    for invitation in invitations:
        if not is_still_invited(invitation):
            continue
        if invitation.pk in uninvited:
            drafts += writer.invitation(invitation)
        elif invitation.pk in untold:
            drafts.append(_news_anew(invitation, writer, now=now))
    settled = settled_reminders(invitations)
    for invitation in invitations:
        if invitation.meeting_status not in WITHOUT_REMINDER:
            drafts += writer.reminders(invitation, apart_from=settled[invitation.pk])
    post(drafts, by=by, now=now)
    return uninvited


def _news_anew(invitation: Invitation, writer: Writer, *, now: datetime) -> Draft:
    own = writer.own.get((invitation.pk, Purpose.MOVED))
    if own:
        with suppress(UnrenderableTag):
            return new_time(invitation, writer.common, now=now, own=own)
    return replace(new_time(invitation, writer.common, now=now), lost_own_words=own is not None)
