"""Reads of the outbox. Who may see which message is decided by the caller, who narrows `messages`."""

from datetime import datetime

from django.db.models import Q, QuerySet

from samtale.outbox.models import Message
from samtale.outbox.models.message import State

NEWEST_FIRST = ("-due_at", "-pk")
OLDEST_FIRST = ("due_at", "pk")


def older_than(messages: QuerySet[Message], *, due_at: datetime, pk: int) -> QuerySet[Message]:
    """Return those of `messages` that come after the given one, newest first.

    A page found so costs the same however deep it lies, which one found by its number does not.
    """
    # The first condition alone lets the database begin at the right place in its index.
    older = Q(due_at__lte=due_at) & (Q(due_at__lt=due_at) | Q(due_at=due_at, pk__lt=pk))
    return messages.filter(older).order_by(*NEWEST_FIRST)


def newer_than(messages: QuerySet[Message], *, due_at: datetime, pk: int) -> QuerySet[Message]:
    """Return those of `messages` that come before the given one, the nearest to it first."""
    newer = Q(due_at__gte=due_at) & (Q(due_at__gt=due_at) | Q(due_at=due_at, pk__gt=pk))
    return messages.filter(newer).order_by(*OLDEST_FIRST)


def matching(
    messages: QuerySet[Message], *, recipient: str = "", state: str = "", channel: str = "", kind: str = ""
) -> QuerySet[Message]:
    """Return those of `messages` that fit; what is empty fits all.

    `recipient` is a part of the recipient's name or address.
    """
    wanted = {"state": state, "channel": channel, "kind": kind}
    messages = messages.filter(**{name: value for name, value in wanted.items() if value})
    return messages.filter(_sent_to(recipient)) if recipient else messages


def waiting(messages: QuerySet[Message]) -> QuerySet[Message]:
    """Return those of `messages` that are still to leave."""
    return messages.filter(state__in=[State.WAITING, State.CLAIMED])


def failed_count(messages: QuerySet[Message]) -> int:
    """Return how many of `messages` were given up.

    Every page of the staff asks. Mostly nothing has failed at all, which costs far less to find out.
    """
    failed = Message.objects.filter(state=State.FAILED)
    return messages.filter(state=State.FAILED).count() if failed.exists() else 0


def _sent_to(text: str) -> Q:
    """Return the condition that a recipient's name or address holds `text`.

    SQLite compares letters beyond ASCII as they are written, so the likely spellings are all tried.
    """
    found = Q(recipient_address__icontains=text)
    for spelling in {text, text.lower(), text.title(), text.upper()}:
        found |= Q(recipient_name__icontains=spelling)
    return found
