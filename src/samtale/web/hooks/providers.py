"""django-anymail's own addresses, in which a provider's views are looked up. They are not mounted."""

from typing import Any

from django.http import Http404
from django.urls import Resolver404, include, path, resolve

urlpatterns = [path("", include("anymail.urls"))]

# What a view of anymail's raises that expects its provider and meets a stranger.
NONSENSE = (ValueError, TypeError, LookupError, AttributeError)


def view_of(provider: str, what: str, **settings: str) -> Any:
    """Return anymail's view for what `provider` calls about: "tracking" or "inbound". `settings` take the
    place of the ANYMAIL_ ones. 404 where anymail knows no such calls."""
    try:
        return resolve(f"/{provider}/{what}/", urlconf=__name__).func.view_class(**settings)  # type: ignore[attr-defined]
    except Resolver404:
        raise Http404 from None
