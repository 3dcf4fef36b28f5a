"""What SMS gateways report of text messages they took."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from samtale.core import clock
from samtale.outbox.domain.receipt_links import REPORTING, gateway_in_use, message_of
from samtale.outbox.domain.receipts import Report, StillLeavingError, record
from samtale.outbox.models import Delivery

_LARGEST = 16 * 1024  # bytes
_OUTCOMES = {
    "delivered": Delivery.Outcome.DELIVERED,
    "undelivered": Delivery.Outcome.BOUNCED,
    "failed": Delivery.Outcome.BOUNCED,
}


@csrf_exempt
@login_not_required
@require_POST
def report(request: HttpRequest, gateway: str, token: str) -> HttpResponse:
    """Take one report. The signed token is the authority; Twilio signs its calls besides.

    404 where the token is not ours, 403 where the signature is wrong; 503, so that the gateway calls again,
    while the message is just being handed over.
    """
    is_ours = gateway == gateway_in_use() and gateway in REPORTING
    public_id = message_of(token, gateway) if is_ours else None
    if public_id is None or int(request.META.get("CONTENT_LENGTH") or 0) > _LARGEST:
        raise Http404
    posted = {name: str(value) for name, value in request.POST.items()}
    if gateway == "twilio" and not _is_signed(request, posted):
        raise PermissionDenied
    outcome = _OUTCOMES.get(posted.get("MessageStatus") or posted.get("status", ""))
    if outcome is None:  # on its way
        return HttpResponse(status=204)
    code = posted.get("ErrorCode", "")
    words = f"{gateway}: {posted.get('ErrorMessage') or 'not delivered'} {code}".strip()
    try:
        record(
            Report(
                channel="sms",
                outcome=outcome,
                at=clock.now(),
                words="" if outcome == Delivery.Outcome.DELIVERED else words,
                public_id=public_id,
            ),
            now=clock.now(),
        )
    except StillLeavingError:
        return HttpResponse(status=503, headers={"Retry-After": "60"})
    return HttpResponse(status=204)


def _is_signed(request: HttpRequest, posted: Mapping[str, str]) -> bool:
    """Say whether the call is signed with the account's token, as Twilio documents: the address it calls,
    then the names and values of the form in the order of the names."""
    secret = unquote(urlsplit(settings.SMS_URL).password or "")
    signed = settings.SITE_URL + request.get_full_path()
    signed += "".join(f"{name}{value}" for name, value in sorted(posted.items()))
    digest = hmac.new(secret.encode(), signed.encode(), hashlib.sha1).digest()
    given = request.headers.get("X-Twilio-Signature", "")
    return hmac.compare_digest(base64.b64encode(digest), given.encode())
