"""What a form is bound to."""

from django.http import HttpRequest, QueryDict


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, be it nothing at all, or None where a page is only asked for."""
    return request.POST if request.method == "POST" else None
