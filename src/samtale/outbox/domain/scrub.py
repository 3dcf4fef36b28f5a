"""Takes the person out of messages: whose they were and what they said is gone, that they were stays."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from samtale.core import audit
from samtale.outbox.domain.queue import STOPPABLE, cancel
from samtale.outbox.domain.scrubbed import ANONYMISED
from samtale.outbox.models import Delivery, Message
from samtale.outbox.models.message import State

_SAID = ("words", "old", "reason")
_GONE: dict[str, Any] = {
    "recipient_name": "",
    "recipient_address": "",
    "domain": "",
    "subject": "",
    "content": [],
    "own_words": None,
    "provider_id": "",
}


def scrub(ids: Collection[int], *, by: audit.Actor, now: datetime) -> list[Message]:
    """Stop those of the messages that have not begun to leave, and take the person out of all of them. Call
    it inside the verb's transaction.

    Return, as they were, those that are being sent at this moment: their rows are held, so no other is. The
    worker has what it needs to finish; what it then writes goes through `forget_words`.
    """
    held = list(Message.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))
    leaving = [message for message in held if message.state == State.SENDING]
    audit.forget(Message, [message.pk for message in held], keys=_SAID)
    cancel([each.pk for each in held if each.state in STOPPABLE], by=by, now=now, reason=ANONYMISED)
    chosen = Message.objects.filter(pk__in=[message.pk for message in held])
    chosen.update(**_GONE)
    chosen.exclude(state=State.CANCELLED).update(reason="")
    Delivery.objects.filter(message__in=chosen).update(detail="")
    return leaving
