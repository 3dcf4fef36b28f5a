"""What each provider calls a bounce, in the shape in which it documents its calls."""

import json
from base64 import b64encode
from typing import Any

import pytest
from anymail.webhooks.amazon_ses import AmazonSESTrackingWebhookView
from anymail.webhooks.mailersend import MailerSendTrackingWebhookView
from anymail.webhooks.mandrill import MandrillCombinedWebhookView
from anymail.webhooks.postal import PostalTrackingWebhookView
from anymail.webhooks.resend import ResendTrackingWebhookView
from django.test import Client, RequestFactory

from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from samtale.recruiting.domain.queries.reach import came_back_from, dead_addresses
from samtale.recruiting.models import Correspondence
from samtale.recruiting.notifications import BOUNCE
from samtale.web.hooks.bounces import is_about_address
from tests.factories.outbox import make_message
from tests.factories.recruiting import make_application
from tests.integration.hooks.test_email import configured, tell

pytestmark = pytest.mark.django_db

ADDRESS = "amina@example.org"
STAMP = 1780000000
SETTINGS = {
    "postmark": "server_token=t",
    "sendgrid": "api_key=k",
    "brevo": "api_key=k",
    "sparkpost": "api_key=k",
    "mailjet": "api_key=k&secret_key=s",
    "mailgun": "api_key=k&sender_domain=example.org",
}


@pytest.fixture
def message(clock) -> Message:
    application = make_application(email=ADDRESS)
    message = make_message(state=State.SENT, recipient_address=ADDRESS)
    Correspondence.objects.create(message=message, project=application.project, application=application)
    return message


def postmark(public_id: str, kind: str, record: str = "Bounce") -> Any:
    return {
        "RecordType": record,
        "ID": 42,
        "Type": kind,
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "Metadata": {"samtale": public_id},
        "Description": "The server was unable to deliver your message.",
        "Details": "smtp;550 5.1.1 not here" if kind == "HardBounce" else "The mail server did not take it.",
        "Email": ADDRESS,
        "BouncedAt": "2026-05-29T20:26:40Z",
    }


def sendgrid(public_id: str, event: str, **fields: Any) -> Any:
    common = {
        "email": ADDRESS,
        "timestamp": STAMP,
        "smtp-id": "<x@y>",
        "sg_event_id": "e",
        "sg_message_id": "m",
    }
    return [common | {"event": event, "samtale": public_id} | fields]


def brevo(public_id: str, event: str) -> Any:
    return {
        "event": event,
        "email": ADDRESS,
        "ts_epoch": STAMP * 1000,
        "message-id": "<x@smtp-relay>",
        "X-Mailin-custom": json.dumps({"samtale": public_id}),
        "reason": "server is down",
    }


def sparkpost(public_id: str, type_: str, bounce_class: str) -> Any:
    event = {
        "type": type_,
        "bounce_class": bounce_class,
        "event_id": "92356927693813856",
        "raw_rcpt_to": ADDRESS,
        "rcpt_meta": {"samtale": public_id},
        "timestamp": str(STAMP),
        "transmission_id": "65832150921904138",
        "raw_reason": "MAIL REFUSED",
    }
    return [{"msys": {"message_event": event}}]


def mailjet(public_id: str, event: str, hard: bool, related: str, error: str) -> Any:
    return {
        "event": event,
        "time": STAMP,
        "MessageID": 13792286917004336,
        "email": ADDRESS,
        "Payload": json.dumps({"samtale": public_id}),
        "blocked": False,
        "hard_bounce": hard,
        "error_related_to": related,
        "error": error,
    }


def call(client: Client, settings: Any, provider: str, body: Any) -> int:
    configured(settings, f"anymail://{provider}?{SETTINGS[provider]}&webhook_secret=user:password")
    headers = {"Authorization": f"Basic {b64encode(b'user:password').decode()}"}
    address = f"/hooks/email/{provider}/"
    posted = client.post(address, json.dumps(body), content_type="application/json", headers=headers)
    return posted.status_code


