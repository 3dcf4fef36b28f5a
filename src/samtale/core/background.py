"""Lets something that asks other servers run beside the worker's loop: these may take half a minute, and
letters must not wait for it."""

import logging
import threading
import time
from typing import Protocol

from django.db import connection

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 5.0
SECONDS_AFTER_FAILURE = 60.0


class Runner(Protocol):
    """What is to be done, a step at a time."""

    def is_due(self) -> bool:
        """Say whether there is something to do that nobody is at. A cheap question."""
        ...

    def step(self) -> bool:
        """Do a part of it. Say whether there may be more at once."""
        ...


class Background:
    """A thread that is there while its runner has something to do. Of one worker, and called by it only."""

    def __init__(self, runner: Runner, *, name: str) -> None:
        self._runner = runner
        self._name = name
        self._thread: threading.Thread | None = None
        self._next = float("-inf")

    def look(self) -> None:
        """Start the thread if something is due; a cheap question, asked every few seconds."""
        if time.monotonic() < self._next or (self._thread and self._thread.is_alive()):
            return
        self._next = time.monotonic() + SECONDS_BETWEEN_LOOKS
        if self._runner.is_due():
            self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()

    def drain(self) -> None:
        """Do all that is due, here and now."""
        while self._runner.step():
            pass

    def close(self, *, seconds: float = 5.0) -> None:
        """Wait a little for the thread; a lease that it leaves behind ends with the process."""
        if self._thread:
            self._thread.join(seconds)

    def _run(self) -> None:
        try:
            self.drain()
        except Exception:
            logger.exception("%s: cannot go on", self._name)
            self._next = time.monotonic() + SECONDS_AFTER_FAILURE
        finally:
            connection.close()
