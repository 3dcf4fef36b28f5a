"""A letter that has come in, as far as anybody here needs it. Everything in it is a stranger's."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

_RECIPIENTS = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To", "Cc")
_CALENDARS = ("text/calendar", "application/ics", "text/x-vcalendar")
_OUTLOOKS_OWN = ("application/ms-tnef", "application/vnd.ms-tnef")  # "winmail.dat", which hides what is in it
_MOST_CALENDARS = 5
LARGEST = 1024 * 1024  # bytes; an answer from a calendar takes a few thousand
_LONGEST_TEXT = 20_000  # characters


class NotALetter(Exception):
    """What came cannot be read as an e-mail."""


@dataclass(frozen=True)
class CalendarPart:
    """An iCalendar object, unread. `method` is what the letter says of it, in capitals, or ""."""

    text: str
    method: str = ""


@dataclass(frozen=True, kw_only=True)
class IncomingLetter:
    """`recipients` are bare addresses. `arrived_at` is when a server of ours had it, `dated` what its
    sender's clock says, or None. `text` is its plain text. `is_outlooks_own` says that it comes in a form
    which Outlook alone reads."""

    message_id: str
    recipients: tuple[str, ...]
    arrived_at: datetime
    dated: datetime | None
    is_automatic: bool
    calendars: tuple[CalendarPart, ...]
    text: str
    is_outlooks_own: bool = False

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
            parts = list(_parts(message))
            return cls(
                message_id=str(message.get("Message-ID", "")).strip(),
                recipients=(*envelope, *_recipients(message)),
                arrived_at=arrived_at,
                dated=_date(str(message.get("Date", ""))),
                is_automatic=str(message.get("Auto-Submitted", "no")).strip().lower() != "no",
                calendars=tuple(dict.fromkeys(_calendars(parts)))[:_MOST_CALENDARS],
                text=_text(parts),
                is_outlooks_own=any(part.get_content_type() in _OUTLOOKS_OWN for part in parts),
            )
        # The library promises to read anything, and does not: parts may be nested deeper than it can follow.
        except (RecursionError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise NotALetter from error

    def digest(self, mark: str) -> str:
        """Return what this letter to `mark` is known by, so that it is taken once however often it comes."""
        digest = hashlib.sha256(f"{mark}\0{self.message_id}\0".encode("utf-8", "surrogateescape"))
        for text in [each.text for each in self.calendars] or [self.text]:
            digest.update(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest())
        return digest.hexdigest()


def _parts(message: Message) -> Iterator[Message]:
    """Yield what the letter itself consists of, and nothing of letters that go along with it."""
    if message.get_content_maintype() == "message":
        return
    yield message
    if message.is_multipart():
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from _parts(part)


def _recipients(message: Message) -> Iterator[str]:
    values = [str(value) for name in _RECIPIENTS for value in message.get_all(name, [])]
    return (address for _name, address in getaddresses(values) if address)


def _date(value: str) -> datetime | None:
    try:
        dated = parsedate_to_datetime(value)
        return (dated if dated.tzinfo else dated.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _calendars(parts: Sequence[Message]) -> Iterator[CalendarPart]:
    for part in parts:
        is_file = str(part.get_filename() or "").lower().endswith(".ics")
        if part.get_content_type() in _CALENDARS or is_file:
            method = part.get_param("method", "")
            yield CalendarPart(_decoded(part), method.upper() if isinstance(method, str) else "")


def _text(parts: Sequence[Message]) -> str:
    for part in parts:
        if part.get_content_type() == "text/plain" and part.get_content_disposition() != "attachment":
            return _decoded(part)[:_LONGEST_TEXT]
    return ""


def _decoded(part: Message) -> str:
    """Return the part as text: as its head says, or, where that is not so, as most programs write."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    for charset in (part.get_content_charset() or "utf-8-sig", "utf-8-sig", "utf-16", "cp1252"):
        if charset == "utf-16" and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            return content.decode(charset).removeprefix("\ufeff")
        except (LookupError, UnicodeError):
            continue
    return content.decode("utf-8", "replace")
