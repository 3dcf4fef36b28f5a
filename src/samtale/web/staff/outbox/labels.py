"""What the outbox calls things."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString

from samtale.outbox import kinds
from samtale.outbox.models import Message
from samtale.outbox.models.message import Receipt, State
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

_RECEIPT_COLOURS = {
    Receipt.DELIVERED: "success",
    Receipt.BOUNCED: "danger",
    Receipt.NOT_TAKEN: "warning",
    Receipt.COMPLAINED: "warning",
}


def state_tag(state: str) -> SafeString:
    """Return the fate of a message as a coloured tag with its words."""
    return tag(str(State(state).label), _COLOURS[State(state)])


def receipt_tag(receipt: str) -> SafeString:
    """Return what the provider has said of a message as a coloured tag; nothing where it has said nothing."""
    return tag(str(Receipt(receipt).label), _RECEIPT_COLOURS[Receipt(receipt)]) if receipt else SafeString()


def fate(message: Message) -> SafeString:
    """Return the tag of a message's state and, where there is one, that of its receipt."""
    if not message.receipt:
        return state_tag(message.state)
    both = '<span class="cluster">{} {}</span>'
    return format_html(both, state_tag(message.state), receipt_tag(message.receipt))


def labelled(messages: Iterable[Message]) -> list[tuple[Message, str, SafeString, datetime]]:
    """Return each message with what its kind is called, the tags of its fate, and when it goes or went."""
    return [(message, kinds.label(message.kind), fate(message), _moment(message)) for message in messages]


def _moment(message: Message) -> datetime:
    return message.finished_at if message.finished_at and message.state == State.SENT else message.due_at
