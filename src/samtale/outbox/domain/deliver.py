"""Sends what is due.

Each message goes through the same steps: is it still true; build it; see to it that the server is
there; commit that it is being sent; send; commit the outcome. So a worker that dies leaves at
most one message of which nobody knows, and that one says so.
"""

import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from samtale.outbox.domain import claims, outcomes
from samtale.outbox.domain.departure import KeptBackError, prepare, ready
from samtale.outbox.domain.owners import new_owner
from samtale.outbox.domain.parcels import Sender
from samtale.outbox.models import Message
from samtale.outbox.models.message import Channel, State
from samtale.outbox.transports.email import EmailTransport
from samtale.outbox.transports.errors import TransportDownError, TransportError
from samtale.outbox.transports.sms import transport as sms_transport

logger = logging.getLogger(__name__)

BATCH = 50


class Transport(Protocol):
    """What takes a message away. See `transports.email` and `transports.sms`."""

    def open(self) -> None: ...

    def send(self, parcel: Any) -> str: ...

    def close(self) -> None: ...


_TRANSPORTS: dict[str, Callable[[], Transport]] = {Channel.EMAIL: EmailTransport, Channel.SMS: sms_transport}
CHANNELS = tuple(_TRANSPORTS)


@dataclass
class Round:
    """What one call did: how many messages reached each state, which channels worked, and which are
    down and why."""

    states: Counter[State] = field(default_factory=Counter)
    up: set[str] = field(default_factory=set)
    down: dict[str, str] = field(default_factory=dict)

    @property
    def handled(self) -> int:
        return self.states.total()


class Courier:
    """Delivers for one worker, and keeps its connections between calls.

    `should_stop` is asked between two messages; what is claimed and not begun is then given back.
    `transports` says what takes the messages of each channel away, if not what the settings name.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], datetime],
        owner: str = "",
        should_stop: Callable[[], bool] = lambda: False,
        transports: Mapping[str, Callable[[], Transport]] = _TRANSPORTS,
    ) -> None:
        self._clock = clock
        self._ways = transports
        self._owner = owner or new_owner()
        self._should_stop = should_stop
        self._transports: dict[str, Transport] = {}

    def deliver_due(self, *, limit: int = BATCH, channels: Sequence[str] = CHANNELS) -> Round:
        """Send up to `limit` due messages of each of `channels`."""
        done = Round()
        for channel in channels:
            batch = claims.claim(now=self._clock(), owner=self._owner, limit=limit, channel=channel)
            if batch:
                self._deliver(batch, channel, done)
            else:
                self._close(channel)
        return done

    def close(self) -> None:
        """Close every connection."""
        for channel in list(self._transports):
            self._close(channel)

    def _close(self, channel: str) -> None:
        if transport := self._transports.pop(channel, None):
            transport.close()

    def _deliver(self, batch: list[Message], channel: str, done: Round) -> None:
        prepare(batch)
        sender = Sender.current()
        transport = self._transports.setdefault(channel, self._ways[channel]())
        for message in batch:
            if self._should_stop():
                break
            try:
                state = self._leave(message, transport, sender)
            except TransportDownError as error:
                done.down[channel] = error.words
                break
            done.up.add(channel)
            if state:
                done.states[state] += 1
        claims.release(batch, owner=self._owner, reason=done.down.get(channel, ""))

    def _leave(self, message: Message, transport: Transport, sender: Sender) -> State | None:
        """Take one message through all steps and return its new state; None if it is no longer ours."""
        now = self._clock()
        try:
            built = ready(message, sender=sender, now=now)
        except KeptBackError as kept:
            return outcomes.kept_back(message, kept.state, kept.reason, owner=self._owner, now=now)
        transport.open()
        if not claims.begin(message, owner=self._owner, now=self._clock()):
            return None
        try:
            provider_id = transport.send(built)
        except TransportError as error:
            logger.warning("message %s did not leave: %s", message.pk, error.words)
            return outcomes.not_sent(message, error, owner=self._owner, now=self._clock())
        return outcomes.sent(message, owner=self._owner, now=self._clock(), provider_id=provider_id)


def deliver_due(*, clock: Callable[[], datetime], owner: str = "", limit: int = BATCH) -> Round:
    """Send up to `limit` due messages of each channel over connections of their own."""
    courier = Courier(clock=clock, owner=owner)
    try:
        return courier.deliver_due(limit=limit)
    finally:
        courier.close()
