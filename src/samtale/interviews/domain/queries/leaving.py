"""What a change came too late for: letters that were just leaving, and say what is no longer so."""

from collections.abc import Iterable
from datetime import datetime

from samtale.interviews.models import Invitation, InvitationMessage
from samtale.outbox.domain.queries import leaving
from samtale.outbox.models import Message

Purpose = InvitationMessage.Purpose
TO_CANDIDATES = (
    Purpose.INVITATION,
    Purpose.REMINDER_EMAIL,
    Purpose.REMINDER_SMS,
    Purpose.MOVED,
    Purpose.FREE,
    Purpose.ANSWER_REMINDER,
)


def left_meanwhile(invitations: Iterable[Invitation], *, since: datetime) -> list[Message]:
    """Return the letters to these candidates that were leaving while a change was made; see
    `outbox.domain.queries.leaving`."""
    letters = Message.objects.filter(
        about_invitation__invitation__in=list(invitations), about_invitation__purpose__in=TO_CANDIDATES
    )
    return list(leaving.left_meanwhile(letters, since=since).defer("content"))
