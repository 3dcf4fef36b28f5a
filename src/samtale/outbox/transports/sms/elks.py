"""46elks: 46elks://USER:PASSWORD@"""

from samtale.outbox.transports.sms import Sms
from samtale.outbox.transports.sms.addressed import AddressedGateway
from samtale.outbox.transports.sms.door import usable


class ElksTransport(AddressedGateway):
    name = "46elks"
    default_url = "https://api.46elks.com"

    def send(self, parcel: Sms) -> str:
        parcel = usable(parcel)
        form = {
            "from": self.query.get("from", parcel.sender),
            "to": parcel.recipient,
            "message": parcel.text,
        }
        if parcel.receipt_url:
            form["whendelivered"] = parcel.receipt_url
        answer = self.post("/a1/sms", data=form).json
        if not isinstance(answer, dict) or not answer.get("id"):
            raise self.unreadable()
        return str(answer["id"])
