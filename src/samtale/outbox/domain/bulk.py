"""What is done with many messages at once. Each may be refused for a reason of its own, which is named."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from samtale.accounts.models import User
from samtale.core import audit
from samtale.outbox.domain.claims import LET_GO
from samtale.outbox.domain.departure import prepare
from samtale.outbox.domain.queue import REPEATABLE, STOPPABLE, STOPPED_BY_HAND, why_not_again
from samtale.outbox.domain.states import move
from samtale.outbox.models import Message
from samtale.outbox.models.message import Channel, State
from samtale.outbox.wake import wake_workers

PORTION = 500
DISMISSED_BY_HAND = gettext_noop("Could not be sent, and was dismissed.")
_TOO_LATE = gettext_noop("It has been sent or is being sent.")
_NOT_WAITING = gettext_noop("It does not wait to be sent.")
_NOT_FAILED = gettext_noop("It has not failed.")
_ON_ITS_OWN = gettext_noop("Nobody knows whether it arrived. Decide about it on its own page.")
_HAVE_LEFT = (State.SENDING, State.SENT, State.UNKNOWN)


@dataclass
class Outcome:
    """How many messages something was done with, and those with which it could not be, each with the
    reason: an English sentence, to be translated when read."""

    done: int = 0
    refused: list[tuple[Message, str]] = field(default_factory=list)


def stop_all(ids: Collection[int], *, by: User, now: datetime) -> Outcome:
    """Stop those that have not begun to leave."""
    changes = {"reason": STOPPED_BY_HAND, "finished_at": now, **LET_GO}

    def act(messages: Sequence[Message]) -> None:
        _move(messages, STOPPABLE, State.CANCELLED, **changes)
        _note("message.cancelled", messages, by=by, now=now, reason=STOPPED_BY_HAND)

    return _each(ids, _why_not_waiting, act)


def hurry_all(ids: Collection[int], *, by: User, now: datetime) -> Outcome:
    """Let those that wait be due now. One that a worker holds already is on its way."""

    def act(messages: Sequence[Message]) -> None:
        waiting = Message.objects.filter(pk__in=_ids(messages), state=State.WAITING)
        waiting.update(due_at=now, try_at=now)
        wake_workers()
        _note("message.hurried", messages, by=by, now=now)

    return _each(ids, lambda message: _why_not_waiting(message) or why_not_again(message, now=now), act)


def send_again_all(ids: Collection[int], *, by: User, now: datetime) -> Outcome:
    """Let those that failed leave once more; and the e-mails of which nobody knows, marked as possibly sent
    twice. An SMS of which nobody knows costs money and trust, and is decided about by itself."""
    changes = {
        "reason": "",
        "finished_at": None,
        "try_at": now,
        "tries": 0,
        "receipt": "",
        "receipt_at": None,
    }

    def why_not(message: Message) -> str:
        if message.state not in REPEATABLE:
            return _NOT_FAILED
        if message.state == State.UNKNOWN and message.channel == Channel.SMS:
            return _ON_ITS_OWN
        return why_not_again(message, now=now)

    def act(messages: Sequence[Message]) -> None:
        _move(messages, [State.FAILED], State.WAITING, **changes)
        _move(messages, [State.UNKNOWN], State.WAITING, may_have_arrived_twice=True, **changes)
        wake_workers()
        _note("message.sent_again", messages, by=by, now=now)

    return _each(ids, why_not, act)


def dismiss_all(ids: Collection[int], *, by: User, now: datetime) -> Outcome:
    """Let those that failed stay unsent, so that they no longer ask for attention."""

    def act(messages: Sequence[Message]) -> None:
        _move(messages, [State.FAILED], State.CANCELLED, reason=DISMISSED_BY_HAND)
        _note("message.dismissed", messages, by=by, now=now, reason=DISMISSED_BY_HAND)

    return _each(ids, lambda message: "" if message.state == State.FAILED else _NOT_FAILED, act)


def _each(
    ids: Collection[int], why_not: Callable[[Message], str], act: Callable[[Sequence[Message]], None]
) -> Outcome:
    """Do `act` with those of the messages for which `why_not` has no reason, a portion a transaction.

    Rows are locked in the order of their keys, so that two who act on the same ones cannot deadlock.
    """
    outcome, in_order = Outcome(), sorted(set(ids))
    for start in range(0, len(in_order), PORTION):
        with transaction.atomic():
            locked = Message.objects.filter(pk__in=in_order[start : start + PORTION])
            held = list(locked.select_for_update(of=("self",)).order_by("pk"))
            prepare(held)
            reasons = {message.pk: why_not(message) for message in held}
            chosen = [message for message in held if not reasons[message.pk]]
            act(chosen)
        outcome.done += len(chosen)
        outcome.refused += [(message, reasons[message.pk]) for message in held if reasons[message.pk]]
    return outcome


def _why_not_waiting(message: Message) -> str:
    if message.state in STOPPABLE:
        return ""
    return _TOO_LATE if message.state in _HAVE_LEFT else _NOT_WAITING


def _move(messages: Sequence[Message], old: Iterable[State], new: State, **changes: Any) -> None:
    chosen = Message.objects.filter(pk__in=_ids(messages))
    for state in old:
        move(chosen, state, new, **changes)


def _ids(messages: Sequence[Message]) -> list[int]:
    return [message.pk for message in messages]


def _note(verb: str, messages: Sequence[Message], *, by: User, now: datetime, **data: str) -> None:
    audit.record_all(audit.entry(verb, subject=message, by=by, now=now, **data) for message in messages)
