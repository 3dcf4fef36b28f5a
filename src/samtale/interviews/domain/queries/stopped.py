"""The reminders that somebody has stopped by hand."""

from django.db.models import Q

from samtale.interviews.models import Interview, InvitationMessage
from samtale.outbox.domain.queue import STOPPED_BY_HAND
from samtale.outbox.models.message import State

_Purpose = InvitationMessage.Purpose
IS_STOPPED_BY_HAND = Q(
    purpose__in=(_Purpose.REMINDER_EMAIL, _Purpose.REMINDER_SMS),
    message__state=State.CANCELLED,
    message__reason=STOPPED_BY_HAND,
)


def reminders_stopped_by_hand(interview: Interview) -> list[InvitationMessage]:
    """Return those of the interview, by the candidates' names, with message and candidate."""
    return list(
        InvitationMessage.objects.filter(IS_STOPPED_BY_HAND, invitation__interview=interview)
        .select_related("message", "invitation__application__candidate")
        .order_by("invitation__application__sort_name", "message_id")
    )
