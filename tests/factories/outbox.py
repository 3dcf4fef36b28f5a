"""Letters, messages and templates with sensible values, and kinds that only tests know."""

from datetime import UTC, datetime
from typing import Any

from samtale.outbox.domain.queue import Letter, domain_of
from samtale.outbox.domain.render import render
from samtale.outbox.kinds import Attachment, MessageKind, Wording
from samtale.outbox.models import Message, MessageTemplate
from samtale.outbox.tags import Tag

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TAGS = (Tag("name", "Name"), Tag("place", "Place", by_staff=True), Tag("confirmlink", "Link", is_link=True))
CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
TEXT = "Hei {name},\n\nVi møtes på {place}.\n\n{confirmlink}\n\nHilsen oss"


def answer_address(message: Message, tag: str) -> str:
    return f"https://samtale.example.org/a/{message.public_id.hex}?tag={tag}"


def make_kind(slug: str = "test.letter", **fields: Any) -> MessageKind:
    """A kind of e-mail with a link and, as an attachment, an appointment."""
    parts: dict[str, Any] = {
        "label": "Test letter",
        "channel": "email",
        "tags": TAGS,
        "defaults": {
            "nb": Wording("Emne", "Innhold", "Signatur", {"reminder": "email", "days": 2}),
            "en": Wording("Subject", "Content", "Signature"),
        },
        "link_address": answer_address,
        "attachments": lambda message: [
            Attachment("invite.ics", CALENDAR, "text/calendar; charset=utf-8; method=PUBLISH")
        ],
    }
    return MessageKind(slug=slug, **parts | fields)


LETTER = make_kind()
SMS = make_kind("test.sms", channel="sms", attachments=None)


def make_content(text: str = TEXT, **values: str) -> list[list[str]]:
    """Segments of `text`, its values filled in."""
    values = {"name": "Amina Hassan", "place": "Rådhuset"} | values
    return render(text, values=values, links={"confirmlink": "Svar på innkallingen"})


def make_letter(**fields: Any) -> Letter:
    parts: dict[str, Any] = {
        "kind": LETTER.slug,
        "recipient_name": "Amina Hassan",
        "recipient_address": "amina@example.org",
        "language": "nb",
        "content": make_content(),
        "subject": "Invitasjon til intervju – Sykepleier",
        "due_at": NOON,
    }
    return Letter(**parts | fields)


def make_message(**fields: Any) -> Message:
    """A message that waits, due at `NOON`, written without the queue."""
    due_at = fields.get("due_at", NOON)
    fields = {
        "kind": LETTER.slug,
        "channel": "email",
        "language": "nb",
        "recipient_name": "Amina Hassan",
        "recipient_address": "amina@example.org",
        "subject": "Invitasjon til intervju – Sykepleier",
        "content": make_content(),
        "created_at": due_at,
        "due_at": due_at,
        "try_at": due_at,
    } | fields
    fields.setdefault("domain", domain_of(fields["recipient_address"]))
    return Message.objects.create(**fields)


def make_sms(**fields: Any) -> Message:
    return make_message(
        **{"kind": SMS.slug, "channel": "sms", "recipient_address": "+4791234567", "subject": ""} | fields
    )


def make_template(**fields: Any) -> MessageTemplate:
    fields = {
        "kind": LETTER.slug,
        "language": "nb",
        "subject": "Eget emne",
        "content": "Eget innhold",
    } | fields
    return MessageTemplate.objects.create(**fields)
