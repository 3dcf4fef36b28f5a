"""LINK Mobility's SMS REST API: linkmobility://USER:PASSWORD@?platform=COMMON_API&partner=…&gate=…

With a gate, LINK posts what became of each message to the address that its support has been told for that
gate, and sends our `refId` back: there stands the signed token that proves that a report is theirs.
"""

from django.core.exceptions import ImproperlyConfigured

from samtale.outbox.transports.errors import TransportError
from samtale.outbox.transports.sms import Sms
from samtale.outbox.transports.sms.addressed import AddressedGateway
from samtale.outbox.transports.sms.door import usable
from samtale.outbox.transports.sms.http import Answer

_QUEUED = 1005


class LinkMobilityTransport(AddressedGateway):
    name = "linkmobility"
    default_url = "https://wsx.sp247.net"
    options = AddressedGateway.options | {"platform", "partner", "gate"}

    def __init__(self, url: str) -> None:
        super().__init__(url)
        if not self.query.get("partner"):
            raise ImproperlyConfigured("SMS_URL: linkmobility needs partner=, the platformPartnerId.")

    def send(self, parcel: Sms) -> str:
        parcel = usable(parcel)
        source = self.query.get("from", parcel.sender)
        kind = "MSISDN" if source.startswith("+") else "SHORTNUMBER" if source.isdigit() else "ALPHANUMERIC"
        message = {
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
            # Their document calls true the default, with which the answer would hold no messageId.
            "ignoreResponse": False,
        }
        if (gate := self.query.get("gate")) and parcel.receipt_token:
            message |= {
                "refId": parcel.receipt_token,
                "useDeliveryReport": True,
                "deliveryReportGates": [gate],
            }
        answer = self.post("/sms/send", json=message)
        if not isinstance(answer.json, dict):
            raise self.unreadable()
        if answer.json.get("resultCode", _QUEUED) != _QUEUED:
            raise TransportError(self.clean(self.error_words(answer)), permanent=True)
        if not answer.json.get("messageId"):
            raise self.unreadable()
        return str(answer.json["messageId"])

    def error_words(self, answer: Answer) -> str:
        said = answer.json
        if not isinstance(said, dict):
            return ""
        return f"{said.get('resultCode', said.get('status', ''))} {said.get('description', '')}"
