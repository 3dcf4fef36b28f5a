"""Reads what a calendar program answers to an invitation (iTIP, RFC 5546: REPLY and COUNTER)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from icalendar import Calendar, Event

from samtale.core.text import plain_text
from samtale.inbox.letters import CalendarPart, IncomingLetter

_LARGEST = 500_000  # characters
# Neither is needed: whoever answers names a zone that is known, a rule in it could take hours to follow, and
# an alarm that cannot be understood would take the answer with it.
_NOT_NEEDED = re.compile(r"(?ims)^BEGIN:(VTIMEZONE|VALARM)\b.*?^END:\1[^\n]*\n?")
_ANSWERS = ("REPLY", "COUNTER")
_SAYS_IT_ANSWERS = re.compile(r"(?im)^METHOD:\s*(REPLY|COUNTER)\s*$")
# Where Outlook, in its user's language, goes on with what it answers to, or of itself.
_QUOTED = re.compile(
    r"(?m)^\s*(?:-{5}\s?\w[^\n]*-{5}|_{10,}|[*~]{5,}|(?:When|Når|När|Where|Hvor|Var|From|Fra|Från):\s.*"
    r"|(?:Get|Hent|Hämta|Skaffa) Outlook\b.*|(?:Sent from|Sendt fra|Skickat från)\b.*)\s*$"
)
_YEARS = range(2000, 2101)


class NotAnAnswer(Exception):
    """The letter holds no answer of a calendar. `was_meant` says that a program meant it to be one."""

    def __init__(self, *, was_meant: bool) -> None:
        super().__init__(was_meant)
        self.was_meant = was_meant


class Said(StrEnum):
    """What was answered."""

    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    TENTATIVE = "TENTATIVE"
    COUNTER = "COUNTER"  # another time is proposed


@dataclass(frozen=True)
class Reply:
    """`sequence` is that of the appointment which was answered, or None where the program does not say.
    `start` is when that began, or for a COUNTER when it shall begin instead: an instant (UTC), a time on a
    clock that nobody here knows (without a zone), or a day. `comment` is what the candidate wrote."""

    said: Said
    sequence: int | None
    start: datetime | date | None
    comment: str
    stamped_at: datetime | None


def reply_in(letter: IncomingLetter, *, uid: str) -> Reply:
    """Return the answer that a letter holds to the appointment whose UID begins with `uid`.

    Raises:
        NotAnAnswer: there is none, or none that can be understood.
    """
    for part in letter.calendars:
        if reply := _read(part, letter.text, uid.lower()):
            return reply
    was_meant = any(
        part.method in _ANSWERS or _SAYS_IT_ANSWERS.search(part.text[:_LARGEST]) for part in letter.calendars
    )
    raise NotAnAnswer(was_meant=was_meant or letter.is_outlooks_own)


def _read(part: CalendarPart, text: str, uid: str) -> Reply | None:
    if len(part.text) > _LARGEST:
        return None
    try:
        for calendar, event in _events(part.text.replace("\r\n", "\n"), uid):
            method = str(calendar.get("METHOD", "") or part.method).upper()
            said = Said.COUNTER if method == "COUNTER" else _said(event)
            if method in _ANSWERS and said:
                return Reply(
                    said=said,
                    sequence=_sequence(event),
                    start=_start(event),
                    comment=_comment(event) or _outlook_text(calendar, text),
                    stamped_at=_instant(_when(event, "DTSTAMP")),
                )
    # The library raises whatever its parts do on what was never meant for it.
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError):
        pass
    return None


def _events(text: str, uid: str) -> Iterator[tuple[Any, Event]]:
    """Yield the events that are our appointment, which is none of a series, with their calendars."""
    calendars: Any = Calendar.from_ical(_NOT_NEEDED.sub("", text), multiple=True)
    for calendar in calendars:
        for event in calendar.walk("VEVENT"):
            is_ours = str(event.get("UID", "")).strip().lower().startswith(uid)
            if is_ours and "RECURRENCE-ID" not in event:
                yield calendar, event


def _said(event: Event) -> Said | None:
    """Return what the one who answers says. Several in one answer have to agree."""
    answers = {str(each.params.get("PARTSTAT", "")).upper() for each in _several(event, "ATTENDEE")}
    answers.discard("NEEDS-ACTION")
    if len(answers) != 1:
        return None
    [answer] = answers
    return Said(answer) if answer in ("ACCEPTED", "DECLINED", "TENTATIVE") else None


def _sequence(event: Event) -> int | None:
    try:
        return int(str(event["SEQUENCE"]))
    except (LookupError, ValueError, TypeError):
        return None


def _start(event: Event) -> datetime | date | None:
    value = _when(event, "DTSTART")
    return _instant(value) or value


def _when(event: Event, name: str) -> datetime | date | None:
    """Return a time as it is written; None where there is none, or none that anybody can mean."""
    try:
        value = getattr(event.get(name), "dt", None)
    except (ValueError, AttributeError, TypeError):
        return None
    return value if isinstance(value, date) and value.year in _YEARS else None


def _instant(value: datetime | date | None) -> datetime | None:
    is_known = isinstance(value, datetime) and value.tzinfo is not None
    return value.astimezone(UTC) if is_known else None  # type: ignore[union-attr]


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
    return plain_text(_QUOTED.split(plain_text(text), maxsplit=1)[0]).strip()


def _several(event: Event, name: str) -> Iterable[Any]:
    value = event.get(name)
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
