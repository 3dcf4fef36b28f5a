"""How a gateway reports what became of one text message.

It brings a signed token along that names the message, so that a report also finds a message whose answer
was never read, and nobody else can report anything. The token stands in the address that the gateway got for
that message; or, where it has one address for all messages, it is our reference, which it sends back.
"""

import base64
import binascii
import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse


def receipt_address(public_id: uuid.UUID) -> str:
    """Return the absolute address for the gateway in use; "" where it has none, or could not reach us."""
    gateway, host = gateway_in_use(), urlsplit(settings.SITE_URL).hostname or ""
    if gateway not in _BY_ADDRESS or "." not in host or host.startswith("127."):
        return ""
    return settings.SITE_URL + reverse("sms_hook", args=[gateway, _token(public_id, gateway)])


def receipt_token(public_id: uuid.UUID) -> str:
    """Return what the gateway in use shall send back with its report; "" where it only calls addresses."""
    gateway = gateway_in_use()
    return _token(public_id, gateway) if gateway in _BY_REFERENCE else ""


def gateway_in_use() -> str:
    """Return the scheme of SMS_URL. `urlsplit` knows none that begins with a digit."""
    return settings.SMS_URL.partition(":")[0]


def message_of(token: str, gateway: str) -> uuid.UUID | None:
    """Return the `public_id` of the message that `token` stands for, or None where it is not ours."""
    try:
        identity = _signer(gateway).unsign(token)
        return uuid.UUID(bytes=base64.urlsafe_b64decode(identity + "=="))
    except (BadSignature, ValueError, binascii.Error):
        return None


_BY_ADDRESS = ("twilio", "46elks", "gateway")
_BY_REFERENCE = ("linkmobility", "gateway")


def _token(public_id: uuid.UUID, gateway: str) -> str:
    identity = base64.urlsafe_b64encode(public_id.bytes).decode().rstrip("=")
    return _signer(gateway).sign(identity)


def _signer(gateway: str) -> Signer:
    # A salt for each: a token for one gateway does not pass by another's check.
    return Signer(salt=f"samtale.outbox.receipt.{gateway}", sep="~")
