"""Answers by e-mail that a provider took: Mailgun signs its calls, Postmark knows the secret."""

import hashlib
import hmac
import json
from base64 import b64encode
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.test import Client
from pytest_django import Settings

from samtale.core.inbox import _CHECKED_BY, inbox
from samtale.interviews.domain.ical import mailed_calendar
from samtale.interviews.models import Invitation
from samtale.interviews.models.invitation import MeetingStatus
from tests import calendar_answers
from tests.calendar_answers import organiser_of
from tests.factories.interviews import make_invitation

pytestmark = pytest.mark.django_db

STAMP, TOKEN, KEY = "1780000000", "token", "signing-key"


def configured(settings: Settings, url: str) -> None:
    found = inbox(url, "*@answers.example.org")
    settings.INBOX_ADDRESS, settings.INBOX_MAILBOX, settings.INBOX_HOOK = found


@pytest.fixture
def invitation(settings: Settings) -> Invitation:
    configured(settings, f"anymail://mailgun?webhook_signing_key={KEY}")
    return make_invitation()


@pytest.fixture
def letter(invitation: Invitation) -> EmailMessage:
    """The invitation as a mail program has it, for what it answers to."""
    now = datetime.now(UTC)
    content, _method = mailed_calendar(invitation, now=now, organisation=None, language="nb")
    whole = EmailMessage()
    whole.set_content("text")
    whole.add_attachment(content, maintype="text", subtype="calendar")
    return message_from_bytes(whole.as_bytes(), policy=policy.default)


def by_mailgun(client: Client, content: bytes, to: str, *, key: str = KEY) -> int:
    """Mailgun's call with the whole letter in `body-mime`."""
    signature = hmac.new(key.encode(), f"{STAMP}{TOKEN}".encode(), hashlib.sha256).hexdigest()
    form = {
        "recipient": to,
        "sender": "someone@elsewhere.example",
        "body-mime": content.decode(),
        "timestamp": STAMP,
        "token": TOKEN,
        "signature": signature,
    }
    return client.post("/hooks/inbox/mailgun/mime/", form).status_code


def answered(letter: EmailMessage, said: str = "ACCEPTED") -> bytes:
    return calendar_answers.gmail(letter, said, at=datetime.now(UTC), by="ase@elsewhere.example")


def status_of(invitation: Invitation) -> str:
    invitation.refresh_from_db()
    return invitation.meeting_status


def test_an_answer_counts_and_twice_is_once(client: Client, invitation: Invitation, letter: EmailMessage):
    content = answered(letter)
    assert by_mailgun(client, content, organiser_of(letter)) == 200
    assert status_of(invitation) == MeetingStatus.ACCEPTED

    Invitation.objects.update(meeting_status=MeetingStatus.AWAITING, answered_at=None)
    assert by_mailgun(client, content, organiser_of(letter)) == 200
    assert status_of(invitation) == MeetingStatus.AWAITING


def test_a_call_with_a_wrong_signature_is_not_believed(client: Client, invitation, letter):
    assert by_mailgun(client, answered(letter), organiser_of(letter), key="guessed") == 400
    assert status_of(invitation) == MeetingStatus.AWAITING


def test_a_letter_to_nobody_is_thanked_for(client: Client, invitation, letter):
    assert by_mailgun(client, b"Subject: x\r\n\r\nx", "info@answers.example.org") == 200
    assert (
        by_mailgun(client, b"\x00\xff".decode("latin-1").encode(), "a" * 42 + "@answers.example.org") == 200
    )


def test_nonsense_is_no_letter(client: Client, invitation):
    assert client.post("/hooks/inbox/mailgun/", {"a": "b"}).status_code == 400
    assert client.post("/hooks/inbox/mailgun/", "{", content_type="application/json").status_code == 400


def test_only_the_provider_in_use_may_call(client: Client, invitation, settings: Settings):
    assert client.post("/hooks/inbox/postmark/", {}).status_code == 404
    assert client.post("/hooks/inbox/nobody/", {}).status_code == 404
    assert client.get("/hooks/inbox/mailgun/").status_code == 405
    settings.INBOX_HOOK = None
    assert client.post("/hooks/inbox/mailgun/", {}).status_code == 404


def test_postmark_sends_the_object_as_a_file(client: Client, invitation, settings: Settings):
    configured(settings, "anymail://postmark?webhook_secret=user:p%26ss")
    now = datetime.now(UTC)
    content, _method = mailed_calendar(invitation, now=now, organisation=None, language="nb")
    whole = EmailMessage()
    whole.add_attachment(content, maintype="text", subtype="calendar")
    calendar = calendar_answers.apple(whole, "DECLINED", at=now, by="ase@elsewhere.example")
    [part] = [p for p in message_from_bytes(calendar).walk() if p.get_content_type() == "text/calendar"]
    to = organiser_of(whole)
    body = {
        "From": "ase@elsewhere.example",
        "OriginalRecipient": to,
        "To": to,
        "Subject": "Declined",
        "TextBody": "",
        "Headers": [{"Name": "Message-ID", "Value": "<1@elsewhere.example>"}],
        "Attachments": [
            {
                "Name": "invite.ics",
                "Content": b64encode(part.get_payload(decode=True)).decode(),
                "ContentType": "text/calendar; method=REPLY",
            }
        ],
    }

    def call(secret: str) -> int:
        basic = b64encode(secret.encode()).decode()
        return client.post(
            "/hooks/inbox/postmark/",
            json.dumps(body),
            content_type="application/json",
            headers={"authorization": f"Basic {basic}"},
        ).status_code

    assert call("user:guessed") == 400
    assert status_of(invitation) == MeetingStatus.AWAITING
    assert call("user:p&ss") == 200
    assert status_of(invitation) == MeetingStatus.NOT_ACCEPTED


@pytest.mark.parametrize("provider", sorted(_CHECKED_BY))
@pytest.mark.filterwarnings("ignore:django-anymail has dropped official support for SendGrid")
def test_every_provider_that_can_be_set_checks_its_calls(client: Client, settings: Settings, provider: str):
    configured(settings, f"anymail://{provider}?{_CHECKED_BY[provider]}=user:password")

    assert client.post(f"/hooks/inbox/{provider}/", {"a": "b"}).status_code == 400
