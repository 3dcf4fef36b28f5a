"""Looks at calendars beside the worker's loop: another server may take half a minute, and letters must not
wait for it."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime

from django.db import connection

from samtale.calendars.domain.run import CalendarRunner

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 5.0
SECONDS_AFTER_FAILURE = 60.0


class Background:
    """A thread that is there while calendars are due. Of one worker, and called by it only."""

    def __init__(self, *, clock: Callable[[], datetime], owner: str, should_stop: Callable[[], bool]) -> None:
        self._runner = CalendarRunner(clock=clock, owner=owner, should_stop=should_stop)
        self._thread: threading.Thread | None = None
        self._next = float("-inf")

    def look(self) -> None:
        """Start the thread if something is due; a cheap question, asked every few seconds."""
        if time.monotonic() < self._next or (self._thread and self._thread.is_alive()):
            return
        self._next = time.monotonic() + SECONDS_BETWEEN_LOOKS
        if self._runner.is_due():
            self._thread = threading.Thread(target=self._run, name="calendars", daemon=True)
            self._thread.start()

    def drain(self) -> None:
        """Look at all that is due, here and now."""
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
            logger.exception("cannot look at calendars")
            self._next = time.monotonic() + SECONDS_AFTER_FAILURE
        finally:
            connection.close()
