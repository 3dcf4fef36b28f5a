"""Twilio's Messages resource: twilio://ACCOUNT_SID:AUTH_TOKEN@?from=… or ?service=MG…"""

from typing import Any

from samtale.outbox.transports.sms import Sms
from samtale.outbox.transports.sms.door import usable
from samtale.outbox.transports.sms.http import HttpGateway


class TwilioTransport(HttpGateway):
    name = "twilio"
    default_url = "https://api.twilio.com"
    options = HttpGateway.options | {"service"}

    def send(self, parcel: Sms) -> str:
        parcel = usable(parcel)
        form = {"To": parcel.recipient, "Body": parcel.text}
        if service := self.query.get("service"):
            form["MessagingServiceSid"] = service
        else:
            form["From"] = self.query.get("from", parcel.sender)
        if parcel.receipt_url:
            form["StatusCallback"] = parcel.receipt_url
        answer = self.post(f"/2010-04-01/Accounts/{self.user}/Messages.json", data=form)
        if not isinstance(answer, dict) or not answer.get("sid"):
            raise self.unreadable()
        return str(answer["sid"])

    def error_words(self, answer: Any) -> str:
        return f"{answer.get('code', '')} {answer.get('message', '')}" if isinstance(answer, dict) else ""
