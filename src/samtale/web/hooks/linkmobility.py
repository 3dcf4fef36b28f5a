"""LINK Mobility's delivery reports: JSON, posted to one address for the gate, with our token as `refId`.

A long text may be reported part by part: then one part that did not arrive counts for the whole.
"""

import json

from django.http import Http404, HttpRequest

from samtale.outbox.models import Delivery
from samtale.web.hooks.receipt import Receipt

_DELIVERED = frozenset({"1001", "1007"})
# Those that LINK calls final and not delivered. 1000, 1005, 1008, 1011 and 1012 are on their way; of 4, 5 and
# 1010 LINK itself does not know whether they arrived.
_FAILED = {
    "0": "unknown error",
    "1": "temporary routing error",
    "2": "permanent routing error",
    "3": "maximum throttling exceeded",
    "6": "operator error",
    "104": "configuration error",
    "105": "internal error",
    "1002": "expired",
    "1004": "mobile full",
    "1006": "not delivered",
    "1009": "not delivered",
    "2104": "unknown subscriber",
    "2105": "destination blocked",
    "2106": "number error",
    "2107": "destination temporarily blocked",
    "2200": "charging error",
    "2201": "subscriber has low balance",
    "2202": "subscriber barred",
    "2203": "subscriber too young",
    "2204": "prepaid subscriber not allowed",
    "2205": "service rejected by subscriber",
    "2206": "subscriber not registered in payment system",
    "2207": "subscriber has reached max balance",
    "3000": "GSM encoding is not supported",
    "3001": "UCS2 encoding is not supported",
    "3002": "binary encoding is not supported",
    "4000": "delivery report is not supported",
    "4001": "invalid message content",
    "4002": "invalid tariff",
    "4003": "invalid user data",
    "4004": "invalid user data header",
    "4005": "invalid data coding",
    "4006": "invalid VAT",
    "4007": "unsupported content for destination",
}


def read(request: HttpRequest, token: str) -> Receipt:
    """Read one report. 404 where it is none, or came to an address of one message, which LINK never has."""
    try:
        report = json.loads(request.body)
    except (ValueError, RecursionError):
        raise Http404 from None
    if token or not isinstance(report, dict):
        raise Http404
    code = str(report.get("resultCode"))
    outcome = Delivery.Outcome.DELIVERED if code in _DELIVERED else None
    if code in _FAILED:
        outcome = Delivery.Outcome.BOUNCED
    # A part of a message may be named by a suffix, as in the report's `id`. The token has no dollar sign.
    reference = str(report.get("refId") or "").partition("$")[0]
    words = f"{_FAILED[code]} {code}" if code in _FAILED else ""
    name = str(report.get("id") or "").partition("$")[0]
    return Receipt(token=reference, outcome=outcome, words=words, provider_id=name)