BODIES = [
    ("postmark", postmark, ("HardBounce",), {}, "bounced"),
    ("postmark", postmark, ("BadEmailAddress",), {}, "bounced"),
    ("postmark", postmark, ("ManuallyDeactivated",), {}, "bounced"),
    ("postmark", postmark, ("SoftBounce",), {}, "not_taken"),
    ("postmark", postmark, ("Blocked",), {}, "not_taken"),
    ("postmark", postmark, ("DMARCPolicy",), {}, "not_taken"),
    ("postmark", postmark, ("SMTPApiError",), {}, "not_taken"),
    ("postmark", postmark, ("Transient",), {}, "delayed"),
    ("postmark", postmark, ("DnsError",), {}, "delayed"),
    ("postmark", postmark, ("AutoResponder",), {}, ""),
    ("postmark", postmark, ("SpamComplaint", "SpamComplaint"), {}, "complained"),
    ("sendgrid", sendgrid, ("bounce",), {"type": "bounce", "reason": "550 5.1.1 not here"}, "bounced"),
    ("sendgrid", sendgrid, ("bounce",), {"type": "blocked", "reason": "550 spam list"}, "not_taken"),
    ("sendgrid", sendgrid, ("bounce",), {"type": "bounce", "reason": "552 5.2.2 mailbox full"}, "not_taken"),
    ("sendgrid", sendgrid, ("deferred",), {"response": "451 try later", "attempt": "3"}, "delayed"),
    ("sendgrid", sendgrid, ("dropped",), {"reason": "Bounced Address"}, "bounced"),
    ("sendgrid", sendgrid, ("dropped",), {"reason": "Spam Content"}, "not_taken"),
    ("brevo", brevo, ("hard_bounce",), {}, "bounced"),
    ("brevo", brevo, ("invalid_email",), {}, "bounced"),
    ("brevo", brevo, ("blocked",), {}, "bounced"),
    ("brevo", brevo, ("soft_bounce",), {}, "not_taken"),
    ("brevo", brevo, ("deferred",), {}, "delayed"),
    ("sparkpost", sparkpost, ("bounce", "10"), {}, "bounced"),
    ("sparkpost", sparkpost, ("bounce", "30"), {}, "bounced"),
    ("sparkpost", sparkpost, ("bounce", "1"), {}, "bounced"),
    ("sparkpost", sparkpost, ("bounce", "22"), {}, "not_taken"),
    ("sparkpost", sparkpost, ("out_of_band", "70"), {}, "not_taken"),
    ("sparkpost", sparkpost, ("bounce", "51"), {}, "not_taken"),
    ("sparkpost", sparkpost, ("delay", "21"), {}, "delayed"),
    ("mailjet", mailjet, ("bounce", True, "recipient", "user unknown"), {}, "bounced"),
    ("mailjet", mailjet, ("bounce", False, "recipient", "quota exceeded"), {}, "not_taken"),
    ("mailjet", mailjet, ("bounce", False, "domain", "greylisted"), {}, "delayed"),
    ("mailjet", mailjet, ("blocked", False, "recipient", "blacklisted"), {}, "bounced"),
    ("mailjet", mailjet, ("blocked", False, "content", "content blocked"), {}, "not_taken"),
]


@pytest.mark.filterwarnings("ignore:django-anymail has dropped official support for SendGrid")
@pytest.mark.parametrize(("provider", "make", "args", "fields", "expected"), BODIES)
def test_what_is_called_a_bounce(client, settings, message, provider, make, args, fields, expected):
    assert call(client, settings, provider, make(str(message.public_id), *args, **fields)) == 200

    message.refresh_from_db()
    outcomes = list(message.deliveries.values_list("outcome", flat=True))
    assert outcomes == ([expected] if expected else [])
    came_back = expected in ("bounced", "not_taken")
    assert message.state == (State.FAILED if came_back else State.SENT)
    assert message.receipt == (expected if expected != "delayed" else "")
    application = message.correspondence.application
    assert came_back_from([application.pk]) == ({application.pk} if expected == "bounced" else set())
    assert bool(dead_addresses(application.candidate)) == (expected == "bounced")


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        ("HardBounce", "Melding til Amina Hassan 1 kom i retur – Sykepleier, hjemmetjenesten"),
        ("SoftBounce", "Melding til Amina Hassan 1 kom ikke fram – Sykepleier, hjemmetjenesten"),
    ],
)
def test_the_recruiter_is_told_what_it_was(client, settings, message, kind, subject):
    candidate = message.correspondence.application.candidate
    call(client, settings, "postmark", postmark(str(message.public_id), kind))
    notice = Message.objects.get(kind=BOUNCE)
    assert notice.subject == subject.replace("Amina Hassan 1", candidate.name)


