"""One HTTP request on its way: watched, so that it can be cut off, and so that it is known what it had done.

`requests` limits how long one read may take, but not the whole: a server that sends a byte a second would
keep its caller for ever. Whether a request was handed over is seen where it is written, at the connection;
no exception tells it.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection


class Exchange:
    """One request on its way. `cut` ends it from another thread."""

    def __init__(self) -> None:
        self.handed_over = False
        self.was_cut = False
        self.sock: Any = None

    def cut(self) -> None:
        """End it now, whatever it waits for. What was read until then is not whole: see `was_cut`."""
        self.was_cut = True
        if self.sock is not None:
            with suppress(OSError):  # it may be closed already
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)


_current: ContextVar[Exchange | None] = ContextVar("exchange", default=None)


@contextmanager
def exchange_within(seconds: float) -> Iterator[Exchange]:
    """Watch the request that is made inside, and cut it off after `seconds`."""
    exchange = Exchange()
    token = _current.set(exchange)
    timer = threading.Timer(seconds, exchange.cut)
    timer.daemon = True
    timer.start()
    try:
        yield exchange
    finally:
        timer.cancel()
        _current.reset(token)


class Watched:
    """Notes the socket of a connection, and when the first byte of a request is written to it, after
    connecting and what a proxy wants."""

    _is_ready = False

    def _new_conn(self) -> socket.socket:
        sock: socket.socket = super()._new_conn()  # type: ignore[misc]
        self._note(sock)
        return sock

    def connect(self) -> None:
        self._is_ready = False
        super().connect()  # type: ignore[misc]
        self._is_ready = True

    def send(self, data: Any) -> None:
        if self.sock is None:  # type: ignore[attr-defined]
            self.connect()
        if (exchange := _current.get()) and self._is_ready:
            exchange.handed_over = True
            self._note(self.sock)  # type: ignore[attr-defined]
        super().send(data)  # type: ignore[misc]

    def _note(self, sock: socket.socket) -> None:
        """Keep the socket: the connection forgets its own when the server says that it will close it."""
        if exchange := _current.get():
            exchange.sock = sock
            if exchange.was_cut:
                exchange.cut()


class _Http(Watched, HTTPConnection):
    pass


class _Https(Watched, HTTPSConnection):
    pass


class WatchedAdapter(HTTPAdapter):
    """Sends the requests of a `requests.Session` over connections that are watched."""

    http: type[HTTPConnection] = _Http
    https: type[HTTPSConnection] = _Https

    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:
        super().init_poolmanager(*arguments, **named)
        plain = type("_HttpPool", (HTTPConnectionPool,), {"ConnectionCls": self.http})
        secure = type("_HttpsPool", (HTTPSConnectionPool,), {"ConnectionCls": self.https})
        self.poolmanager.pool_classes_by_scheme = {"http": plain, "https": secure}


def watched_session(adapter: type[WatchedAdapter] = WatchedAdapter) -> requests.Session:
    """Return a session whose connections report to the exchange that is being watched."""
    opened = requests.Session()
    opened.mount("http://", adapter())
    opened.mount("https://", adapter())
    return opened
