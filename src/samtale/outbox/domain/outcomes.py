"""Writes down what became of a message that a worker held."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, connection, transaction

from samtale.outbox.domain import claims
from samtale.outbox.domain.claims import LET_GO, SENDING_LEASE, settle_unsure
from samtale.outbox.domain.scrubbed import forget_words
from samtale.outbox.domain.states import finish_and_begin, move_held
from samtale.outbox.models import Delivery, Message
from samtale.outbox.models.message import State
from samtale.outbox.transports.errors import TransportError

logger = logging.getLogger(__name__)

PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
)
PUT_OFF = timedelta(minutes=1)
# What a database says that is not there at the moment.
AWAY = (OperationalError, InterfaceError)
_PAUSES_BETWEEN_WRITES = (0.2, 0.5, 1.0, 2.0)  # seconds; the last again and again
Outcome = Delivery.Outcome


@dataclass(frozen=True)
class _Sent:
    """A message that has left, and when; to be written down."""

    message: Message
    at: datetime
    provider_id: str


class Writer:
    """Writes for one worker, whatever the database does meanwhile: what has left cannot be taken back.

    That a message was sent is written together with the beginning of the next, or by `flush`.
    """

    def __init__(self, *, owner: str, clock: Callable[[], datetime], should_stop: Callable[[], bool]) -> None:
        self.now = clock
        self._owner = owner
        self._should_stop = should_stop
        self._sent: _Sent | None = None

    def note_sent(self, message: Message, provider_id: str) -> None:
        """Remember that `message` has left."""
        self._sent = _Sent(message, self.now(), provider_id)

    def begin(self, message: Message) -> bool:
        """Mark `message` as being sent, see `claims.begin`, and in the same commit the last one as sent."""
        sent, now = self._sent, self.now()
        if sent is None:
            return claims.begin(message, owner=self._owner, now=now)
        if not claims.may_begin(message, now=now):
            self.flush()
            return False
        begun = finish_and_begin(
            sent.message,
            self._changes(sent),
            message,
            claims.beginning(message, now=now),
            at=sent.at,
            held_by=self._owner,
        )
        self._sent = None
        return begun

    def flush(self) -> None:
        """Write down that the last message left, if that is still to be done."""
        if self._sent:
            self._persistently(lambda sent=self._sent: self._write_sent(sent))  # type: ignore[misc]
            self._sent = None

    def not_sent(self, message: Message, error: TransportError) -> State:
        """Write down that `message` was refused or its connection broke, and when to try again, if at all."""
        now, words = self.now(), error.words[:300]
        pause = PAUSES[message.tries - 1] if message.tries <= len(PAUSES) else None
        if error.may_have_left:
            at = now + (pause or PAUSES[-1])
            return self._persistently(
                lambda: settle_unsure(message, owner=self._owner, now=now, try_at=at, words=words)
            )
        if error.permanent or pause is None:
            state, outcome, changes = State.FAILED, Outcome.REFUSED, {"reason": words, "finished_at": now}
        else:
            state, outcome, changes = State.WAITING, Outcome.LATER, {"reason": words, "try_at": now + pause}
        return self._persistently(lambda: self._close(message, state, outcome, words, now, changes))

    def not_taken(self, message: Message, words: str) -> State:
        """Write down that nothing at all can leave at present, which counts as no try of `message`.

        It is put off a little all the same, so that the next time another is tried first: the server may
        have meant this one alone.
        """
        message.tries -= 1
        try_at = self.now() + PUT_OFF
        changes = {"tries": message.tries, "try_at": try_at, "reason": words[:300], **LET_GO}

        def write() -> State:
            if move_held(message, State.SENDING, State.WAITING, held_by=self._owner, **changes):
                forget_words(message)
            return State.WAITING

        return self._persistently(write)

    def kept_back(self, message: Message, state: State, reason: str) -> State:
        """Write down that a claimed `message` will not leave: it is outdated, or failed before any try."""
        changes = {"reason": reason[:300], "finished_at": self.now(), **LET_GO}
        move_held(message, State.CLAIMED, state, held_by=self._owner, **changes)
        return state

    def _write_sent(self, sent: _Sent) -> State:
        return self._close(sent.message, State.SENT, Outcome.SENT, "", sent.at, self._changes(sent))

    def _changes(self, sent: _Sent) -> dict[str, object]:
        left = {"reason": "", "finished_at": sent.at, "provider_id": sent.provider_id[:200]}
        return {**left, **LET_GO}

    def _close(
        self,
        message: Message,
        state: State,
        outcome: str,
        detail: str,
        now: datetime,
        changes: dict[str, object],
    ) -> State:
        if move_held(message, State.SENDING, state, held_by=self._owner, **LET_GO | changes):
            Delivery.objects.create(message=message, at=now, outcome=outcome, detail=detail)
            if detail:
                forget_words(message)
        return state

    def _persistently(self, write: Callable[[], State]) -> State:
        """Write in one transaction, even if the database is away for a while: as long as no other worker
        takes the message for abandoned."""
        end = time.monotonic() + SENDING_LEASE.total_seconds()
        pauses = iter(_PAUSES_BETWEEN_WRITES)
        pause = 0.0
        while True:
            try:
                with transaction.atomic():
                    return write()
            except AWAY:
                if connection.in_atomic_block or self._should_stop() or time.monotonic() > end:
                    raise
                pause = next(pauses, pause)
                logger.warning("the database is away; what was sent is written down in %.1f s", pause)
                connection.close()
                time.sleep(pause)
