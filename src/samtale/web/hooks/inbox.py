"""Letters that an e-mail provider took for us. django-anymail checks the call and reads it."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from samtale.core import clock
from samtale.inbox.domain.take import take
from samtale.inbox.letters import IncomingLetter, NotALetter
from samtale.web.hooks.providers import NONSENSE, view_of


@csrf_exempt
@login_not_required
@require_POST
def receive(request: HttpRequest, provider: str) -> HttpResponse:
    """Take the letters in one call. 404 unless it is the provider that INBOX_URL names; 400 where the check
    fails. What is nobody's, or no letter, is thanked for like any other: it would only come again."""
    hook = settings.INBOX_HOOK
    if hook is None or hook["provider"] != provider:
        raise Http404
    view = view_of(provider, "inbound", **hook["secrets"])
    view.setup(request)
    try:
        view.run_validators(request)
        letters = list(_letters(view, request))
    except (*NONSENSE, RecursionError):
        raise BadRequest("this is no letter") from None
    for letter in letters:
        take(letter, now=clock.now())
    return HttpResponse()


def _letters(view: Any, request: HttpRequest) -> Iterator[IncomingLetter]:
    for event in view.parse_events(request):
        message = event.message
        envelope = [message.envelope_recipient] if message.envelope_recipient else []
        # When the provider had it; its clock is not ours, and nothing can have come later than now.
        arrived_at = min(filter(None, (event.timestamp, clock.now())))
        try:
            yield IncomingLetter.read(message.as_bytes(), arrived_at=arrived_at, envelope=envelope)
        except NotALetter:
            continue
