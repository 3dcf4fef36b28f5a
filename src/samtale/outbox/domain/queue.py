"""Writes letters into the outbox, and stops, revives or repeats those that are there."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext_noop

from samtale.accounts.models import User
from samtale.core import audit
from samtale.outbox import kinds
from samtale.outbox.domain.claims import LET_GO
from samtale.outbox.domain.render import SUBJECT_LENGTH, Segment, one_line
from samtale.outbox.domain.states import move
from samtale.outbox.domain.truth import NO_KIND, why_untrue
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from samtale.outbox.wake import wake_workers

Messages = QuerySet[Message] | Iterable[int]
STOPPABLE = (State.WAITING, State.CLAIMED)
REPEATABLE = (State.FAILED, State.UNKNOWN)
# Nothing of these has left, so that what they say may still change.
REWRITABLE = (*STOPPABLE, State.FAILED, State.CANCELLED)
STOPPED_BY_HAND = gettext_noop("Stopped by hand.")
_REWRITTEN = ("language", "recipient_name", "recipient_address", "domain", "subject", "content", "own_words")
_NAME_LENGTH = 200
_ADDRESS_LENGTH = 254


class OutsideTransaction(Exception):
    """Letters were queued without the transaction that causes them, so that one could exist without
    the other."""


class NoLongerTrue(Exception):
    """A message says what is no longer so. `reason` is an English sentence, to be translated when read."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BadAddress(ValueError):
    """A letter has no address, or something that cannot be one."""


@dataclass(kw_only=True)
class Letter:
    """What is to be sent to one recipient. Instants are in UTC.

    `recipient_address` is an e-mail address or a number such as +4791234567, as the kind's channel
    has it. Without a sender the organisation is the sender. The letter leaves at `due_at` or as soon
    after as can be, but never at or after `expires_at`. Letters with the same `batch` were sent together.
    `own_words` are those of `outbox.domain.edit`, from which the letter was written.
    """

    kind: str
    recipient_name: str
    recipient_address: str
    language: str
    content: list[Segment]
    due_at: datetime
    subject: str = ""
    sender_name: str = ""
    sender_address: str = ""
    expires_at: datetime | None = field(default=None)
    batch: uuid.UUID | None = None
    own_words: dict[str, str] | None = None


