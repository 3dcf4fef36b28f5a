"""Reminders follow their interview: dropped, brought back, moved (spec 4)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import QuerySet

from samtale.accounts.models import User
from samtale.core.audit import Actor
from samtale.interviews import reasons
from samtale.interviews.domain.letters import Writer, circumstances, letters_of, post
from samtale.interviews.domain.meeting_status import WITHOUT_REMINDER
from samtale.interviews.models import Interview, Invitation, InvitationMessage
from samtale.outbox.domain.queue import STOPPABLE, cancel, revive
from samtale.outbox.models.message import State

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
    """Take back the letters of invitation that have not left. Return the ids of their invitations."""
    ids = _not_left(invitations, [Purpose.INVITATION])
    cancel(ids, by=by, now=now, reason=reason)
    taken = InvitationMessage.objects.filter(message_id__in=ids, message__state=State.CANCELLED)
    return set(taken.values_list("invitation_id", flat=True))


def _not_left(invitations: Iterable[Invitation], purposes: Iterable[str]) -> list[int]:
    waiting = InvitationMessage.objects.filter(
        invitation__in=list(invitations), purpose__in=purposes, message__state__in=STOPPABLE
    )
    return list(waiting.order_by("message_id").values_list("message_id", flat=True))


def restore_reminders(invitation: Invitation, *, by: User | None, now: datetime) -> None:
    """Let the candidate who comes after all have the reminders that were chosen, where their time is ahead.

    Those that an answer took away are brought back; those that were never written, because the
    interview moved while the candidate was not coming, are written. One cancelled by hand stays so.
    """
    of_this_version = invitation.messages.filter(
        purpose__in=REMINDERS, interview_version=invitation.interview.version
    )
    dropped = list(of_this_version.filter(dropped=True).values_list("message_id", flat=True))
    revive(dropped, now=now)
    InvitationMessage.objects.filter(message_id__in=dropped, message__state=State.WAITING).update(
        dropped=False
    )
    written = set(of_this_version.values_list("purpose", flat=True))
    drafts = _writer(invitation.interview, now).reminders(invitation)
    post([draft for draft in drafts if draft.purpose not in written], by=by, now=now)


def _writer(interview: Interview, now: datetime) -> Writer:
    return Writer(letters_of(interview.dispatch), circumstances(interview.dispatch, interview), now=now)


def rewrite_waiting(
    interview: Interview, invitations: Sequence[Invitation], *, by: User, now: datetime
) -> set[int]:
    """Write anew, for an interview that has just been moved, all its letters that have not left.

    The version has risen already; an invitation that waits is replaced by one with the new time.
    Return the ids of the invitations whose letter that was.
    """
    uninvited = take_back_invitations(invitations, by=by, now=now, reason=reasons.MOVED)
    cancel(_not_left(invitations, REMINDERS), by=by, now=now, reason=reasons.MOVED)
    writer = _writer(interview, now)
    drafts = []
    for invitation in invitations:
        if invitation.pk in uninvited:
            drafts += writer.invitation(invitation)
        if invitation.meeting_status not in WITHOUT_REMINDER:
            drafts += writer.reminders(invitation)
    post(drafts, by=by, now=now)
    return uninvited
