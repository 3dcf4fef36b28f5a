"""Sends through the gateway that a file describes."""

import re
from typing import Any
from urllib.parse import quote

from samtale.outbox.transports.errors import TransportError
from samtale.outbox.transports.sms import Sms
from samtale.outbox.transports.sms.described.description import description
from samtale.outbox.transports.sms.described.places import Said
from samtale.outbox.transports.sms.described.templates import filled
from samtale.outbox.transports.sms.door import usable
from samtale.outbox.transports.sms.http import Answer, HttpGateway


class DescribedTransport(HttpGateway):
    """`url` is gateway:///path/to/file.toml. The file is read once, when the process starts."""

    def __init__(self, url: str) -> None:
        self._is = description(url)
        super().__init__(self._is.base, secrets=self._is.secrets, log_in=self._is.log_in)

    def send(self, parcel: Sms) -> str:
        values = _values(usable(parcel))
        content: dict[str, Any] = {
            "params": filled(self._is.query, values),
            "headers": {
                name: re.sub(r"[^\x20-\x7e]", "", value)
                for name, value in filled(self._is.headers, values).items()
            },
        }
        if self._is.json is not None:
            content["json"] = filled(self._is.json, values)
        if self._is.form is not None:
            content["data"] = filled(self._is.form, values)
        # Where the address holds something of the message, a 404 may be about that.
        own = bool(self._is.url.names)
        return self._read(self.ask(self._is.method, self._url(values), own_address=own, **content))

    def error_words(self, answer: Answer) -> str:
        error = self._is.answer.error
        return error.find(_said(answer)) or "" if error else ""

    def _url(self, values: dict[str, str]) -> str:
        return self._is.url.fill(values, written=lambda value: quote(value, safe=""))

    def _read(self, answer: Answer) -> str:
        """Return the id. Only what the file calls a refusal is one; whatever else is not clear is doubt."""
        rules, said = self._is.answer, _said(answer)
        accepted = rules.accepted.holds(said) if rules.accepted else True
        if (rules.refused and rules.refused.holds(said)) or accepted is False:
            raise TransportError(self.clean(self.error_words(answer) or answer.text), permanent=True)
        identity = rules.id.find(said) if rules.id else ""
        if accepted is None or identity is None:
            raise self.unreadable()
        return identity


def _said(answer: Answer) -> Said:
    return Said(answer.text, answer.json)


def _values(parcel: Sms) -> dict[str, str]:
    return {
        "sender": parcel.sender,
        "recipient": parcel.recipient,
        "recipient_digits": parcel.recipient.removeprefix("+"),
        "text": parcel.text,
        "reference": parcel.reference,
        "receipt_url": parcel.receipt_url,
        "receipt_token": parcel.receipt_token,
    }
