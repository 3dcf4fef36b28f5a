"""Receipts of SMS gateways, signed as they sign them."""

import base64
import hashlib
import hmac

import pytest
from django.test import Client

from samtale.core.logs import masked
from samtale.outbox.domain.parcels import Sender, parcel
from samtale.outbox.domain.receipt_links import receipt_address
from samtale.outbox.models import Message
from samtale.outbox.models.message import Receipt, State
from tests.factories.outbox import NOON, SMS, make_sms

pytestmark = pytest.mark.django_db
TOKEN = "auth-t0ken"


@pytest.fixture(params=["twilio", "46elks"])
def gateway(request, settings) -> str:
    settings.SMS_URL = f"{request.param}://AC1:{TOKEN}@?from=Bergen"
    return request.param


def call(message: Message, gateway: str, status: str, *, secret: str = TOKEN, **more: str):
    address = receipt_address(message.public_id)
    form = {"MessageStatus" if gateway == "twilio" else "status": status, "MessageSid": "SM1", **more}
    signed = address + "".join(f"{name}{form[name]}" for name in sorted(form))
    digest = hmac.new(secret.encode(), signed.encode(), hashlib.sha1).digest()
    path = address.removeprefix("https://samtale.example.org")
    assert path != address
    headers = {"X-Twilio-Signature": base64.b64encode(digest).decode()} if gateway == "twilio" else {}
    return Client().post(path, form, headers=headers)


def fresh(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


def test_a_delivered_message_says_so_once(gateway):
    message = make_sms(state=State.SENT)

    assert [call(message, gateway, status).status_code for status in ("sent", "delivered", "delivered")] == [
        204
    ] * 3

    assert (fresh(message).state, fresh(message).receipt) == (State.SENT, Receipt.DELIVERED)
    assert message.deliveries.count() == 1


def test_one_of_which_nobody_knew_is_settled_and_never_sent_again(gateway):
    arrived, lost = make_sms(state=State.UNKNOWN), make_sms(state=State.UNKNOWN)

    call(arrived, gateway, "delivered")
    call(lost, gateway, "failed")

    assert fresh(arrived).state == State.SENT
    assert fresh(lost).state == State.FAILED
    assert "not delivered" in fresh(lost).reason


def test_one_that_could_not_be_delivered_has_failed_in_twilios_words(settings):
    settings.SMS_URL = f"twilio://AC1:{TOKEN}@?from=Bergen"
    message = make_sms(state=State.SENT)

    call(message, "twilio", "failed", ErrorCode="30003", ErrorMessage="Unreachable handset")

    assert fresh(message).state == State.FAILED
    assert fresh(message).reason == "twilio: Unreachable handset 30003"


def test_a_report_that_comes_too_early_is_asked_for_again(gateway):
    message = make_sms(state=State.SENDING)
    assert call(message, gateway, "delivered").status_code == 503


def test_a_wrong_token_or_another_gateways_is_unknown(gateway, settings):
    message = make_sms(state=State.UNKNOWN)
    address = receipt_address(message.public_id).removeprefix("https://samtale.example.org")
    assert Client().post(address[:-3] + "x/", {"status": "delivered"}).status_code == 404
    other = "46elks" if gateway == "twilio" else "twilio"
    assert Client().post(address.replace(gateway, other), {"status": "delivered"}).status_code == 404
    settings.SMS_URL = f"{other}://AC1:{TOKEN}@?from=Bergen"
    assert Client().post(address.replace(gateway, other), {"status": "delivered"}).status_code == 404
    assert fresh(message).state == State.UNKNOWN


def test_a_call_that_twilio_did_not_sign_is_refused(settings):
    settings.SMS_URL = f"twilio://AC1:{TOKEN}@?from=Bergen"
    message = make_sms(state=State.UNKNOWN)
    assert call(message, "twilio", "delivered", secret="guessed").status_code == 403
    assert fresh(message).state == State.UNKNOWN


def test_the_address_goes_along_where_the_gateway_can_reach_it(settings, gateway):
    message = make_sms()
    sender = Sender("Bergen", "jobb@example.org", "Bergen")
    assert parcel(message, SMS, sender=sender, now=NOON).receipt_url == receipt_address(message.public_id)
    settings.SITE_URL = "http://localhost:8000"
    assert receipt_address(message.public_id) == ""
    settings.SITE_URL = "https://samtale.example.org"
    settings.SMS_URL = "console:"
    assert receipt_address(message.public_id) == ""


def test_the_token_is_not_in_the_log(gateway):
    address = receipt_address(make_sms().public_id)
    assert masked(f"POST {address} 204") == f"POST https://samtale.example.org/hooks/sms/{gateway}/*** 204"
