"""How the delivery of messages is doing: what waits, since when, and what came of the rest."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min
from django.utils.timesince import timesince

from samtale.core import clock
from samtale.outbox.models import Message
from samtale.outbox.models.message import Channel, State

# Later than this, nobody can be working: a message leaves within seconds of falling due.
STANDS_STILL = timedelta(minutes=5)


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
    due = Message.objects.filter(state=State.WAITING, try_at__lte=now)
    rows = due.order_by().values_list("channel").annotate(Count("pk"), Min("try_at"))
    found = {channel: (number, oldest) for channel, number, oldest in rows.order_by("channel")}
    return [Queue(channel, *found.get(channel, (0, None))) for channel in Channel]


def standing_still(*, now: datetime) -> list[Queue]:
    """Return the channels in which something has been due for more than five minutes."""
    late = Message.objects.filter(state=State.WAITING, try_at__lt=now - STANDS_STILL)
    if not late.exists():  # as on nearly every page
        return []
    still = []
    for queue in queues(now=now):
        if queue.age(now) > STANDS_STILL:
            oldest = late.filter(channel=queue.channel).order_by("try_at", "pk")
            words = oldest.values_list("reason", flat=True).first()
            still.append(Queue(queue.channel, queue.due, queue.oldest, words or ""))
    return still


def by_state() -> dict[tuple[str, str], int]:
    """Return how many messages there are, by channel and state. Reads an index over all of them."""
    rows = Message.objects.order_by("channel", "state").values_list("channel", "state").annotate(Count("pk"))
    counted = {(channel, state): number for channel, state, number in rows}
    return {
        (channel.value, state.value): counted.get((channel, state), 0)
        for channel in Channel
        for state in State
    }
