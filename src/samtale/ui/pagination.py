"""Pages of a long list."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest


def page_of(rows: Any, request: HttpRequest, *, per_page: int = 25, parameter: str = "page") -> Page[Any]:
    """Return the page of `rows` that the address asks for.

    What is not a number is the first page; a number that is too high is the last.
    """
    return Paginator(rows, per_page).get_page(request.GET.get(parameter))
