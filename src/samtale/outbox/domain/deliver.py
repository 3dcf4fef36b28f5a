"""Sends what is due.

Each message goes through the same steps: is it still true; build it; see to it that the server is
there; commit that it is being sent; send; commit the outcome. So a worker that dies leaves at
most one message of which nobody knows, and that one says so.

The outcome of one message and the beginning of the next share a commit where they follow each other at
once: a commit that waits for the disk costs as much as all the rest.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import pairwise
from typing import Any, Protocol

from samtale.core.owners import new_owner
from samtale.outbox.domain import claims, outcomes, pace
from samtale.outbox.domain.departure import KeptBackError, prepare, ready
from samtale.outbox.domain.parcels import Parcel, Sender
from samtale.outbox.models import Message
from samtale.outbox.models.message import Channel, State
from samtale.outbox.transports.email import EmailTransport
from samtale.outbox.transports.errors import TransportDownError, TransportError
from samtale.outbox.transports.sms import transport as sms_transport

logger = logging.getLogger(__name__)

BATCH = 50
# When two messages to different places have run out of time, it is the server and not the places.
_PATIENCE = 2
# When two messages one after the other are refused in a way that means all, it does.
_REFUSALS = 2
_REMEMBERED = 1000
_LOOK_AGAIN = 1.0  # seconds after which another worker may have found a slow domain


class Transport(Protocol):
    """What takes a message away. See `transports.email` and `transports.sms`.

    One with an attribute `is_open` says by it whether `open` would have to wait for anybody.
    """

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
    `transports` says what takes the messages of each channel away, if not what the settings name. Without
    `keeps_rate` there is no limit to how many leave in a minute.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], datetime],
        owner: str = "",
        should_stop: Callable[[], bool] = lambda: False,
        transports: Mapping[str, Callable[[], Transport]] = _TRANSPORTS,
        keeps_rate: bool = True,
    ) -> None:
        self._clock = clock
        self._keeps_rate = keeps_rate
        self._ways = transports
        self._owner = owner or new_owner()
        self._should_stop = should_stop
        self._transports: dict[str, Transport] = {}
        self._ways_known: dict[str, _Known] = {}
        self._was_interrupted = False
        self._in_doubt: int | None = None

    def deliver_due(self, *, limit: int = BATCH, channels: Sequence[str] = CHANNELS) -> Round:
        """Send up to `limit` due messages of each of `channels`."""
        if self._was_interrupted:
            claims.give_back(owner=self._owner, in_doubt=self._in_doubt, now=self._clock())
            self._in_doubt = None
        self._was_interrupted = True  # until the end is reached
        done = Round()
        for channel in channels:
            batch = claims.claim(
                now=self._clock(),
                owner=self._owner,
                limit=limit,
                channel=channel,
                keeps_rate=self._keeps_rate,
            )
            if batch:
                self._deliver(batch, channel, done)
            else:
                self._close(channel)
        self._was_interrupted = False
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
        transport = self._transports.setdefault(channel, self._ways[channel]())
        writer = outcomes.Writer(owner=self._owner, clock=self._clock, should_stop=self._should_stop)
        known = self._ways_known.setdefault(channel, _Known())
        trip = _Trip(transport, Sender.current(), writer, done, known)
        try:
            for message, following in pairwise([*batch, None]):
                if message is None or self._should_stop():
                    break
                trip.take(message, following)
                if trip.timeouts >= _PATIENCE:
                    done.down[channel] = trip.words
                    break
                if not trip.timeouts and not trip.refusals:
                    done.up.add(channel)
            if trip.refusals:
                done.down[channel] = trip.words
        except TransportDownError as error:
            done.down[channel] = error.words
        finally:
            self._in_doubt = trip.in_doubt
            trip.end()
            self._in_doubt = None
        claims.release(batch, owner=self._owner, reason=done.down.get(channel, ""))


@dataclass
class _Known:
    """What a worker has seen of one way out: when a message last left by it, and when it refused which."""

    went: datetime | None = None
    refused: dict[int, datetime] = field(default_factory=dict)

    def is_of_this_one_alone(self, message: Message, *, now: datetime) -> bool:
        """Say whether others have left since `message` was refused last, or fell due; note that it is now."""
        before = self.refused.pop(message.pk, message.try_at - outcomes.PUT_OFF)
        if len(self.refused) >= _REMEMBERED:
            self.refused.clear()
        self.refused[message.pk] = now
        return self.went is not None and self.went >= before


class _Trip:
    """One batch on its way."""

    def __init__(
        self,
        transport: Transport,
        sender: Sender,
        writer: outcomes.Writer,
        done: Round,
        known: _Known,
    ) -> None:
        self.timeouts = 0  # in succession
        self.refusals = 0  # in succession, that mean all messages
        self._known = known
        self.words = ""
        self.in_doubt: int | None = None  # the message that was handed over, until that is written down
        self._transport = transport
        self._sender = sender
        self._writer = writer
        self._done = done
        self._built: dict[int, Parcel | KeptBackError] = {}
        self._slow: set[str] = set()
        self._looked = time.monotonic()

    def take(self, message: Message, following: Message | None) -> None:
        """Take one message through all steps. `following` may be built meanwhile."""
        if not message.is_trial and message.domain and message.domain in self._slow_domains():
            return
        built = self._built.pop(message.pk, None) or self._build(message)
        if isinstance(built, KeptBackError):
            self._count(self._writer.kept_back(message, built.state, built.reason))
            return
        if not getattr(self._transport, "is_open", True):
            self.end()
        self._transport.open()
        begun = self._writer.begin(message)
        self.in_doubt = None
        if begun:
            self._hand_over(message, built, following)

    def _build(self, message: Message) -> Parcel | KeptBackError:
        try:
            return ready(message, sender=self._sender, now=self._writer.now())
        except KeptBackError as kept:
            return kept

    def _build_ahead(self, message: Message) -> None:
        """Build while a server is thinking. What goes wrong with that comes up again in its own time."""
        with suppress(Exception):
            self._built[message.pk] = self._build(message)

    def _hand_over(self, message: Message, built: Parcel, following: Message | None) -> None:
        began = time.monotonic()
        self.in_doubt = message.pk
        send = self._transport.send
        if following and isinstance(self._transport, EmailTransport):
            send = partial(self._transport.send_while, meanwhile=partial(self._build_ahead, following))
        try:
            provider_id = send(built)
        except TransportDownError as error:
            self._refused(message, error)
            self.in_doubt = None
        except TransportError as error:
            logger.warning("message %s did not leave: %s", message.pk, error.words)
            self._count(self._writer.not_sent(message, error))
            self.in_doubt = None
            self.timeouts, self.words = (self.timeouts + 1, error.words) if error.timed_out else (0, "")
            self.refusals = 0
        else:
            self._writer.note_sent(message, provider_id)
            self._count(State.SENT)
            self.timeouts = self.refusals = 0
            self._known.went = self._writer.now()
        self._note_pace(message, time.monotonic() - began)

    def _refused(self, message: Message, error: TransportDownError) -> None:
        """Take a refusal that means all messages for what it says, unless others have left meanwhile: then
        it is this message that is not wanted, and counts as tried.

        Raises:
            TransportDownError: it is the second one in succession.
        """
        logger.warning("message %s was not taken: %s", message.pk, error.words)
        if self._known.is_of_this_one_alone(message, now=self._writer.now()):
            own = TransportError(error.words, permanent=False)
            self._count(self._writer.not_sent(message, own))
        else:
            self._writer.not_taken(message, error.words)
        self.refusals, self.words = self.refusals + 1, error.words
        if self.refusals >= _REFUSALS:
            raise error

    def end(self) -> None:
        """Write down what is still to be written."""
        self._writer.flush()
        self.in_doubt = None

    def _count(self, state: State) -> None:
        self._done.states[state] += 1

    def _slow_domains(self) -> set[str]:
        if time.monotonic() - self._looked >= _LOOK_AGAIN:
            self._slow, self._looked = pace.slow_domains(), time.monotonic()
        return self._slow

    def _note_pace(self, message: Message, seconds: float) -> None:
        if pace.note(message.domain, seconds=seconds, now=self._writer.now()):
            self.end()
            self._slow = pace.slow_domains()
        elif message.is_trial:
            pace.forgive(message.domain)


def deliver_due(*, clock: Callable[[], datetime], owner: str = "", limit: int = BATCH) -> Round:
    """Send up to `limit` due messages of each channel over connections of their own."""
    courier = Courier(clock=clock, owner=owner)
    try:
        return courier.deliver_due(limit=limit)
    finally:
        courier.close()
