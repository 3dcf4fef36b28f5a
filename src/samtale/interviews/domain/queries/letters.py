"""Which letters go to whom."""

from django.db.models import QuerySet

from samtale.interviews.models import InvitationMessage
from samtale.outbox import kinds
from samtale.outbox.models import Message


def to_candidate(messages: QuerySet[Message], candidate_id: int) -> QuerySet[Message]:
    """Return those of `messages` that are written to the candidate: notices about them, which go to
    colleagues, are not."""
    about_them = messages.filter(correspondence__application__candidate=candidate_id)
    about_them = about_them.exclude(kind__in=kinds.to_staff())
    return about_them.exclude(about_invitation__purpose=InvitationMessage.Purpose.ANSWER_NOTICE)


def is_to_candidate(message: Message) -> bool:
    """Say whether the message is written to the candidate it is about."""
    return to_candidate(Message.objects.filter(pk=message.pk), _candidate_id(message)).exists()


def _candidate_id(message: Message) -> int:
    correspondence = getattr(message, "correspondence", None)
    application = correspondence.application if correspondence else None
    return application.candidate_id if application else 0