def test_what_was_not_taken_may_be_delivered_later_and_not_earlier(client, settings, message):
    def delivered(at: str) -> None:
        body = postmark(str(message.public_id), "", "Delivery") | {"DeliveredAt": at}
        assert call(client, settings, "postmark", body) == 200
        message.refresh_from_db()

    call(client, settings, "postmark", postmark(str(message.public_id), "SoftBounce"))
    delivered("2026-05-29T20:00:00Z")
    assert (message.state, message.receipt) == (State.FAILED, "not_taken")
    message.deliveries.filter(outcome="delivered").delete()
    delivered("2026-05-29T21:00:00Z")
    assert (message.state, message.receipt, message.reason) == (State.SENT, "delivered", "")
    call(client, settings, "postmark", postmark(str(message.public_id), "HardBounce"))
    message.refresh_from_db()
    assert (message.state, message.receipt) == (State.FAILED, "bounced")


def test_a_dead_address_stays_so_whatever_else_is_said_of_the_letter(client, settings, message):
    for kind in ("HardBounce", "SoftBounce"):
        call(client, settings, "postmark", postmark(str(message.public_id), kind))
    message.refresh_from_db()
    assert message.receipt == "bounced"


def test_mailguns_word_for_what_it_gave_up(client, settings, message):
    configured(settings, "anymail://mailgun?api_key=k&sender_domain=example.org&webhook_signing_key=key")
    status = {"code": 602, "message": "Too old"}
    fields = {"severity": "permanent", "reason": "old", "delivery-status": status}
    assert tell(client, "failed", message, **fields) == 200
    message.refresh_from_db()
    assert message.receipt == "not_taken"


# Those whose calls can only be checked with packages that are not ours: read as anymail reads them.


def ses(bounce_type: str, subtype: str, code: str = "smtp; 550 5.1.1 not here") -> Any:
    recipients = [{"emailAddress": ADDRESS, "diagnosticCode": code}]
    bounce = {"bounceType": bounce_type, "bounceSubType": subtype, "bouncedRecipients": recipients}
    event = {"eventType": "Bounce", "bounce": bounce, "mail": {"messageId": "m", "destination": [ADDRESS]}}
    [found] = object.__new__(AmazonSESTrackingWebhookView).esp_to_anymail_events(event, {"MessageId": "s"})
    return found


@pytest.mark.parametrize(
    ("bounce_type", "subtype", "code", "expected"),
    [
        ("Permanent", "General", "smtp; 550 5.1.1 not here", True),
        ("Permanent", "Suppressed", "Amazon SES has suppressed it", True),
        ("Transient", "MailboxFull", "smtp; 552 5.2.2 full", False),
        ("Transient", "General", "smtp; 550 5.1.1 strange", False),
        ("Undetermined", "Undetermined", "smtp; 450 4.4.7 expired", False),
        ("Undetermined", "Undetermined", "smtp; 550 5.1.1 not here", True),
    ],
)
def test_amazon_ses(bounce_type, subtype, code, expected):
    assert is_about_address("amazon_ses", ses(bounce_type, subtype, code)) is expected


@pytest.mark.parametrize(("kind", "expected"), [("hard_bounce", True), ("soft_bounce", False)])
def test_mandrill(kind, expected):
    raw = {"event": kind, "ts": STAMP, "_id": "x", "msg": {"email": ADDRESS, "diag": "smtp;550 5.1.1"}}
    event = object.__new__(MandrillCombinedWebhookView).mandrill_tracking_to_anymail_event(raw)
    assert is_about_address("mandrill", event) is expected


@pytest.mark.parametrize(("kind", "expected"), [("hard_bounced", True), ("soft_bounced", False)])
def test_mailersend(kind, expected):
    raw = {"type": f"activity.{kind}", "data": {"type": kind, "created_at": "2026-05-29T20:00:00Z"}}
    event = object.__new__(MailerSendTrackingWebhookView).esp_to_anymail_event(raw)
    assert is_about_address("mailersend", event) is expected


@pytest.mark.parametrize(("kind", "expected"), [("Permanent", True), ("Transient", False), (None, True)])
def test_resend(kind, expected):
    bounce = {"message": "The recipient's email provider sent a bounce message."} | (
        {"type": kind} if kind else {}
    )
    raw = {
        "type": "email.bounced",
        "created_at": "2026-05-29T20:00:00Z",
        "data": {"bounce": bounce, "to": [ADDRESS]},
    }
    request = RequestFactory().post("/")
    event = object.__new__(ResendTrackingWebhookView).esp_to_anymail_event(raw, request)
    assert is_about_address("resend", event) is expected


def test_postals_word_for_a_bounce():
    payload = {"status": "HardFail", "output": "550 5.1.1 not here", "message": {"to": ADDRESS}}
    body = json.dumps({"timestamp": STAMP, "payload": payload})
    request = RequestFactory().post("/", body, content_type="application/json")
    [event] = object.__new__(PostalTrackingWebhookView).parse_events(request)
    assert is_about_address("postal", event) is True
