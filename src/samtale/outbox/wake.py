"""Wakes idle workers when a letter is queued that may leave at once.

PostgreSQL carries the news (LISTEN and NOTIFY, sent by the commit itself). Where it does not, or its
connection is lost, workers find out by looking every half second, which is what they do on SQLite.
psycopg is imported where it is used: it takes 10 MB, which an installation on SQLite need not spend.
"""

import logging
import threading
import time
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    import psycopg

logger = logging.getLogger(__name__)

CHANNEL = "samtale_outbox"
IDLE_SECONDS = 0.5
_SECONDS_BETWEEN_CONNECTIONS = 10.0


def wake_workers() -> None:
    """Tell the workers, as soon as the present transaction commits, that something is due."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {CHANNEL}")


class Alarm:
    """Where one worker rests until something may be due, `stop` is set, or it is time to look anyway."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._ear: psycopg.Connection | None = None
        self._deaf_until = 0.0

    def rest(self) -> None:
        """Return when somebody has called, and after `IDLE_SECONDS` in any case."""
        ear = self._listening()
        if ear is None:
            self._stop.wait(IDLE_SECONDS)
            return
        import psycopg  # noqa: PLC0415 - see above

        try:
            for _call in ear.notifies(timeout=IDLE_SECONDS, stop_after=1):
                pass
        except psycopg.Error as error:
            logger.warning("no longer called when letters are queued: %s", error)
            self._give_up()

    def close(self) -> None:
        """Let go of the connection."""
        if self._ear is not None:
            self._ear.close()
            self._ear = None

    def _listening(self) -> "psycopg.Connection | None":
        if connection.vendor != "postgresql" or time.monotonic() < self._deaf_until:
            return None
        import psycopg  # noqa: PLC0415 - see above

        if self._ear is None:
            try:
                self._ear = psycopg.connect(**_address(), autocommit=True)
                self._ear.execute(f"LISTEN {CHANNEL}")
            except psycopg.Error as error:
                logger.warning("cannot listen for queued letters, so looking for them instead: %s", error)
                self._give_up()
        return self._ear

    def _give_up(self) -> None:
        self.close()
        self._deaf_until = time.monotonic() + _SECONDS_BETWEEN_CONNECTIONS


def _address() -> dict[str, Any]:
    """Return where the database is, in psycopg's words."""
    known = connection.settings_dict
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    own = {name: known[key] for name, key in names.items() if known[key]}
    options = {name: value for name, value in known["OPTIONS"].items() if name.startswith("ssl")}
    return own | options | {"connect_timeout": 5}
