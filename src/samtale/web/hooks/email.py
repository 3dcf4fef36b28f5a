"""What e-mail providers report of letters they took. django-anymail checks the signature and reads it."""

import uuid
from email.utils import parseaddr
from typing import Any

from anymail.signals import EventType
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from samtale.core import clock
from samtale.outbox.domain.receipts import Report, StillLeavingError, record
from samtale.outbox.models import Delivery
from samtale.web.hooks.bounces import is_about_address
from samtale.web.hooks.providers import NONSENSE, view_of

_OUTCOMES = {
    EventType.DEFERRED: Delivery.Outcome.DELAYED,
    EventType.DELIVERED: Delivery.Outcome.DELIVERED,
    EventType.COMPLAINED: Delivery.Outcome.COMPLAINED,
}
_REFUSED = (EventType.BOUNCED, EventType.REJECTED, EventType.FAILED)


@csrf_exempt
@login_not_required
@require_POST
def report(request: HttpRequest, provider: str) -> HttpResponse:
    """Take the reports in one call. 404 unless it is our provider, and one whose calls can be checked;
    400 where the check fails; 503, so that it calls again, while a letter is just being handed over."""
    view = _view(provider)
    view.setup(request)
    try:
        view.run_validators(request)
        events = list(view.parse_events(request))
    except NONSENSE:
        raise BadRequest("this is no report") from None
    try:
        for event in events:
            if outcome := _outcome(provider, event):
                record(_report(event, outcome), now=clock.now())
    except StillLeavingError:
        return HttpResponse(status=503, headers={"Retry-After": "60"})
    return HttpResponse()


def _view(provider: str) -> Any:
    known = f"anymail.backends.{provider}.EmailBackend" == settings.EMAIL_BACKEND
    # Without one of these anymail would believe whoever calls.
    secrets = ["WEBHOOK_SECRET", *(["MAILGUN_WEBHOOK_SIGNING_KEY"] if provider == "mailgun" else [])]
    if not known or not any(getattr(settings, "ANYMAIL", {}).get(name) for name in secrets):
        raise Http404
    return view_of(provider, "tracking")


def _outcome(provider: str, event: Any) -> Delivery.Outcome | None:
    if event.event_type not in _REFUSED:
        return _OUTCOMES.get(event.event_type)
    return Delivery.Outcome.BOUNCED if is_about_address(provider, event) else Delivery.Outcome.NOT_TAKEN


def _report(event: Any, outcome: Delivery.Outcome) -> Report:
    try:
        ours = uuid.UUID((event.metadata or {}).get("samtale", ""))
    except ValueError:
        ours = None
    words = str(event.mta_response or event.description or event.reject_reason or "")
    return Report(
        channel="email",
        outcome=outcome,
        at=event.timestamp or clock.now(),
        words=words,
        public_id=ours,
        provider_id=event.message_id or "",
        recipient=parseaddr(event.recipient or "")[1],
    )
