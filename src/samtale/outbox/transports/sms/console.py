"""Prints each text message where the worker runs."""

import sys

from samtale.outbox.transports.sms import Sms


class ConsoleTransport:
    """For development."""

    def __init__(self, url: str) -> None:
        pass

    def open(self) -> None:
        pass

    def send(self, parcel: Sms) -> str:
        sys.stdout.write(f"SMS {parcel.sender} → {parcel.recipient}: {parcel.text}\n")
        sys.stdout.flush()
        return ""

    def close(self) -> None:
        pass
