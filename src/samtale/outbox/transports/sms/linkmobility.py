"""LINK Mobility's SMS REST API: linkmobility://USER:PASSWORD@?platform=COMMON_API&partner=…"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from samtale.outbox.transports.errors import TransportError
from samtale.outbox.transports.sms import Sms
from samtale.outbox.transports.sms.door import usable
from samtale.outbox.transports.sms.http import HttpGateway

_QUEUED = 1005


class LinkMobilityTransport(HttpGateway):
    name = "linkmobility"
    default_url = "https://wsx.sp247.net"
    options = HttpGateway.options | {"platform", "partner"}

    def __init__(self, url: str) -> None:
        super().__init__(url)
        if not self.query.get("partner"):
            raise ImproperlyConfigured("SMS_URL: linkmobility needs partner=, the platformPartnerId.")

    def send(self, parcel: Sms) -> str:
        parcel = usable(parcel)
        source = self.query.get("from", parcel.sender)
        kind = "MSISDN" if source.startswith("+") else "SHORTNUMBER" if source.isdigit() else "ALPHANUMERIC"
        answer = self.post(
            "/sms/send",
            json={
                "source": source,
                "sourceTON": kind,
                "destination": parcel.recipient,
                "destinationTON": "MSISDN",
                "dcs": "TEXT",
                "userData": parcel.text,
                "platformId": self.query.get("platform", "COMMON_API"),
                "platformPartnerId": self.query["partner"],
                "refId": parcel.reference,
                "useDeliveryReport": False,
            },
        )
        if not isinstance(answer, dict):
            raise self.unreadable()
        if answer.get("resultCode", _QUEUED) != _QUEUED:
            raise TransportError(self._clean(self.error_words(answer)), permanent=True)
        if not answer.get("messageId"):
            raise self.unreadable()
        return str(answer["messageId"])

    def error_words(self, answer: Any) -> str:
        if not isinstance(answer, dict):
            return ""
        return f"{answer.get('resultCode', answer.get('status', ''))} {answer.get('description', '')}"
