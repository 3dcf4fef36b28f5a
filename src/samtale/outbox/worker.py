"""The loop that delivers. As many processes may run it as there is use for."""

import logging
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import close_old_connections, connection

from samtale.calendars.domain.run import CalendarRunner
from samtale.core.background import Background
from samtale.core.owners import new_owner
from samtale.inbox.domain.run import MailboxRunner
from samtale.jobs.domain.run import JobRunner
from samtale.outbox.domain.claims import recover
from samtale.outbox.domain.deliver import CHANNELS, Courier
from samtale.outbox.models.message import State
from samtale.outbox.wake import Alarm
from samtale.serving.parent import parent_watch
from samtale.serving.signals import on_first

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_RECOVERIES = 10.0
LONGEST_PAUSE_SECONDS = 60.0


_ASIDE: Mapping[str, type[CalendarRunner | MailboxRunner]] = {
    "calendars": CalendarRunner,
    "mailbox": MailboxRunner,
}


class Pause:
    """A rest after a failure, twice as long after each further one."""

    def __init__(self) -> None:
        self._seconds = 0.0
        self._until = 0.0

    def lengthen(self) -> float:
        """Begin a longer rest and return its seconds."""
        self._seconds = min(max(1.0, self._seconds * 2), LONGEST_PAUSE_SECONDS)
        self._until = time.monotonic() + self._seconds
        return self._seconds

    def end(self) -> None:
        self._seconds = self._until = 0.0

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self._until


class Worker:
    """Delivers until it is told to stop, its parent is gone, or (when draining) nothing more is due."""

    def __init__(self, *, clock: Callable[[], datetime]) -> None:
        self.states: Counter[State] = Counter()
        self.down: dict[str, str] = {}
        self._clock = clock
        self._stop = threading.Event()
        self._parent_is_gone = parent_watch()
        self._rests = {channel: Pause() for channel in CHANNELS}
        self._recovery = float("-inf")
        self._alarm = Alarm(self._stop)
        self._courier = Courier(clock=clock, should_stop=self._should_stop)
        self._jobs = JobRunner(clock=clock, owner=new_owner(), should_stop=self._should_stop)
        self._aside = [
            Background(runner(clock=clock, owner=new_owner(), should_stop=self._should_stop), name=name)
            for name, runner in _ASIDE.items()
        ]

    def stop_on_signals(self) -> None:
        """Let SIGTERM and SIGINT end the loop after the message in hand."""
        on_first([signal.SIGTERM, signal.SIGINT], self._stop.set)

    def _should_stop(self) -> bool:
        return self._stop.is_set() or self._parent_is_gone()

    def drain(self) -> None:
        """Deliver everything that is due, what dead workers left included, look at calendars and the mailbox,
        and return.

        A channel whose server is down is left alone; `down` says why.
        """
        try:
            while not self._should_stop() and self._round():
                pass
            for background in self._aside:
                background.drain()
        finally:
            self._courier.close()

    def run(self) -> None:
        """Deliver until told to stop, whatever the database and the servers do meanwhile."""
        rest = Pause()
        try:
            while not self._should_stop():
                try:
                    handled = self._round()
                    for background in self._aside:
                        background.look()
                    rest.end()
                except Exception:
                    seconds = rest.lengthen()
                    logger.exception("cannot deliver; next try in %.0f s", seconds)
                    connection.close()
                    self._stop.wait(seconds)
                else:
                    if not handled:
                        self._alarm.rest()
        finally:
            self._alarm.close()
            self._courier.close()
            for background in self._aside:
                background.close()

    def _round(self) -> int:
        """Deliver one batch a channel, then do one step of a job; return how much that was."""
        close_old_connections()
        if time.monotonic() - self._recovery >= SECONDS_BETWEEN_RECOVERIES:
            recover(self._clock())
            self._recovery = time.monotonic()
        done = self._courier.deliver_due(
            channels=[name for name, rest in self._rests.items() if rest.is_over]
        )
        self.states += done.states
        self.down |= done.down
        for channel in done.up:
            self._rests[channel].end()
        for channel, words in done.down.items():
            seconds = self._rests[channel].lengthen()
            logger.error("%s cannot be sent; next try in %.0f s: %s", channel, seconds, words)
        return done.handled + self._jobs.step()
