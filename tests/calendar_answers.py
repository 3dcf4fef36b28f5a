"""Answers to an invitation as the mail and calendar programs of three houses write them.

Each takes the invitation as it arrived, and answers to whatever it says: the address to answer to, UID,
SEQUENCE and times are the invitation's, as these programs repeat them.
"""

import re
from base64 import b64encode
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

_OSLO = ZoneInfo("Europe/Oslo")
# As Windows describes it, with a name that no other system knows.
_WINDOWS_ZONE = """BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""
_APPLE_ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Oslo
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE"""


def calendar_in(letter: EmailMessage) -> Calendar:
    """Return the iCalendar object of an invitation, as a mail program finds it."""
    parts = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    return Calendar.from_ical(parts[0].get_payload(decode=True))


def event_in(letter: EmailMessage) -> Event:
    [event] = calendar_in(letter).walk("VEVENT")
    return event


def organiser_of(letter: EmailMessage) -> str:
    """Return the address to which answers go."""
    return str(event_in(letter)["ORGANIZER"]).removeprefix("mailto:")


def outlook(
    letter: EmailMessage, said: str, *, at: datetime, comment: str = "", text: str = "", by: str = ""
) -> bytes:
    """Outlook with Exchange: zones by their Windows names, the comment in COMMENT, or (`text`) in the letter
    alone, above a quotation."""
    event, who = event_in(letter), by or _attendee(letter)
    lines = [
        "BEGIN:VCALENDAR",
        "METHOD:REPLY",
        "PRODID:Microsoft Exchange Server 2010",
        "VERSION:2.0",
        *_WINDOWS_ZONE.splitlines(),
        "BEGIN:VEVENT",
        f"ATTENDEE;PARTSTAT={said};CN={who}:mailto:{who}",
        *([f"COMMENT;LANGUAGE=nb-NO:{comment}\\n"] if comment else []),
        f"UID:{event['UID']}",
        f"SUMMARY;LANGUAGE=nb-NO:Godtatt: {event['SUMMARY']}",
        f"DTSTART;TZID=W. Europe Standard Time:{_local(event, 'DTSTART')}",
        f"DTEND;TZID=W. Europe Standard Time:{_local(event, 'DTEND')}",
        "CLASS:PUBLIC",
        "PRIORITY:5",
        f"DTSTAMP:{at:%Y%m%dT%H%M%SZ}",
        "TRANSP:OPAQUE",
        "STATUS:CONFIRMED",
        f"SEQUENCE:{event['SEQUENCE']}",
        f"LOCATION;LANGUAGE=nb-NO:{event.get('LOCATION', '')}",
        f"X-MICROSOFT-CDO-APPT-SEQUENCE:{event['SEQUENCE']}",
        "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
        "X-MICROSOFT-CDO-ALLDAYEVENT:FALSE",
        "X-MICROSOFT-DISALLOW-COUNTER:FALSE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    body = f"{text}\r\n\r\n-----Opprinnelig avtale-----\r\nFra: Samtale\r\n" if text else "\r\n"
    return _letter(letter, lines, method="REPLY", subject="Godtatt", text=body, at=at, by=who)


def outlook_counter(letter: EmailMessage, *, start: datetime, at: datetime, comment: str = "") -> bytes:
    """Outlook's "propose new time"."""
    event, who = event_in(letter), _attendee(letter)
    length = event["DTEND"].dt - event["DTSTART"].dt
    lines = [
        "BEGIN:VCALENDAR",
        "METHOD:COUNTER",
        "PRODID:Microsoft Exchange Server 2010",
        "VERSION:2.0",
        *_WINDOWS_ZONE.splitlines(),
        "BEGIN:VEVENT",
        f"ATTENDEE;PARTSTAT=TENTATIVE;CN={who}:mailto:{who}",
        *([f"COMMENT;LANGUAGE=nb-NO:{comment}\\n"] if comment else []),
        f"UID:{event['UID']}",
        f"DTSTART;TZID=W. Europe Standard Time:{start.astimezone(_OSLO):%Y%m%dT%H%M%S}",
        f"DTEND;TZID=W. Europe Standard Time:{(start + length).astimezone(_OSLO):%Y%m%dT%H%M%S}",
        f"DTSTAMP:{at:%Y%m%dT%H%M%SZ}",
        f"SEQUENCE:{event['SEQUENCE']}",
        f"X-MS-OLK-ORIGINALSTART;TZID=W. Europe Standard Time:{_local(event, 'DTSTART')}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return _letter(
        letter, lines, method="COUNTER", subject="Foreslått nytt tidspunkt", text="\r\n", at=at, by=who
    )


def gmail(letter: EmailMessage, said: str, *, at: datetime, comment: str = "", by: str = "") -> bytes:
    """Gmail: times in UTC, the comment beside the attendee, the object twice, a sentence of its own."""
    event, who = event_in(letter), by or _attendee(letter)
    beside = f';X-RESPONSE-COMMENT="{comment}"' if comment else ""
    lines = [
        "BEGIN:VCALENDAR",
        "PRODID:-//Google Inc//Google Calendar 70.9054//EN",
        "VERSION:2.0",
        "CALSCALE:GREGORIAN",
        "METHOD:REPLY",
        "BEGIN:VEVENT",
        f"DTSTART:{event['DTSTART'].dt:%Y%m%dT%H%M%SZ}",
        f"DTEND:{event['DTEND'].dt:%Y%m%dT%H%M%SZ}",
        f"DTSTAMP:{at:%Y%m%dT%H%M%SZ}",
        f"ORGANIZER;CN=Samtale:mailto:{organiser_of(letter)}",
        f"UID:{event['UID']}",
        f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={said};CN={who}",
        f" ;X-NUM-GUESTS=0{beside}:mailto:{who}",
        f"CREATED:{at:%Y%m%dT%H%M%SZ}",
        f"LAST-MODIFIED:{at:%Y%m%dT%H%M%SZ}",
        f"SEQUENCE:{event['SEQUENCE']}",
        "STATUS:CONFIRMED",
        f"SUMMARY:{event['SUMMARY']}",
        "TRANSP:OPAQUE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    text = f"{who} has accepted this invitation.\r\n"
    return _letter(letter, lines, method="REPLY", subject="Accepted", text=text, at=at, by=who, twice=True)


def apple(letter: EmailMessage, said: str, *, at: datetime, comment: str = "", by: str = "") -> bytes:
    """Apple Calendar: IANA zones with rules of its own, properties in order of the alphabet."""
    event, who = event_in(letter), by or _attendee(letter)
    lines = [
        "BEGIN:VCALENDAR",
        "CALSCALE:GREGORIAN",
        "METHOD:REPLY",
        "PRODID:-//Apple Inc.//macOS 15.1//EN",
        "VERSION:2.0",
        *_APPLE_ZONE.splitlines(),
        "BEGIN:VEVENT",
        f"ATTENDEE;CN={who};CUTYPE=INDIVIDUAL;EMAIL={who};PARTSTAT={said}:mailto:{who}",
        *([f"COMMENT:{comment}"] if comment else []),
        f"CREATED:{at:%Y%m%dT%H%M%SZ}",
        f"DTEND;TZID=Europe/Oslo:{_local(event, 'DTEND')}",
        f"DTSTAMP:{at:%Y%m%dT%H%M%SZ}",
        f"DTSTART;TZID=Europe/Oslo:{_local(event, 'DTSTART')}",
        f"LAST-MODIFIED:{at:%Y%m%dT%H%M%SZ}",
        f"ORGANIZER;CN=Samtale:mailto:{organiser_of(letter)}",
        f"SEQUENCE:{event['SEQUENCE']}",
        f"SUMMARY:{event['SUMMARY']}",
        f"UID:{event['UID']}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return _letter(letter, lines, method="REPLY", subject="Godtatt", text="", at=at, by=who)


def ordinary(letter: EmailMessage, *, text: str, at: datetime, is_automatic: bool = False) -> bytes:
    """Words typed to the address, or (`is_automatic`) a holiday reply."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = _attendee(letter), organiser_of(letter), "Re: Intervju"
    mail["Date"], mail["Message-ID"] = format_datetime(at), f"<{at:%s%f}.text@elsewhere.example>"
    if is_automatic:
        mail["Auto-Submitted"] = "auto-replied"
    mail.set_content(text)
    return mail.as_bytes()


def with_lines(content: bytes, **lines: str) -> bytes:
    """Return an answer whose properties of these names are written as in `lines`, or not at all: ""."""
    mail = message_from_bytes(content)
    for part in mail.walk():
        if part.get_content_type() in ("text/calendar", "application/ics"):
            calendar = part.get_payload(decode=True).decode()
            event = calendar.index("BEGIN:VEVENT")
            head, body = calendar[:event], calendar[event:]
            for name, line in lines.items():
                body = re.sub(rf"(?m)^{name}[;:].*\r\n", f"{line}\r\n" if line else "", body)
            part.set_payload(b64encode((head + body).encode()).decode())
    return mail.as_bytes()


def _attendee(letter: EmailMessage) -> str:
    return str(event_in(letter)["ATTENDEE"]).removeprefix("mailto:")


def _local(event: Event, name: str) -> str:
    return f"{event[name].dt.astimezone(_OSLO):%Y%m%dT%H%M%S}"


def _letter(
    invitation: EmailMessage,
    lines: list[str],
    *,
    method: str,
    subject: str,
    text: str,
    at: datetime,
    by: str,
    twice: bool = False,
) -> bytes:
    calendar = "\r\n".join(lines) + "\r\n"
    encoded = b64encode(calendar.encode()).decode()
    wrapped = "\r\n".join(encoded[start : start + 76] for start in range(0, len(encoded), 76))
    calendar_part = (
        f'Content-Type: text/calendar; charset="utf-8"; method={method}\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{wrapped}\r\n"
    )
    inner = [
        f'Content-Type: text/plain; charset="utf-8"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}',
        calendar_part,
    ]
    again = (
        'Content-Type: application/ics; name="invite.ics"\r\nContent-Disposition: attachment\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{wrapped}\r\n"
    )
    body = _multipart("alternative", inner, "inner")
    if twice:
        body = _multipart("mixed", [body, again], "outer")
    name = f"{at:%s%f}.{method}"
    head = (
        f"From: <{by}>\r\nTo: <{organiser_of(invitation)}>\r\nSubject: {subject}\r\n"
        f"Date: {format_datetime(at)}\r\nMessage-ID: <{name}@elsewhere.example>\r\nMIME-Version: 1.0\r\n"
    )
    return (head + body).encode()


def _multipart(subtype: str, parts: list[str], boundary: str) -> str:
    inner = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts)
    return f'Content-Type: multipart/{subtype}; boundary="{boundary}"\r\n\r\n{inner}--{boundary}--\r\n'
