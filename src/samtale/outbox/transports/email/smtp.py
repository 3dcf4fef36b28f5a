"""Django's SMTP backend over a connection that cannot take longer than it is given.

A socket's own time limit begins anew with every byte, so that a server which sends one a second holds a
worker for as long as it likes. Here a guard cuts the connection when the time for all of it is up.
"""

import smtplib
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

from django.core.mail.backends import smtp

_LOOKS_EVERY = 0.1  # seconds


class Guard:
    """Cuts the connection it watches once the time that `limit` gave has passed. For one user thread."""

    def __init__(self) -> None:
        self._connection: smtplib.SMTP | None = None
        self._fresh: socket.socket | None = None  # connected, and not yet known to its connection
        self._end = float("inf")
        self._is_closed = threading.Event()
        self._thread: threading.Thread | None = None
        self.has_cut = False

    def watch(self, connection: smtplib.SMTP, fresh: socket.socket) -> None:
        """Watch this connection from now on."""
        self._connection, self._fresh = connection, fresh
        if self._thread is None:
            self._thread = threading.Thread(target=self._look, name="smtp-guard", daemon=True)
            self._thread.start()

    @contextmanager
    def limit(self, seconds: float) -> Iterator[None]:
        """Give what is done inside `seconds` in all."""
        self.has_cut = False
        self._end = time.monotonic() + seconds
        try:
            yield
        finally:
            self._end = float("inf")

    def close(self) -> None:
        """Watch nothing any longer."""
        self._is_closed.set()
        self._connection = self._fresh = self._thread = None
        self._is_closed = threading.Event()

    def _look(self) -> None:
        is_closed = self._is_closed
        while not is_closed.wait(_LOOKS_EVERY):
            if time.monotonic() >= self._end:
                self._cut()

    def _cut(self) -> None:
        self.has_cut = True
        known = getattr(self._connection, "sock", None)
        for sock in (known, self._fresh):
            if sock is not None:
                with suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)


class _Guarded(smtplib.SMTP):
    def __init__(self, *arguments: Any, guard: Guard, **options: Any) -> None:
        self._guard = guard
        super().__init__(*arguments, **options)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        fresh: socket.socket = super()._get_socket(host, port, timeout)  # type: ignore[misc]
        self._guard.watch(self, fresh)
        return fresh


class _GuardedTls(_Guarded, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    """Django's, with a guard. Whoever uses it opens and sends inside `guard.limit`."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.guard = Guard()

    @property
    def connection_class(self) -> Any:
        return partial(_GuardedTls if self.use_ssl else _Guarded, guard=self.guard)

    def close(self) -> None:
        """Say goodbye, in two seconds at most."""
        with self.guard.limit(2):
            super().close()
        self.guard.close()
