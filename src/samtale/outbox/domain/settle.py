"""A person decides about a message of which nobody knows whether it arrived."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from samtale.accounts.models import User
from samtale.core import audit
from samtale.outbox.domain.states import move
from samtale.outbox.models import Message
from samtale.outbox.models.message import State

ARRIVED = gettext_noop("Somebody has said that it arrived.")
LEFT_AT_THAT = gettext_noop("Nobody knows whether it arrived, and it was left at that.")


@transaction.atomic
def hold_arrived(message: Message, *, by: User, now: datetime) -> bool:
    """Hold the message to have arrived. Say whether nobody knew it until then."""
    return _settle(message, State.SENT, ARRIVED, "message.held_arrived", by=by, now=now)


@transaction.atomic
def leave(message: Message, *, by: User, now: datetime) -> bool:
    """Leave the message as it is, so that it no longer asks for attention. Say whether it did."""
    return _settle(message, State.CANCELLED, LEFT_AT_THAT, "message.left_at_that", by=by, now=now)


def _settle(message: Message, state: State, reason: str, verb: str, *, by: User, now: datetime) -> bool:
    moved = move(Message.objects.filter(pk=message.pk), State.UNKNOWN, state, reason=reason)
    if moved:
        audit.record(verb, subject=message, by=by, now=now)
    return bool(moved)
