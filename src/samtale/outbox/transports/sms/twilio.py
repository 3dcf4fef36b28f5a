"""Twilio's Messages resource: twilio://ACCOUNT_SID:AUTH_TOKEN@?from=… or ?service=MG…"""

from samtale.outbox.transports.sms import Sms
from samtale.outbox.transports.sms.addressed import AddressedGateway
from samtale.outbox.transports.sms.door import usable
from samtale.outbox.transports.sms.http import Answer


class TwilioTransport(AddressedGateway):
    name = "twilio"
    default_url = "https://api.twilio.com"
    options = AddressedGateway.options | {"service"}

    def send(self, parcel: Sms) -> str:
        parcel = usable(parcel)
        form = {"To": parcel.recipient, "Body": parcel.text}
        if service := self.query.get("service"):
            form["MessagingServiceSid"] = service
        else:
            form["From"] = self.query.get("from", parcel.sender)
        if parcel.receipt_url:
            form["StatusCallback"] = parcel.receipt_url
        answer = self.post(f"/2010-04-01/Accounts/{self.user}/Messages.json", data=form).json
        if not isinstance(answer, dict) or not answer.get("sid"):
            raise self.unreadable()
        return str(answer["sid"])

    def error_words(self, answer: Answer) -> str:
        said = answer.json
        return f"{said.get('code', '')} {said.get('message', '')}" if isinstance(said, dict) else ""
