"""Takes a Send back as a whole, with its interviews, before any of its letters has begun to leave."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min, Q, QuerySet
from django.utils.translation import gettext as _

from samtale.accounts.models import Organisation, User
from samtale.core import audit
from samtale.interviews import reasons
from samtale.interviews.models import Dispatch, Interview, Invitation, InvitationMessage
from samtale.interviews.models.invitation import MeetingStatus
from samtale.outbox.domain.queue import STOPPABLE, cancel
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from samtale.recruiting.domain.progress import take_back_status
from samtale.recruiting.models import Application, Project

LONGEST = timedelta(seconds=300)


class UndoRefused(Exception):
    """The Send can no longer be undone. `message` says why to the recruiter."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class UndoneAlready(Exception):
    """Nothing is left of the Send."""


_INVITATION = Q(interviews__invitations__messages__purpose=InvitationMessage.Purpose.INVITATION)


def undo_until(dispatches: QuerySet[Dispatch]) -> dict[Dispatch, datetime]:
    """Return, for each of `dispatches`, when its letters of invitation leave and undoing it ends."""
    due = Min("interviews__invitations__messages__message__due_at", filter=_INVITATION)
    found = list(dispatches.annotate(first_due=due).order_by("pk"))
    if not found:
        return {}
    seconds = timedelta(seconds=Organisation.current().undo_seconds)
    return {each: min(each.first_due or each.at + seconds, each.at + LONGEST) for each in found}


def may_undo(dispatch: Dispatch, user: User) -> bool:
    """Say whether `user` is who pressed Send, or may invite in the project."""
    return dispatch.by_id == user.pk or user.has_perm("recruiting.invite", dispatch.project)


def undo_dispatch(*, dispatch: Dispatch, by: User, now: datetime) -> None:
    """Take back everything of one Send in one transaction: letters stop, and interviews and invitations
    are gone, as if they had never been but for the process list and the outbox.

    Raises:
        UndoneAlready: somebody has undone it.
        UndoRefused: its time is over, a letter has begun to leave, or something has changed since.
    """
    with transaction.atomic():
        # The same locks in the same order as inviting, changing and answering.
        Project.objects.select_for_update(no_key=True).get(pk=dispatch.project_id)
        until = undo_until(Dispatch.objects.filter(pk=dispatch.pk)).get(dispatch)
        if until is None:
            raise UndoneAlready
        interviews = list(Interview.objects.select_for_update().filter(dispatch=dispatch).order_by("pk"))
        invitations = list(
            Invitation.objects.select_for_update(of=("self",))
            .filter(interview__dispatch=dispatch)
            .select_related("application", "interview")
            .order_by("pk")
        )
        messages = list(_messages(dispatch).select_for_update(of=("self",)).order_by("pk"))
        _check_none_left(messages)
        if now >= until:
            raise UndoRefused(_("It is too late to undo: the time for it is over."))
        _check_unchanged(interviews, invitations)
        waiting = [message.pk for message in messages if message.state in STOPPABLE]
        if cancel(waiting, by=by, now=now, reason=reasons.UNDONE) != len(waiting):
            raise UndoRefused(_("It is too late to undo: a letter has begun to leave."))
        audit.record_all(
            audit.entry(
                "invitation_undone",
                subject=invitation.application,
                by=by,
                now=now,
                round=invitation.interview.round,
                start=invitation.interview.start.isoformat(),
                time_zone=invitation.interview.time_zone,
            )
            for invitation in invitations
        )
        take_back_status(
            applications=[invitation.application for invitation in invitations],
            status=Application.Status.INVITED,
            given_at=dispatch.at,
            by=by,
            now=now,
        )
        dispatch.delete()


def _messages(dispatch: Dispatch) -> QuerySet[Message]:
    to_candidates = Q(about_invitation__invitation__interview__dispatch=dispatch)
    return Message.objects.filter(to_candidates | Q(about_interview__interview__dispatch=dispatch))


def _check_none_left(messages: Collection[Message]) -> None:
    left = [each for each in messages if each.tries or each.state not in (*STOPPABLE, State.CANCELLED)]
    if left:
        raise UndoRefused(
            _(
                "It is too late to undo: %(left)d of %(all)d letters have begun to leave."
                " You can cancel the interview instead."
            )
            % {"left": len(left), "all": len(messages)}
        )


def _check_unchanged(interviews: Collection[Interview], invitations: Collection[Invitation]) -> None:
    moved = any(each.version != 1 or each.state != Interview.State.PLANNED for each in interviews)
    answered = any(each.answered_at or each.meeting_status != MeetingStatus.AWAITING for each in invitations)
    called_off = any(each.cancelled_at for each in invitations)
    if moved or answered or called_off:
        raise UndoRefused(
            _(
                "It cannot be undone: an interview has been changed or answered meanwhile."
                " You can cancel the interview instead."
            )
        )
