"""Takes a Send back as a whole, with its interviews, before any of its letters has begun to leave."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min, Q, QuerySet
from django.utils.translation import gettext as _

from samtale.accounts.models import Organisation, User
from samtale.core import audit
from samtale.interviews import reasons
from samtale.interviews.domain.copies import interviews_changed
from samtale.interviews.domain.queries.undone import INTERVIEW_UNDONE, INVITATION_UNDONE
from samtale.interviews.models import (
    Dispatch,
    Interview,
    InterviewerMessage,
    Invitation,
    InvitationMessage,
    SentForm,
)
from samtale.interviews.models.invitation import MeetingStatus
from samtale.outbox.domain.queue import STOPPABLE, cancel
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from samtale.recruiting.domain.progress import take_back_status
from samtale.recruiting.models import Application, Project

LONGEST = timedelta(seconds=300)
# For so long a browser may bring an undone Send back to life, with the tabs it reopens.
REMEMBERED = timedelta(days=90)


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
                INVITATION_UNDONE,
                subject=invitation.application,
                by=by,
                now=now,
                round=invitation.interview.round,
                start=invitation.interview.start.isoformat(),
                time_zone=invitation.interview.time_zone,
                invitation=invitation.pk,
            )
            for invitation in invitations
        )
        # Whoever has one of them open is told what has become of it.
        audit.record_all(
            audit.entry(INTERVIEW_UNDONE, subject=interview, by=by, now=now, project=dispatch.project_id)
            for interview in interviews
        )
        take_back_status(
            applications=[invitation.application for invitation in invitations],
            status=Application.Status.INVITED,
            given_at=dispatch.at,
            by=by,
            now=now,
        )
        interviews_changed([interview.pk for interview in interviews])
        SentForm.objects.filter(dispatch=dispatch).update(dispatch=None, fields={})
        dispatch.delete()


def forget_forms(*, now: datetime) -> None:
    """Delete the forms of Sends that can no longer be undone, and what is remembered of those that were
    undone long ago. Joins `jobs.followers.cleaning`."""
    SentForm.objects.filter(dispatch__isnull=False, at__lt=now - LONGEST).delete()
    SentForm.objects.filter(dispatch=None, at__lt=now - REMEMBERED).delete()


def _messages(dispatch: Dispatch) -> QuerySet[Message]:
    """Return the letters to the candidates, and those to the interviewers."""
    to_candidates = InvitationMessage.objects.filter(invitation__interview__dispatch=dispatch)
    to_interviewers = InterviewerMessage.objects.filter(interview__dispatch=dispatch)
    # Two lists of ids: with an OR over two joins, the database would read the whole outbox.
    ids = [*to_candidates.order_by("pk").values_list("pk", flat=True)]
    ids += to_interviewers.order_by("pk").values_list("pk", flat=True)
    return Message.objects.filter(pk__in=ids)


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
