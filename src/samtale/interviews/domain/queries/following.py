"""Letters that follow an interview where it is moved, whoever is told: they have not reached anybody."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from samtale.interviews.models import Interview, InvitationMessage
from samtale.interviews.models.invitation import MeetingStatus
from samtale.outbox.domain.queue import STOPPABLE
from samtale.outbox.models.message import State

_Purpose = InvitationMessage.Purpose
_SAY_WHEN = Q(purpose__in=(_Purpose.INVITATION, _Purpose.MOVED)) & ~Q(
    invitation__meeting_status=MeetingStatus.NOT_RELEVANT
)


def letters_to_follow(interview: Interview) -> list[InvitationMessage]:
    """Return the invitations, and the news of an earlier move, that are written anew if the interview
    changes: those that wait, and those about it as it is now that have failed. By the candidates' names, with
    message and candidate."""
    is_failed = Q(message__state=State.FAILED, interview_version=interview.version)
    return _by_name(interview, Q(message__state__in=STOPPABLE) | is_failed)


def letters_that_followed(interview: Interview, *, told: Collection[int] = ()) -> list[InvitationMessage]:
    """Return those that were written when the interview became what it is, but for those to candidates who
    were to be told anyway, by the ids of their invitations."""
    written = Q(interview_version=interview.version) & ~Q(invitation__in=list(told))
    return _by_name(interview, written)


def _by_name(interview: Interview, wanted: Q) -> list[InvitationMessage]:
    found: QuerySet[InvitationMessage] = InvitationMessage.objects.filter(
        _SAY_WHEN, wanted, invitation__interview=interview, invitation__cancelled_at=None
    )
    reachable = found.exclude(invitation__application__candidate__email="")
    return list(
        reachable.select_related("message", "invitation__application__candidate")
        .defer("message__content")
        .order_by("invitation__application__sort_name", "message_id")
    )
