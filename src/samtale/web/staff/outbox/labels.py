"""What the outbox calls things."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.safestring import SafeString

from samtale.outbox import kinds
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from samtale.web.staff.status_tags import tag

_COLOURS = {
    State.WAITING: "info",
    State.CLAIMED: "info",
    State.SENDING: "info",
    State.SENT: "success",
    State.FAILED: "danger",
    State.UNKNOWN: "warning",
    State.CANCELLED: "neutral",
    State.OUTDATED: "neutral",
}


def state_tag(state: str) -> SafeString:
    """Return the fate of a message as a coloured tag with its words."""
    return tag(str(State(state).label), _COLOURS[State(state)])


def labelled(messages: Iterable[Message]) -> list[tuple[Message, str, SafeString, datetime]]:
    """Return each message with what its kind is called, the tag of its state, and when it goes or went."""
    return [
        (message, kinds.label(message.kind), state_tag(message.state), _moment(message))
        for message in messages
    ]


def _moment(message: Message) -> datetime:
    return message.finished_at if message.finished_at and message.state == State.SENT else message.due_at