def queue(letters: Sequence[Letter], *, by: User | None, now: datetime) -> list[Message]:
    """Write `letters` to the outbox and return them as messages, in the same order.

    Raises:
        OutsideTransaction: no transaction is open.
        kinds.UnknownKind: no such kind is declared.
        BadAddress: an address is missing, too long or not one line.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction("queue letters inside the transaction.atomic() that causes them")
    if any(letter.due_at <= now for letter in letters):
        wake_workers()
    return Message.objects.bulk_create([_message(letter, by, now) for letter in letters], batch_size=500)


def _message(letter: Letter, by: User | None, now: datetime) -> Message:
    return Message(
        kind=letter.kind,
        channel=kinds.get(letter.kind).channel,
        language=letter.language,
        recipient_name=one_line(letter.recipient_name, _NAME_LENGTH),
        recipient_address=_address(letter.recipient_address),
        sender_name=one_line(letter.sender_name, _NAME_LENGTH),
        sender_address=_address(letter.sender_address) if letter.sender_address else "",
        subject=one_line(letter.subject, SUBJECT_LENGTH),
        content=letter.content,
        created_at=now,
        created_by=by,
        due_at=letter.due_at,
        try_at=letter.due_at,
        expires_at=letter.expires_at,
        domain=domain_of(letter.recipient_address),
        batch=letter.batch,
        own_words=letter.own_words or None,
    )


def domain_of(address: str) -> str:
    """Return what stands behind the @ of an e-mail address, in small letters; "" for a number."""
    return address.rpartition("@")[2].lower()[:100] if "@" in address else ""


def _address(text: str) -> str:
    if not text or text != one_line(text, _ADDRESS_LENGTH):
        raise BadAddress(f"{text!r} cannot be an address")
    return text


@transaction.atomic
def cancel(messages: Messages, *, by: audit.Actor, now: datetime, reason: str) -> int:
    """Stop those of `messages` that have not begun to leave, and return how many.

    `reason` is an English sentence marked with `gettext_noop`: it is stored, and translated when read.
    The others are left alone; `too_late` finds those that had begun to leave.
    """
    held = list(_locked(messages).filter(state__in=STOPPABLE))
    chosen = Message.objects.filter(pk__in=[message.pk for message in held])
    changes = {"reason": reason[:300], "finished_at": now, **LET_GO}
    count = sum(move(chosen, state, State.CANCELLED, **changes) for state in STOPPABLE)
    audit.record_all(
        audit.entry("message.cancelled", subject=message, by=by, now=now, reason=reason) for message in held
    )
    return count


@transaction.atomic
def rewrite(letters: Mapping[int, Letter], *, by: audit.Actor, now: datetime) -> int:
    """Put each of `letters`, by the id of its message, in the place of what that message says. Return how
    many were changed by it: those that have left, or may have, stay what they were.

    A message keeps its fate and its time; only one that a worker has claimed waits again, since the worker
    holds the old words. What an earlier address refused says nothing of a new one, which is tried at once.

    Raises:
        BadAddress: an address is missing, too long or not one line.
    """
    changed, entries = [], []
    for message in _locked(letters).filter(state__in=REWRITABLE):
        new = _message(letters[message.pk], None, now)
        if all(getattr(new, name) == getattr(message, name) for name in _REWRITTEN):
            continue
        old = {}
        if new.recipient_address != message.recipient_address:
            old["recipient_address"] = message.recipient_address
            message.tries, message.try_at = 0, message.due_at
            message.reason = "" if message.state in STOPPABLE else message.reason
        for name in _REWRITTEN:
            setattr(message, name, getattr(new, name))
        entries.append(audit.entry("message.rewritten", subject=message, by=by, now=now, old=old))
        changed.append(message)
    claimed = Message.objects.filter(pk__in=[message.pk for message in changed])
    move(claimed, State.CLAIMED, State.WAITING, **LET_GO)
    Message.objects.bulk_update(changed, [*_REWRITTEN, "reason", "tries", "try_at"], batch_size=500)
    audit.record_all(entries)
    return len(changed)


def too_late(messages: Messages) -> QuerySet[Message]:
    """Return those of `messages` that have left, are leaving, or may have left."""
    return _query(messages).filter(state__in=[State.SENDING, State.SENT, State.UNKNOWN]).order_by("pk")


@transaction.atomic
def revive(messages: Messages, *, now: datetime) -> int:
    """Let those of `messages` wait again that were stopped before any try and whose time is still
    ahead. Return how many."""
    chosen = _query(messages).filter(tries=0, due_at__gt=now)
    changes = {"reason": "", "finished_at": None, "try_at": F("due_at")}
    return sum(move(chosen, state, State.WAITING, **changes) for state in (State.CANCELLED, State.OUTDATED))


def why_not_again(message: Message, *, now: datetime) -> str:
    """Return "" or, in English, why sending the message once more would be of no use."""
    try:
        return why_untrue(message, kinds.get(message.kind), now=now)
    except kinds.UnknownKind:
        return NO_KIND


@transaction.atomic
def send_again(message: Message, *, by: User, now: datetime) -> bool:
    """Let a message that failed, or of which nobody knows, leave once more. Say whether it was so.

    One that may have arrived keeps its Message-ID and is marked as possibly sent twice.

    Raises:
        NoLongerTrue: it would not leave anyway.
    """
    if message.state in REPEATABLE and (reason := why_not_again(message, now=now)):
        raise NoLongerTrue(reason)
    one = Message.objects.filter(pk=message.pk)
    changes = {"reason": "", "finished_at": None, "try_at": now, "tries": 0}
    changes |= {"receipt": "", "receipt_at": None}
    moved = move(one, State.FAILED, State.WAITING, **changes) or move(
        one, State.UNKNOWN, State.WAITING, may_have_arrived_twice=True, **changes
    )
    if moved:
        wake_workers()
        audit.record("message.sent_again", subject=message, by=by, now=now)
    return bool(moved)


@transaction.atomic
def dismiss(message: Message, *, by: User, now: datetime, reason: str) -> bool:
    """Let a message that failed stay unsent, so that it no longer asks for attention. Say whether it
    was so. `reason` is as in `cancel`; what the server said stays with the tries."""
    dismissed = bool(
        move(Message.objects.filter(pk=message.pk), State.FAILED, State.CANCELLED, reason=reason[:300])
    )
    if dismissed:
        audit.record("message.dismissed", subject=message, by=by, now=now, reason=reason)
    return dismissed


def _query(messages: Messages) -> QuerySet[Message]:
    if isinstance(messages, QuerySet):
        return Message.objects.filter(pk__in=messages.order_by().values_list("pk", flat=True))
    return Message.objects.filter(pk__in=list(messages))


def _locked(messages: Messages) -> QuerySet[Message]:
    """Lock the rows in the order of their keys, so that two who stop the same ones cannot deadlock."""
    return _query(messages).select_for_update(of=("self",)).order_by("pk")
