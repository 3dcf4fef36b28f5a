"""Tells whether a provider's report is about the address or only about this one letter.

anymail calls both "bounced". An address that does not exist takes nothing ever; a full mailbox, a server that
was down for hours or a spam filter refused this letter, and may take the next.
"""

import re
from collections.abc import Callable
from typing import Any

from anymail.signals import EventType, RejectReason

# What a provider's own words say: True for the address, False for this letter alone, None where they do not.
_Says = Callable[[Any], bool | None]

_POSTMARK = {"SoftBounce", "Transient", "DnsError", "Blocked", "VirusNotification", "DMARCPolicy"}
_MAILGUN = {"old", "espblock", "greylisted"}
_SENDGRID = {"blocked", "expired"}
# SparkPost's bounce classes: soft ones and blocks. The hard ones are 10, 30 and 90.
_SPARKPOST = {"20", "21", "22", "23", "24", "25", "40", "50", "51", "52", "53", "54", "70", "100"}
# Codes of SMTP, basic and extended: refused for now; mailbox full; letter too large.
_FOR_NOW = re.compile(r"^\W*(?:smtp;\s*)?4\d\d\b|(?<![\d.])(?:4\.\d\.\d{1,3}|5\.2\.[23]|5\.3\.4)(?![\d.])")


def is_about_address(provider: str, event: Any) -> bool:
    """Say whether `event`, which is a bounce or a refusal as anymail read it, means that the address takes
    nothing. The provider's own word goes before the mail server's code, and doubt counts as yes."""
    if event.event_type == EventType.FAILED and provider != "postal":
        return False  # the provider could not send it
    try:
        said = _SAYS[provider](event.esp_event) if provider in _SAYS else None
    except (KeyError, TypeError, AttributeError, StopIteration):
        said = None
    if said is not None:
        return said
    if event.event_type == EventType.REJECTED:
        return event.reject_reason not in (RejectReason.OTHER, RejectReason.TIMED_OUT)
    return not _FOR_NOW.search(str(event.mta_response or event.description or ""))


def _postmark(raw: Any) -> bool | None:
    return False if raw["Type"] in _POSTMARK else None


def _mailgun(raw: Any) -> bool | None:
    data = raw["event-data"]
    code = data.get("delivery-status", {}).get("code") or 0
    return False if data.get("reason") in _MAILGUN or 400 <= int(code) < 500 else None


def _sendgrid(raw: Any) -> bool | None:
    return False if raw.get("type") in _SENDGRID else None


def _sparkpost(raw: Any) -> bool | None:
    [event] = raw["msys"].values()
    return False if str(event["bounce_class"]) in _SPARKPOST else None


def _amazon_ses(raw: Any) -> bool | None:
    return {"Permanent": True, "Transient": False}.get(raw["bounce"]["bounceType"])


def _resend(raw: Any) -> bool | None:
    return {"Permanent": True, "Transient": False}.get(raw["data"]["bounce"]["type"])


def _mailjet(raw: Any) -> bool | None:
    if raw["event"] == "blocked":
        return raw["error_related_to"] in ("recipient", "domain")
    return bool(raw["hard_bounce"])


_SAYS: dict[str, _Says] = {
    "amazon_ses": _amazon_ses,
    "brevo": lambda raw: {"soft_bounce": False, "hard_bounce": True}.get(raw["event"]),
    "mailersend": lambda raw: {"soft_bounced": False, "hard_bounced": True}.get(raw["data"]["type"]),
    "mailgun": _mailgun,
    "mailjet": _mailjet,
    "mandrill": lambda raw: {"soft_bounce": False, "hard_bounce": True}.get(raw["event"]),
    "postmark": _postmark,
    "resend": _resend,
    "sendgrid": _sendgrid,
    "sparkpost": _sparkpost,
}
