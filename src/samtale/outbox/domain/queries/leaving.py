"""Letters that were just leaving while somebody changed what they say."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from samtale.outbox.models import Delivery, Message
from samtale.outbox.models.message import State

_OUT = (Delivery.Outcome.SENT, Delivery.Outcome.UNSURE)


def left_meanwhile(messages: QuerySet[Message], *, since: datetime) -> QuerySet[Message]:
    """Return those of `messages` that were leaving while a change was made with `since` as its `now`.

    Ask after its transaction has ended. A letter that was being sent when the change took hold is among
    them, whatever has become of it by the time of asking; none begins to leave after that, since the change
    has taken back its row. Letters that the change itself has written are not.
    """
    out = Delivery.objects.filter(message=OuterRef("pk"), at__gte=since, outcome__in=_OUT)
    return messages.filter(created_at__lt=since).filter(Q(state=State.SENDING) | Exists(out)).order_by("pk")
