"""Reads of the outbox. Who may see which message is decided by the caller, who narrows `messages`."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from samtale.outbox.models import Message
from samtale.outbox.models.message import Receipt, State

NEWEST_FIRST = ("-due_at", "-pk")
OLDEST_FIRST = ("due_at", "pk")
# A choice beside the states: what somebody must decide about.
ATTENTION = "attention"
# Another: what providers report that the recipient did not get, or did not want.
CAME_BACK = "came_back"


@dataclass(frozen=True)
class Attention:
    """How many messages somebody must decide about: failed, or perhaps arrived."""

    failed: int = 0
    unknown: int = 0

    @property
    def total(self) -> int:
        return self.failed + self.unknown


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
    messages: QuerySet[Message],
    *,
    recipient: str = "",
    state: str = "",
    channel: str = "",
    kind: str = "",
    batch: uuid.UUID | None = None,
    created_by: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> QuerySet[Message]:
    """Return those of `messages` that fit; what is empty fits all.

    `recipient` is a part of the recipient's name or address. `state` may be `ATTENTION` or `CAME_BACK`
    too. `created_by` is the id of whoever had it written. Those due between `since` and `until` fit, the
    latter not included.
    """
    wanted = {
        "state": "" if state in (ATTENTION, CAME_BACK) else state,
        "channel": channel,
        "kind": kind,
        "batch": batch,
        "created_by": created_by,
        "due_at__gte": since,
        "due_at__lt": until,
    }
    messages = messages.filter(**{name: value for name, value in wanted.items() if value})
    if state == ATTENTION:
        messages = messages.filter(pk__in=_needing_attention())
    if state == CAME_BACK:
        messages = messages.filter(receipt__in=[Receipt.BOUNCED, Receipt.NOT_TAKEN, Receipt.COMPLAINED])
    return messages.filter(_sent_to(recipient)) if recipient else messages


def waiting(messages: QuerySet[Message]) -> QuerySet[Message]:
    """Return those of `messages` that are still to leave."""
    return messages.filter(state__in=[State.WAITING, State.CLAIMED])


def attention(messages: QuerySet[Message]) -> Attention:
    """Return how many of `messages` need a decision.

    Every page of the staff asks. Mostly there are none at all, which costs far less to find out.
    """
    if not _needing_attention()[:1]:
        return Attention()
    counts = state_counts(messages.filter(pk__in=_needing_attention()))
    return Attention(failed=counts.get(State.FAILED, 0), unknown=counts.get(State.UNKNOWN, 0))


def state_counts(messages: QuerySet[Message]) -> dict[str, int]:
    """Return how many of `messages` are in each state, without those in which there are none."""
    found = messages.order_by("state").values_list("state").annotate(number=Count("pk"))
    numbers = dict(found)
    return {state: numbers[state] for state in State.values if state in numbers}


def _needing_attention() -> QuerySet[Message, int]:
    """Return the ids of what somebody must decide about. Of one state at a time, for SQLite finds no index
    for a choice of two."""
    failed, unknown = (
        Message.objects.filter(state=state).order_by().values_list("pk", flat=True)
        for state in (State.FAILED, State.UNKNOWN)
    )
    return failed.union(unknown, all=True)


def _sent_to(text: str) -> Q:
    """Return the condition that a recipient's name or address holds `text`.

    SQLite compares letters beyond ASCII as they are written, so the likely spellings are all tried.
    """
    found = Q(recipient_address__icontains=text)
    for spelling in {text, text.lower(), text.title(), text.upper()}:
        found |= Q(recipient_name__icontains=spelling)
    return found
