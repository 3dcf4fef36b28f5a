"""Whether Samtale is well, for whoever decides to send people here or to wake somebody."""

from collections.abc import Mapping
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from samtale.core import clock
from samtale.outbox.domain.queries.health import STANDS_STILL, queues


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200, or 503 where the database is away or messages have been due for more than five minutes."""
    now = clock.now()
    try:
        found = queues(now=now)
    except (DatabaseError, InterfaceError):
        return _answer({"status": "database away"}, HTTPStatus.SERVICE_UNAVAILABLE)
    numbers = {
        queue.channel.value: {"due": queue.due, "oldest_due_seconds": int(queue.age(now).total_seconds())}
        for queue in found
    }
    if any(queue.age(now) > STANDS_STILL for queue in found):
        answer = {"status": "delivery stands still", "outbox": numbers}
        return _answer(answer, HTTPStatus.SERVICE_UNAVAILABLE)
    return _answer({"status": "ok", "outbox": numbers}, HTTPStatus.OK)


@login_not_required
@require_safe
def web(request: HttpRequest) -> HttpResponse:
    """Answer 200, or 503 where the database is away: whether this process can serve people.

    For load balancers: a mail server that is down is no reason to take the pages away.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        return _answer({"status": "database away"}, HTTPStatus.SERVICE_UNAVAILABLE)
    return _answer({"status": "ok"}, HTTPStatus.OK)


def _answer(content: Mapping[str, object], status: int) -> JsonResponse:
    response = JsonResponse(content, status=status)
    response["Cache-Control"] = "no-store"
    return response
