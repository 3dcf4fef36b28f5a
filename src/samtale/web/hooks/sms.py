"""What SMS gateways report of text messages they took."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from samtale.core import clock
from samtale.outbox.domain.receipt_links import gateway_in_use, message_of
from samtale.outbox.domain.receipts import Report, StillLeavingError, record
from samtale.outbox.models import Delivery
from samtale.web.hooks import described, forms, linkmobility

_LARGEST = 16 * 1024  # bytes
_READERS = {
    "twilio": forms.twilio,
    "46elks": forms.elks,
    "linkmobility": linkmobility.read,
    "gateway": described.read,
}


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, gateway: str, token: str = "") -> HttpResponse:
    """Take one report. The signed token is the authority; it stands in the address or in the report.

    404 where the token is not ours, 403 where the gateway ought to have signed its call and has not; 503, so
    that it calls again, while the message is just being handed over. A GET is taken only from a gateway whose
    description says that it reports so.
    """
    if gateway not in _READERS or gateway != gateway_in_use():
        raise Http404
    if int(request.META.get("CONTENT_LENGTH") or 0) > _LARGEST:
        raise Http404
    if request.method == "GET" and gateway != "gateway":
        return HttpResponseNotAllowed(["POST"])
    receipt = _READERS[gateway](request, token)
    public_id = message_of(receipt.token, gateway)
    if public_id is None:
        raise Http404
    if not receipt.is_signed:
        raise PermissionDenied
    if receipt.outcome is None:  # on its way
        return HttpResponse(status=receipt.thanks)
    is_delivered = receipt.outcome == Delivery.Outcome.DELIVERED
    now = clock.now()
    try:
        record(
            Report(
                channel="sms",
                outcome=receipt.outcome,
                at=now,
                words="" if is_delivered else f"{gateway}: {receipt.words or 'not delivered'}",
                public_id=public_id,
                provider_id=receipt.provider_id,
            ),
            now=now,
        )
    except StillLeavingError:
        return HttpResponse(status=503, headers={"Retry-After": "60"})
    return HttpResponse(status=receipt.thanks)
