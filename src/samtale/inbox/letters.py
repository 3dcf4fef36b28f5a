"""A letter that has come in, as far as anybody here needs it. Everything in it is a stranger's."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

_RECIPIENTS = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To", "Cc")
_CALENDARS = ("text/calendar", "application/ics")
_MOST_CALENDARS = 5
LARGEST = 1024 * 1024  # bytes; an answer from a calendar takes a few thousand
_LONGEST_TEXT = 20_000  # characters


class NotALetter(Exception):
    """What came cannot be read as an e-mail."""


@dataclass(frozen=True, kw_only=True)
class IncomingLetter:
    """`recipients` are bare addresses. `arrived_at` is when a server of ours had it, `dated` what its
    sender's clock says, or None. `calendars` are iCalendar objects, unread; `text` is its plain text."""

    message_id: str
    recipients: tuple[str, ...]
    arrived_at: datetime
    dated: datetime | None
    is_automatic: bool
    calendars: tuple[bytes, ...]
    text: str

    @classmethod
    def read(cls, content: bytes, *, arrived_at: datetime, envelope: Sequence[str] = ()) -> "IncomingLetter":
        """Read `content`, which was sent to the addresses in `envelope`, where these are known.

        Raises:
            NotALetter: it is too large, or too entangled.
        """
        if len(content) > LARGEST:
            raise NotALetter
        try:
            message = message_from_bytes(content)
            parts = list(message.walk())
            return cls(
                message_id=str(message.get("Message-ID", "")).strip(),
                recipients=(*envelope, *_recipients(message)),
                arrived_at=arrived_at,
                dated=_date(str(message.get("Date", ""))),
                is_automatic=str(message.get("Auto-Submitted", "no")).strip().lower() != "no",
                calendars=tuple(dict.fromkeys(_contents(parts, _CALENDARS)))[:_MOST_CALENDARS],
                text=_text(parts),
            )
        # The library promises to read anything, and does not: parts may be nested deeper than it can follow.
        except (RecursionError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise NotALetter from error

    def digest(self, mark: str) -> str:
        """Return what this letter to `mark` is known by, so that it is taken once however often it comes."""
        digest = hashlib.sha256(f"{mark}\0{self.message_id}\0".encode("utf-8", "surrogateescape"))
        for content in self.calendars or (self.text.encode("utf-8", "surrogateescape"),):
            digest.update(hashlib.sha256(content).digest())
        return digest.hexdigest()


def _recipients(message: Message) -> Iterator[str]:
    values = [str(value) for name in _RECIPIENTS for value in message.get_all(name, [])]
    return (address for _name, address in getaddresses(values) if address)


def _date(value: str) -> datetime | None:
    try:
        dated = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return (dated if dated.tzinfo else dated.replace(tzinfo=UTC)).astimezone(UTC)


def _contents(parts: Sequence[Message], types: Sequence[str]) -> Iterator[bytes]:
    for part in parts:
        if part.get_content_type() in types and isinstance(content := part.get_payload(decode=True), bytes):
            yield content


def _text(parts: Sequence[Message]) -> str:
    for part in parts:
        if part.get_content_type() != "text/plain" or part.get_content_disposition() == "attachment":
            continue
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            continue
        try:
            return content.decode(part.get_content_charset() or "utf-8", "replace")[:_LONGEST_TEXT]
        except LookupError:
            return content.decode("utf-8", "replace")[:_LONGEST_TEXT]
    return ""
