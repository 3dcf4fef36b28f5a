"""Writes down what became of a message that a worker held."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import OperationalError, connection, transaction

from samtale.outbox.domain.claims import LET_GO, settle_unsure
from samtale.outbox.domain.states import move_held
from samtale.outbox.models import Delivery, Message
from samtale.outbox.models.message import State
from samtale.outbox.transports.errors import TransportError

PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
)
_SECONDS_BETWEEN_TRIES_TO_WRITE = (0.2, 1.0, 5.0)
Outcome = Delivery.Outcome


def sent(message: Message, *, owner: str, now: datetime, provider_id: str) -> State:
    """Write down that `message` left."""
    changes = {"reason": "", "finished_at": now, "provider_id": provider_id[:200]}
    return _persistently(lambda: _close(message, State.SENT, Outcome.SENT, "", owner, now, changes))


def not_sent(message: Message, error: TransportError, *, owner: str, now: datetime) -> State:
    """Write down that `message` was refused or its connection broke, and when to try again, if at all."""
    pause = PAUSES[message.tries - 1] if message.tries <= len(PAUSES) else None
    words = error.words[:300]
    if error.may_have_left:
        at = now + (pause or PAUSES[-1])
        return _persistently(lambda: settle_unsure(message, owner=owner, now=now, try_at=at, words=words))
    if error.permanent or pause is None:
        changes = {"reason": words, "finished_at": now}
        return _persistently(
            lambda: _close(message, State.FAILED, Outcome.REFUSED, words, owner, now, changes)
        )
    changes = {"reason": words, "try_at": now + pause}
    return _persistently(lambda: _close(message, State.WAITING, Outcome.LATER, words, owner, now, changes))


def kept_back(message: Message, state: State, reason: str, *, owner: str, now: datetime) -> State:
    """Write down that a claimed `message` will not leave: it is outdated, or failed before any try."""
    move_held(message, State.CLAIMED, state, held_by=owner, reason=reason[:300], finished_at=now, **LET_GO)
    return state


@transaction.atomic
def _close(
    message: Message,
    state: State,
    outcome: str,
    detail: str,
    owner: str,
    now: datetime,
    changes: dict[str, object],
) -> State:
    move_held(message, State.SENDING, state, held_by=owner, **LET_GO, **changes)
    Delivery.objects.create(message=message, at=now, outcome=outcome, detail=detail)
    return state


def _persistently(write: Callable[[], State]) -> State:
    """Write even if the database is away for a moment, since what has left cannot be taken back."""
    for pause in _SECONDS_BETWEEN_TRIES_TO_WRITE:
        try:
            return write()
        except OperationalError:
            if connection.in_atomic_block:
                raise
            connection.close()
            time.sleep(pause)
    return write()
