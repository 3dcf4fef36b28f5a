"""Interviews as iCalendar (RFC 5545) for those who attend or follow them, written line by line.

A feed of thousands would keep a web process busy for seconds if each were built as an object. Times are in
UTC, which every reader shows on its owner's wall clock.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar.parser import Contentline

from samtale.accounts.models import Organisation
from samtale.calendars.uids import interview_uid
from samtale.interviews.domain.ical_people import organiser
from samtale.interviews.domain.ical_texts import escaped
from samtale.interviews.domain.queries.published import Published
from samtale.interviews.models.interview import InterviewType, Round
from samtale.interviews.models.invitation import MeetingStatus

_MOST_BYTES = 75


def feed_title(label: str, organisation: Organisation) -> str:
    """Return what a calendar program calls the feed that its user named `label`."""
    return _("%(label)s – interviews at %(organisation)s") % {
        "label": label,
        "organisation": organisation.name,
    }


class Writer:
    """Writes in the active language, with the candidates' names or without them."""

    def __init__(self, *, with_names: bool, now: datetime) -> None:
        self._with_names = with_names
        self._stamp = _instant(now)
        self._host = urlsplit(settings.SITE_URL).hostname or ""
        # Looked up once: there may be thousands of interviews.
        address = settings.SITE_URL + reverse("staff:interview", args=[0])
        self._page, _zero, self._rest_of_page = address.rpartition("0")
        self._rounds = {value: str(label) for value, label in Round.choices}
        self._types = {value: str(label) for value, label in InterviewType.choices}
        self._answers = {value: str(label) for value, label in MeetingStatus.choices}
        self._number, self._names = _("Applicants: %(number)d"), _("Recruiters: %(names)s")

    def feed(self, interviews: Iterable[Published], *, title: str, organisation: Organisation) -> bytes:
        """Return a calendar to subscribe to. Programs are asked to look again every half hour."""
        published_by = organiser(organisation)
        organizer = str(Contentline.from_parts("ORGANIZER", published_by.params, published_by))
        opening = [
            *_OPENING,
            "METHOD:PUBLISH",
            f"X-WR-CALNAME:{escaped(title)}",
            "REFRESH-INTERVAL;VALUE=DURATION:PT30M",
            "X-PUBLISHED-TTL:PT30M",
        ]
        events = [_folded(self.event(interview, organizer)) for interview in interviews]
        return b"".join([_folded(opening), *events, _folded([_CLOSING])])

    def single(self, interview: Published) -> bytes:
        """Return a calendar with one interview, to be put into a collection.

        That has neither METHOD (RFC 4791, 4.1) nor ORGANIZER, in whose name a server might write to people.
        """
        return _folded([*_OPENING, *self.event(interview), _CLOSING])

    def uid(self, interview: Published) -> str:
        return interview_uid(interview.id, host=self._host)

    def event(self, interview: Published, organizer: str = "") -> Iterator[str]:
        """Yield the lines of one interview, the one that names its organiser among them.

        SEQUENCE rises with its version, and when it is off.
        """
        yield "BEGIN:VEVENT"
        yield f"UID:{self.uid(interview)}"
        yield f"DTSTAMP:{self._stamp}"
        yield f"DTSTART:{_instant(interview.start)}"
        yield f"DTEND:{_instant(interview.end)}"
        yield f"SEQUENCE:{2 * (interview.version - 1) + interview.is_off}"
        yield f"STATUS:{'CANCELLED' if interview.is_off else 'CONFIRMED'}"
        # Others' interviews are there to be seen; they take nobody's time.
        yield f"TRANSP:{'OPAQUE' if interview.is_mine and not interview.is_off else 'TRANSPARENT'}"
        yield f"SUMMARY:{escaped(self._summary(interview))}"
        if interview.location:
            yield f"LOCATION:{escaped(interview.location)}"
        yield f"DESCRIPTION:{escaped(self._description(interview))}"
        yield f"URL:{self._page}{interview.id}{self._rest_of_page}"
        if organizer:
            yield organizer
        if self._with_names:
            yield "CLASS:PRIVATE"
        yield "END:VEVENT"

    def _summary(self, interview: Published) -> str:
        parts = [self._rounds.get(interview.round, ""), interview.title]
        if self._with_names and interview.candidates:
            names = [name for name, _status in interview.candidates[:_NAMED]]
            more = len(interview.candidates) - len(names)
            parts.insert(1, ", ".join(names) + (f" +{more}" if more else ""))
        return " – ".join(filter(None, parts))

    def _description(self, interview: Published) -> str:
        lines = [self._types.get(interview.type, "")]
        if self._with_names:
            lines += [f"{name}: {self._answers.get(status, '')}" for name, status in interview.candidates]
        elif interview.candidates:
            lines.append(self._number % {"number": len(interview.candidates)})
        if interview.interviewers:
            lines.append(self._names % {"names": ", ".join(interview.interviewers)})
        if interview.video_link:
            lines.append(interview.video_link)
        return "\n".join(lines)


_NAMED = 3
_OPENING = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Samtale//Samtale//NO", "CALSCALE:GREGORIAN")
_CLOSING = "END:VCALENDAR"


def _instant(value: datetime) -> str:
    """Write an instant that is in UTC already, as everything from the database is."""
    return f"{value:%Y%m%dT%H%M%S}Z"


def _folded(lines: Iterable[str]) -> bytes:
    """Return whole lines as bytes, each broken after 75 of them, never inside a character."""
    written: list[bytes] = []
    for line in lines:
        encoded = line.encode()
        while len(encoded) > _MOST_BYTES:
            cut = _MOST_BYTES
            while encoded[cut] & 0xC0 == 0x80:
                cut -= 1
            written.append(encoded[:cut])
            encoded = b" " + encoded[cut:]
        written.append(encoded)
    written.append(b"")
    return b"\r\n".join(written)
