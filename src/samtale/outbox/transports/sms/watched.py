"""Connections that notice whether a request was handed over. They see it written; no exception tells it."""

import socket
from contextlib import suppress
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
        self.connection: Any = None

    def cut(self) -> None:
        """End it now."""
        sock = getattr(self.connection, "sock", None)
        if sock is not None:
            with suppress(OSError):  # it may be closed already
                socket.socket.shutdown(sock, socket.SHUT_RDWR)


current: ContextVar[Exchange | None] = ContextVar("exchange", default=None)


def session() -> requests.Session:
    """Return a session whose connections report to the `current` exchange."""
    opened = requests.Session()
    opened.mount("http://", _Adapter())
    opened.mount("https://", _Adapter())
    return opened


class _Watched:
    """Notes when the first byte of a request is written, after connecting and what a proxy wants."""

    _is_ready = False

    def connect(self) -> None:
        self._is_ready = False
        super().connect()  # type: ignore[misc]
        self._is_ready = True

    def send(self, data: Any) -> None:
        if self.sock is None:  # type: ignore[attr-defined]
            self.connect()
        if (exchange := current.get()) and self._is_ready:
            exchange.connection, exchange.handed_over = self, True
        super().send(data)  # type: ignore[misc]


class _Http(_Watched, HTTPConnection):
    pass


class _Https(_Watched, HTTPSConnection):
    pass


class _HttpPool(HTTPConnectionPool):
    ConnectionCls = _Http


class _HttpsPool(HTTPSConnectionPool):
    ConnectionCls = _Https


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:
        super().init_poolmanager(*arguments, **named)
        self.poolmanager.pool_classes_by_scheme = {"http": _HttpPool, "https": _HttpsPool}
