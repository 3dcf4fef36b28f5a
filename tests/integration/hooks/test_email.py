"""Mailgun's reports with real signatures, and Postmark's with the shared secret."""

import hashlib
import hmac
import json
from base64 import b64encode
from typing import Any

import pytest
from django.test import Client

from samtale.core.configuration import email
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from samtale.recruiting.models import Correspondence
from samtale.recruiting.notifications import BOUNCE
from tests.factories.outbox import make_message
from tests.factories.recruiting import make_application

pytestmark = pytest.mark.django_db


def configured(settings, url: str) -> None:
    for name, value in email(url).items():
        setattr(settings, name, value)


@pytest.fixture(autouse=True)
def mailgun(settings) -> None:
    configured(settings, "anymail://mailgun?api_key=k&sender_domain=example.org&webhook_signing_key=key")


@pytest.fixture
def message(db: None) -> Message:
    return make_message(state=State.SENT, provider_id="<x@example.org>")


def tell(
    client: Client, event: str, message: Message, *, key: str = "key", message_id: str = "", **data: Any
) -> int:
    stamp, token = "1780000000", "token"
    signature = hmac.new(key.encode(), f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    body = {
        "signature": {"timestamp": stamp, "token": token, "signature": signature},
        "event-data": {
            "event": event,
            "timestamp": 1780000000.0,
            "recipient": message.recipient_address,
            "user-variables": {"samtale": str(message.public_id)},
            "delivery-status": {"message": "550 no such user"},
            **({"message": {"headers": {"message-id": message_id}}} if message_id else {}),
            **data,
        },
    }
    return client.post("/hooks/email/mailgun/", json.dumps(body), content_type="application/json").status_code


def test_a_hard_bounce_fails_the_message_and_twice_is_once(client: Client, message: Message):
    assert tell(client, "failed", message, severity="permanent") == 200
    assert tell(client, "failed", message, severity="permanent") == 200
    assert tell(client, "delivered", message) == 200

    message.refresh_from_db()
    assert (message.state, message.receipt) == (State.FAILED, "bounced")
    assert "550 no such user" in message.reason
    assert message.deliveries.filter(outcome="bounced").count() == 1


def test_a_soft_bounce_changes_nothing(client: Client, message: Message):
    assert tell(client, "failed", message, severity="temporary") == 200

    message.refresh_from_db()
    assert (message.state, message.receipt) == (State.SENT, "")


def test_a_delay_is_noted_once(client: Client, message: Message):
    for _ in range(2):
        assert tell(client, "failed", message, severity="temporary") == 200

    [delay] = message.deliveries.all()
    assert (delay.outcome, "550 no such user" in delay.detail) == ("delayed", True)


def test_a_complaint_leaves_the_letter_sent(client: Client, message: Message):
    assert tell(client, "complained", message) == 200

    message.refresh_from_db()
    assert (message.state, message.receipt) == (State.SENT, "complained")


def test_the_recruiter_is_told_once_however_often_the_provider_calls(client: Client, message: Message):
    application = make_application()
    Correspondence.objects.create(message=message, project=application.project, application=application)

    for _ in range(2):
        assert tell(client, "failed", message, severity="permanent") == 200

    notice = Message.objects.get(kind=BOUNCE)
    assert notice.recipient_address == application.project.owner.email


def test_several_events_in_one_call_and_again_after_503(client: Client, settings):
    """Mailjet sends them in lists. What was recorded before one that is still leaving is not doubled."""
    configured(settings, "anymail://mailjet?api_key=k&secret_key=s&webhook_secret=user:password")
    messages = [make_message(state=state) for state in (State.SENT, State.SENT, State.SENDING)]
    events = ("bounce", "sent", "sent")
    body = [
        {"event": event, "time": 1780000000, "Payload": json.dumps({"samtale": str(message.public_id)})}
        for event, message in zip(events, messages, strict=True)
    ]
    headers = {"Authorization": f"Basic {b64encode(b'user:password').decode()}"}

    def call() -> int:
        sent = json.dumps(body)
        return client.post(
            "/hooks/email/mailjet/", sent, content_type="application/json", headers=headers
        ).status_code

    assert call() == 503
    Message.objects.filter(state=State.SENDING).update(state=State.SENT)
    assert call() == 200

    receipts = Message.objects.order_by("pk").values_list("receipt", flat=True)
    assert list(receipts) == ["bounced", "delivered", "delivered"]
    assert [message.deliveries.count() for message in messages] == [1, 1, 1]


def test_delivered_ends_a_doubt(client: Client, message: Message):
    Message.objects.update(state=State.UNKNOWN)

    assert tell(client, "delivered", message) == 200

    message.refresh_from_db()
    assert (message.state, message.receipt) == (State.SENT, "delivered")


def test_while_the_letter_is_leaving_the_provider_shall_call_again(client: Client, message: Message):
    Message.objects.update(state=State.SENDING)

    assert tell(client, "delivered", message) == 503


def test_a_wrong_signature_is_refused(client: Client, message: Message):
    assert tell(client, "failed", message, key="other", severity="permanent") == 400

    message.refresh_from_db()
    assert message.state == State.SENT


@pytest.mark.parametrize("secret", ["", "&webhook_secret=user:password"])
def test_postmark_needs_the_secret(client: Client, settings, message: Message, secret: str):
    configured(settings, f"anymail://postmark?server_token=t{secret}")
    message_id = "x@example.org"
    body = {
        "RecordType": "Delivery",
        "MessageID": message_id,
        "Metadata": {"samtale": str(message.public_id)},
    }

    def told(secret: str) -> int:
        headers = {"Authorization": f"Basic {b64encode(secret.encode()).decode()}"}
        sent = json.dumps(body)
        return client.post(
            "/hooks/email/postmark/", sent, content_type="application/json", headers=headers
        ).status_code

    assert told("user:wrong") == (400 if secret else 404)
    assert told("user:password") == (200 if secret else 404)
    message.refresh_from_db()
    assert message.receipt == ("delivered" if secret else "")


def test_a_report_of_the_address_before_says_nothing_of_the_one_after(client: Client, message: Message):
    old = message.recipient_address
    assert tell(client, "failed", message, severity="permanent") == 200
    Message.objects.update(
        state=State.SENT, receipt="", recipient_address="right@example.org", provider_id=""
    )

    assert tell(client, "failed", message, severity="permanent", recipient=old) == 200
    message.refresh_from_db()
    assert (message.state, message.receipt) == (State.SENT, "")


def test_a_report_of_the_try_before_says_nothing_of_the_one_after(client: Client, message: Message):
    def failed(message_id: str) -> int:
        return tell(client, "failed", message, severity="permanent", message_id=message_id)

    assert failed("before@example.org") == 200
    message.refresh_from_db()
    assert (message.state, message.receipt) == (State.SENT, "")

    assert failed("x@example.org") == 200
    message.refresh_from_db()
    assert message.state == State.FAILED


@pytest.mark.parametrize(
    "junk",
    [
        "[]",
        "{",
        '{"event-data": 5, "signature": 5}',
        '{"signature": {"timestamp": "1", "token": "é", "signature": "é"}}',
        '{"signature": {"timestamp": "x", "token": "t", "signature": "s"}, "event-data": {}}',
    ],
)
def test_junk_is_refused_and_not_an_error_of_ours(client: Client, message: Message, junk: str):
    answer = client.post("/hooks/email/mailgun/", junk, content_type="application/json")
    assert answer.status_code == 400
