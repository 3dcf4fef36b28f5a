"""Reports of a gateway that a file describes."""

import json
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest

from samtale.outbox.models import Delivery
from samtale.outbox.transports.sms.described.description import description
from samtale.outbox.transports.sms.described.places import Said
from samtale.outbox.transports.sms.described.receipts import ReceiptRules
from samtale.web.hooks.receipt import Receipt

_OUTCOMES = {True: Delivery.Outcome.DELIVERED, False: Delivery.Outcome.BOUNCED, None: None}


def read(request: HttpRequest, token: str) -> Receipt:
    """Read one report. 404 where the file describes none, or says that they come another way."""
    rules = _rules(settings.SMS_URL)
    if rules is None or request.method != rules.method or bool(token) == bool(rules.token):
        raise Http404
    said = _said(request)
    return Receipt(
        token=(rules.token.find(said) or "") if rules.token else token,
        outcome=_OUTCOMES[rules.is_delivered(said)],
        words=(rules.words.find(said) or "") if rules.words else "",
    )


@lru_cache(maxsize=1)
def _rules(url: str) -> ReceiptRules | None:
    return description(url).receipt


def _said(request: HttpRequest) -> Said:
    """Return what was said by JSON, by a form, or in the address."""
    if request.method == "GET":
        return Said(request.META.get("QUERY_STRING", ""), request.GET.dict())
    text = request.body.decode("utf-8", "replace")
    try:
        content: Any = json.loads(text)
    except (ValueError, RecursionError):
        content = {**request.GET.dict(), **request.POST.dict()}
    return Said(text, content)
