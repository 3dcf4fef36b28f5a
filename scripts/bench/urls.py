"""The product's pages and two empty ones, which go through the same middleware."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

EMPTY, EMPTY_OPEN = "/bench/empty/", "/bench/empty-open/"


def empty(request: HttpRequest) -> HttpResponse:
    """Answer nothing to someone who is logged in."""
    return HttpResponse()


@login_not_required
def empty_open(request: HttpRequest) -> HttpResponse:
    """Answer nothing to anybody."""
    return HttpResponse()


urlpatterns = [
    path(EMPTY.lstrip("/"), empty),
    path(EMPTY_OPEN.lstrip("/"), empty_open),
    path("", include("samtale.urls")),
]
