"""Turns what usually passes unnoticed into failures. Set by tests/settings.py and tests/conftest.py."""

import inspect
import ipaddress
import random
import site
import socket
import sysconfig
from typing import Any

from django.db.models import QuerySet

_INSTALLED = (sysconfig.get_paths()["purelib"], *site.getsitepackages())


class UndefinedTemplateVariable(Exception):
    """A template of the project's own shows a variable that its view did not give it."""


class UndefinedVariable(str):
    """Django's `string_if_invalid`: raises for our templates, stays silent for installed packages' own."""

    __slots__ = ()

    def __contains__(self, key: object) -> bool:
        return key == "%s"

    def __mod__(self, variable: Any) -> str:
        template = _rendering_template()
        if template.startswith(_INSTALLED):
            return ""
        raise UndefinedTemplateVariable(f"{{{{ {variable} }}}} is undefined in {template}")


def _rendering_template() -> str:
    """Return the file of the template whose node is being rendered, looking up the stack."""
    frame = inspect.currentframe()
    while frame:
        origin = getattr(frame.f_locals.get("self"), "origin", None)
        if origin is not None and frame.f_code.co_name in ("render", "render_annotated"):
            return str(origin)
        frame = frame.f_back
    return "a template without a file"


class ForeignConnection(Exception):
    """A test tried to reach another machine."""


_connect = socket.socket.connect


def connect_only_here(self: socket.socket, address: Any) -> None:
    """Stand in for `socket.connect`: loopback and Unix sockets only."""
    if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
        raise ForeignConnection(f"to {address}")
    _connect(self, address)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


_fetch_all = QuerySet._fetch_all


def fetch_all_shuffled(self: QuerySet[Any]) -> None:
    """Stand in for `QuerySet._fetch_all`: rows that nobody asked to be in order are not.

    Only SQLite's habits make them look ordered; PostgreSQL returns them as it likes.
    """
    fresh = self._result_cache is None
    _fetch_all(self)
    if fresh and not self.ordered and isinstance(self._result_cache, list):
        random.Random(len(self._result_cache)).shuffle(self._result_cache)
