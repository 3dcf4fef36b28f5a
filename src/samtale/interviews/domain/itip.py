"""Reads what a calendar program answers to an invitation (iTIP, RFC 5546: REPLY and COUNTER)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from icalendar import Calendar, Event

from samtale.core.text import plain_text
from samtale.inbox.letters import IncomingLetter

_LARGEST = 100_000  # bytes
# Not needed, for whoever answers names a zone that is known, and a rule in it could take hours to follow.
_TIME_ZONES = re.compile(rb"(?ims)^BEGIN:VTIMEZONE.*?^END:VTIMEZONE[^\n]*\n?")
# Where Outlook goes on with what it answers to.
_QUOTED = re.compile(r"^(-{5}\s?\w[^\n]*-{5}|_{10,})\s*$", re.MULTILINE)


class NotAnAnswer(Exception):
    """The letter holds no answer of a calendar."""


class Said(StrEnum):
    """What was answered."""

    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    TENTATIVE = "TENTATIVE"
    COUNTER = "COUNTER"  # another time is proposed


@dataclass(frozen=True)
class Reply:
    """`sequence` is that of the appointment which was answered, or None where the program does not say.
    `start` is when that began, or for a COUNTER the proposed start. Instants are in UTC."""

    said: Said
    sequence: int | None
    start: datetime | None
    comment: str
    stamped_at: datetime | None


def reply_in(letter: IncomingLetter) -> Reply:
    """Return the answer that a letter holds.

    Raises:
        NotAnAnswer: there is none, or none that can be understood.
    """
    for content in letter.calendars:
        if reply := _read(content, letter.text):
            return reply
    raise NotAnAnswer


def _read(content: bytes, text: str) -> Reply | None:
    if len(content) > _LARGEST:
        return None
    try:
        calendar: Any = Calendar.from_ical(_TIME_ZONES.sub(b"", content.replace(b"\r\n", b"\n")))
        event = next((each for each in calendar.walk("VEVENT") if isinstance(each, Event)), None)
        method = str(calendar.get("METHOD", "")).upper()
        if event is None or method not in ("REPLY", "COUNTER"):
            return None
        said = Said.COUNTER if method == "COUNTER" else _said(event)
        if said is None:
            return None
        return Reply(
            said=said,
            sequence=_sequence(event),
            start=_instant(event, "DTSTART"),
            comment=_comment(event) or _outlook_text(calendar, text),
            stamped_at=_instant(event, "DTSTAMP"),
        )
    # The library raises whatever its parts do on what was never meant for it.
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError):
        return None


def _said(event: Event) -> Said | None:
    """Return what the one who answers says. Several in one answer have to agree."""
    answers = {str(each.params.get("PARTSTAT", "")).upper() for each in _several(event, "ATTENDEE")}
    answers.discard("NEEDS-ACTION")
    if len(answers) != 1:
        return None
    [answer] = answers
    return Said(answer) if answer in ("ACCEPTED", "DECLINED", "TENTATIVE") else None


def _sequence(event: Event) -> int | None:
    value = event.get("SEQUENCE")
    return None if value is None else int(value)


def _instant(event: Event, name: str) -> datetime | None:
    """Return the property as an instant; None where it has no zone that is known here."""
    value = getattr(event.get(name), "dt", None)
    if not isinstance(value, datetime) or value.tzinfo is None:
        return None
    return value.astimezone(UTC)


def _comment(event: Event) -> str:
    """Return what was written to the answer: in COMMENT, or, by Google Calendar, beside the answer itself."""
    beside = [each.params.get("X-RESPONSE-COMMENT", "") for each in _several(event, "ATTENDEE")]
    texts = [plain_text(str(each)).strip() for each in (*_several(event, "COMMENT"), *beside)]
    return "\n".join(filter(None, texts))


def _outlook_text(calendar: Calendar, text: str) -> str:
    """Return what was written to the answer in Outlook, which puts it into the letter alone; others write a
    sentence of their own there."""
    if "microsoft" not in str(calendar.get("PRODID", "")).lower():
        return ""
    return plain_text(_QUOTED.split(text, maxsplit=1)[0]).strip()


def _several(event: Event, name: str) -> Iterable[Any]:
    value = event.get(name)
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
