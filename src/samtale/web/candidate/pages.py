"""Writes the candidate's pages: light, and silent about the link to everybody else.

Templates are rendered without the request, so that no context processor runs, no session is
opened and nothing is asked of the database on the way.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

from samtale.web.candidate import language

View = Callable[..., HttpResponse]


def page(template: str, *, status: int = HTTPStatus.OK, **context: Any) -> HttpResponse:
    """Return the page in the active language."""
    current = get_language() or ""
    values = {"language": current, "other_languages": language.others(current), **context}
    response = HttpResponse(render_to_string(f"candidate/{template}.html", values), status=status)
    response["Content-Language"] = current
    return response


def private(view: View) -> View:
    """Keep the address, which is the candidate's key, out of referrers, caches and search engines."""

    @wraps(view)
    def private_view(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        response = view(request, *arguments, **named)
        response["Referrer-Policy"] = "no-referrer"
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return private_view
