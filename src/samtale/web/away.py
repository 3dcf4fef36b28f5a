"""The answer when the database cannot be reached: nothing was saved, nothing typed is lost, try again.

Needs neither the database nor a session, so that it can be given whatever else is gone.
"""

import sys
import time
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.views.defaults import server_error as ordinary_server_error

SECONDS_TO_WAIT = 10
_LARGEST = 2 * 1024 * 1024  # characters of a form that are carried on
_AWAY = (OperationalError, InterfaceError)
_SECONDS_TO_REMEMBER = 1.0
_MACHINES = ("/healthz", "/metrics")  # they answer for themselves


class Memory:
    """What this process knows of the database: that there was none to be had a moment ago."""

    def __init__(self) -> None:
        self._until = 0.0

    def note(self, error: BaseException | None) -> None:
        """Remember it if `error` says that nobody gets a connection, not merely that this one broke."""
        pools = sys.modules.get("psycopg_pool")  # not imported for SQLite's sake, which has no use for it
        if pools and error and isinstance(error.__cause__, pools.PoolTimeout):
            self._until = time.monotonic() + _SECONDS_TO_REMEMBER

    @property
    def is_away(self) -> bool:
        return time.monotonic() < self._until


memory = Memory()


class QuickAwayMiddleware:
    """Answers at once while the database is away.

    Each request would otherwise wait some seconds for a connection, and keep a thread for which others queue.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if memory.is_away and request.path not in _MACHINES:
            return away(request)
        return self.get_response(request)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer what went wrong in a view: 503 where the database is away, else 500.

    Django's `handler500`, called while the exception is being handled.
    """
    error = sys.exc_info()[1]
    if not isinstance(error, _AWAY):
        return ordinary_server_error(request)
    memory.note(error)
    return away(request)


def away(request: HttpRequest) -> HttpResponse:
    """Say that the database is away. A form can be sent again as it was: it was not carried out."""
    # Where a part of a page was asked for, such as a preview, the page's script tells: nothing to send again.
    is_form = request.method == "POST" and "HX-Request" not in request.headers
    fields = _fields(request) if is_form else []
    with translation.override(_language(request)):
        page = render_to_string(
            "503.html",
            {"is_form": is_form, "fields": fields, "address": request.get_full_path()},
        )
    response = HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = str(SECONDS_TO_WAIT)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer" if request.path.startswith("/a/") else "same-origin"
    return response


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was posted, for the form that repeats it; nothing where that cannot be the same again."""
    try:
        posted = [(name, value) for name, values in request.POST.lists() for value in values]
    except Exception:  # noqa: BLE001 - whatever kept it from being read, it cannot be repeated
        return []
    is_secret = any("password" in name for name, _value in posted)
    is_large = sum(len(value) for _name, value in posted) > _LARGEST
    return [] if is_secret or is_large or request.FILES else posted


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("lang", "")
    if asked in dict(settings.LANGUAGES):
        return asked
    return translation.get_language_from_request(request)
