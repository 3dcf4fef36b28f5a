"""The answer when the database cannot be reached: nothing was saved, nothing typed is lost, try again.

Needs neither the database nor a session, so that it can be given whatever else is gone.
"""

import sys
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


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer what went wrong in a view: 503 where the database is away, else 500.

    Django's `handler500`, called while the exception is being handled.
    """
    return away(request) if isinstance(sys.exc_info()[1], _AWAY) else ordinary_server_error(request)


def away(request: HttpRequest) -> HttpResponse:
    """Say that the database is away. A form can be sent again as it was: it was not carried out."""
    is_form = request.method == "POST"
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
