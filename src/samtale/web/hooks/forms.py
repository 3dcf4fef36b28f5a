"""Reports of Twilio and 46elks: forms, posted to the address of one message."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.http import HttpRequest

from samtale.outbox.models import Delivery
from samtale.web.hooks.receipt import Receipt

_OUTCOMES = {
    "delivered": Delivery.Outcome.DELIVERED,
    "undelivered": Delivery.Outcome.BOUNCED,
    "failed": Delivery.Outcome.BOUNCED,
}


def twilio(request: HttpRequest, token: str) -> Receipt:
    """Read Twilio's, which it signs."""
    posted = _posted(request)
    return Receipt(
        token=token,
        outcome=_OUTCOMES.get(posted.get("MessageStatus", "")),
        words=f"{posted.get('ErrorMessage') or 'not delivered'} {posted.get('ErrorCode', '')}".strip(),
        provider_id=posted.get("MessageSid", ""),
        is_signed=_is_signed(request, posted),
        thanks=204,
    )


def elks(request: HttpRequest, token: str) -> Receipt:
    """Read 46elks', which says nothing of why."""
    posted = _posted(request)
    outcome = _OUTCOMES.get(posted.get("status", ""))
    return Receipt(token=token, outcome=outcome, provider_id=posted.get("id", ""), thanks=204)


def _posted(request: HttpRequest) -> dict[str, str]:
    return {name: str(value) for name, value in request.POST.items()}


def _is_signed(request: HttpRequest, posted: Mapping[str, str]) -> bool:
    """Say whether the call is signed with the account's token, as Twilio documents: the address it calls,
    then the names and values of the form in the order of the names."""
    secret = unquote(urlsplit(settings.SMS_URL).password or "")
    signed = settings.SITE_URL + request.get_full_path()
    signed += "".join(f"{name}{value}" for name, value in sorted(posted.items()))
    digest = hmac.new(secret.encode(), signed.encode(), hashlib.sha1).digest()
    given = request.headers.get("X-Twilio-Signature", "")
    return hmac.compare_digest(base64.b64encode(digest), given.encode())
