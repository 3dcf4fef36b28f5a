"""How the delivery of messages is doing: what ought to have left, since when, and what is not at its end."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Count, Min, QuerySet
from django.utils.timesince import timesince

from samtale.core import clock
from samtale.outbox.domain.pace import slow_domains
from samtale.outbox.models import Message
from samtale.outbox.models.message import Channel, State

# Later than this, nobody can be working: a message leaves within seconds of falling due.
STANDS_STILL = timedelta(minutes=5)
_WAITING = "outbox.waiting"


@dataclass(frozen=True)
class Queue:
    """What is due in one channel at a moment. `oldest` is when the first of it fell due, `words` what the
    server said last, or "" where nobody has asked it."""

    channel: Channel
    due: int
    oldest: datetime | None
    words: str = ""

    @property
    def since(self) -> str:
        """Return how long that is by now, in words of the active language."""
        return timesince(self.oldest, clock.now()) if self.oldest else ""

    def age(self, now: datetime) -> timedelta:
        """Return how long the oldest due message has waited."""
        return now - self.oldest if self.oldest else timedelta(0)


def queues(*, now: datetime) -> list[Queue]:
    """Return what is due in each channel. Costs what is due, whatever waits for later."""
    due = dict.fromkeys(Channel, 0)
    oldest: dict[Channel, datetime] = {}
    parts = (_waiting(now), _abandoned(now))
    for messages in parts if _any(*parts) else ():
        rows = messages.order_by("channel").values_list("channel").annotate(Count("pk"), Min("try_at"))
        for name, number, since in rows:
            channel = Channel(name)
            due[channel] += number
            oldest[channel] = min(since, oldest.get(channel, since))
    return [Queue(channel, number, oldest.get(channel)) for channel, number in due.items()]


def standing_still(*, now: datetime) -> list[Queue]:
    """Return the channels in which something has been due for more than five minutes.

    What goes to a domain that is slow, and left alone for a while, does not count.
    """
    limit = now - STANDS_STILL
    late, left = _waiting(now).filter(try_at__lt=limit), _abandoned(now).filter(try_at__lt=limit)
    if not _any(late, left):  # as on nearly every page
        return []
    if slow := slow_domains():
        late = late.exclude(domain__in=slow)
    still = []
    for queue in queues(now=now):
        held_up = late.filter(channel=queue.channel)
        if _any(held_up, left.filter(channel=queue.channel)):
            oldest = held_up.order_by("try_at", "pk")
            words = oldest.values_list("reason", flat=True).first()
            still.append(Queue(queue.channel, queue.due, queue.oldest, words or ""))
    return still


def unfinished() -> dict[tuple[str, str], int]:
    """Return how many messages are not at their end, by channel and state. What is done costs nothing.

    What waits is counted once a minute: nothing but the messages themselves knows their channel.
    """
    messages = Message.objects.all()
    states = (State.WAITING, State.CLAIMED, State.SENDING, State.FAILED, State.UNKNOWN)
    counted = {(channel.value, state.value): 0 for channel in Channel for state in states}
    waiting = cache.get(_WAITING)
    if waiting is None:
        waiting = _by_channel(messages.filter(state=State.WAITING))
        cache.set(_WAITING, waiting, timeout=60)
    counted |= waiting
    # Each in the words of a partial index: SQLite does not see that a list of states implies one.
    counted |= _by_channel(
        messages.filter(lease_until__isnull=False, state__in=[State.CLAIMED, State.SENDING])
    )
    counted |= _by_channel(messages.filter(state=State.FAILED))
    counted |= _by_channel(messages.filter(state=State.UNKNOWN))
    return counted


def _by_channel(messages: QuerySet[Message]) -> dict[tuple[str, str], int]:
    rows = messages.order_by("channel", "state").values_list("channel", "state").annotate(Count("pk"))
    return {(channel, state): number for channel, state, number in rows}


def _any(waiting: QuerySet[Message], abandoned: QuerySet[Message]) -> bool:
    # In the order of the indexes: PostgreSQL expects most of what waits to be due, as all that has left was
    # due long ago, and would sooner read the whole table than an index to find one of many.
    firsts = waiting.order_by("try_at", "pk"), abandoned.order_by("lease_until")
    return any(list(first.values_list("pk")[:1]) for first in firsts)


def _waiting(now: datetime) -> QuerySet[Message]:
    return Message.objects.filter(state=State.WAITING, try_at__lte=now)


def _abandoned(now: datetime) -> QuerySet[Message]:
    """What a worker held longer than it may. A living one would have put that in order within seconds."""
    return Message.objects.filter(
        lease_until__isnull=False,
        lease_until__lte=now,
        state__in=[State.CLAIMED, State.SENDING],
        try_at__lte=now,
    )
