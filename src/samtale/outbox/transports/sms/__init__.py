"""Sends text messages through the transport that SMS_URL names."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Sms:
    """One text message.

    `reference` is the same at every try of the same message. `receipt_url` is where the gateway may say what
    became of it; `receipt_token` is what it must bring along where it has one address for all messages. Both
    are "" where there is none.
    """

    sender: str
    recipient: str
    text: str
    reference: str
    receipt_url: str = ""
    receipt_token: str = ""


class SmsTransport(Protocol):
    """What leads to a gateway."""

    def open(self) -> None:
        """Make ready.

        Raises:
            TransportDownError: the gateway cannot be reached or does not let us in.
        """

    def send(self, parcel: Sms) -> str:
        """Hand over one message and return the gateway's name for it, or "".

        Raises:
            TransportError: the gateway did not take it.
        """

    def close(self) -> None:
        """Let go of what `open` took."""


BY_SCHEME = {
    "file": "samtale.outbox.transports.sms.files.FileTransport",
    "console": "samtale.outbox.transports.sms.console.ConsoleTransport",
    "twilio": "samtale.outbox.transports.sms.twilio.TwilioTransport",
    "46elks": "samtale.outbox.transports.sms.elks.ElksTransport",
    "linkmobility": "samtale.outbox.transports.sms.linkmobility.LinkMobilityTransport",
    "gateway": "samtale.outbox.transports.sms.described.transport.DescribedTransport",
}
_DOTTED = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+")


def transport(url: str | None = None) -> SmsTransport:
    """Return the transport for `url`, or for SMS_URL.

    `file:///dir` and `console:` are built in. `gateway:///file.toml` is the gateway that the file describes.
    `package.module.Class?anything` calls `Class` with the whole address, for a gateway that is installed
    beside Samtale.

    Raises:
        ImproperlyConfigured: the address names no transport.
    """
    url = settings.SMS_URL if url is None else url
    return _factory(url)(url)


def _factory(url: str) -> Callable[[str], SmsTransport]:
    scheme, dotted = url.partition(":")[0] if ":" in url else "", url.partition("?")[0]
    path = BY_SCHEME.get(scheme) or (dotted if _DOTTED.fullmatch(dotted) else "")
    if not path:
        known = ", ".join(BY_SCHEME)
        raise ImproperlyConfigured(f"SMS_URL: none of {known}, nor the path of a class.")
    try:
        return import_string(path)
    except ImportError as error:
        raise ImproperlyConfigured(f"SMS_URL: {error}") from error
