"""Three programs that know nothing of each other, and what each of them reads of an iCalendar object.

`read` answers the same of all three; `errors` is what each reader itself finds wrong. libical also checks
what an object with its METHOD must have (RFC 5546), ical.js what it knows and can read.
"""

import json
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

from icalendar import Calendar, Component
from icalendar.parser import Parameters

from scripts.frontend import MODULES

NAMES = ("icalendar", "libical", "ical.js")
_HERE = Path(__file__).parent
_DEBIANS_PYTHON = Path("/usr/bin/python3")
_ICALJS = MODULES / "ical.js" / "dist" / "ical.js"


class Missing(Exception):
    """A reader is not on this machine. Says what to install."""


@dataclass(frozen=True)
class Person:
    """An ORGANIZER or ATTENDEE. `address` begins with "mailto:"."""

    address: str
    name: str | None
    answer: str | None = None
    asked: str | None = None


@dataclass(frozen=True, kw_only=True)
class Event:
    """A VEVENT. Times are instants in UTC, None where they are missing or nobody's; `alarms` are in seconds
    after the start."""

    uid: str | None
    sequence: int
    stamp: datetime | None
    start: datetime | None
    end: datetime | None
    summary: str | None
    description: str | None
    location: str | None
    status: str | None
    transparency: str | None
    url: str | None
    organizer: Person | None
    attendees: tuple[Person, ...]
    alarms: tuple[int, ...]


@dataclass(frozen=True)
class Read:
    """A VCALENDAR. `errors`: what the reader finds wrong with it."""

    method: str | None
    events: tuple[Event, ...]
    errors: tuple[str, ...]


class Reader(Protocol):
    """One of the programs. Close it by leaving its `with`."""

    def read(self, content: bytes) -> Read: ...

    def __enter__(self) -> "Reader": ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def open_reader(name: str) -> Reader:
    """Start one of `NAMES`. Raises `Missing` where it is not here."""
    if name == "icalendar":
        return _Icalendar()
    if name == "libical":
        if not _DEBIANS_PYTHON.exists():
            raise Missing(_LIBICAL)
        reader = _Process(str(_DEBIANS_PYTHON), "-I", str(_HERE / "libical_reader.py"))
        if missing := reader.said()["missing"]:
            reader.close()
            raise Missing(f"{_LIBICAL} ({missing})")
        return reader
    if not (node := shutil.which("node")) or not _ICALJS.exists():
        raise Missing("there is no ical.js: `make setup` installs it where Node is")
    return _Process(node, str(_HERE / "icaljs_reader.mjs"), _ICALJS.as_uri())


_LIBICAL = "there is no libical: install Debian's gir1.2-ical-3.0 and python3-gi"


class _Process:
    """A reader in a process of its own, which answers line by line."""

    def __init__(self, *command: str) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def __enter__(self) -> "_Process":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()

    def said(self) -> Any:
        assert self._process.stdout
        line = self._process.stdout.readline()
        assert line, "the reader is gone; what it said of it is above"
        return json.loads(line)

    def read(self, content: bytes) -> Read:
        assert self._process.stdin
        # `decode` also finds letters that a fold has cut in two.
        self._process.stdin.write(json.dumps(content.decode()) + "\n")
        self._process.stdin.flush()
        said = self.said()
        return Read(said["method"], tuple(map(_event, said["events"])), tuple(said["errors"]))


def _event(said: dict[str, Any]) -> Event:
    times = {
        name: None if said[name] is None else datetime.fromtimestamp(said[name], UTC)
        for name in ("stamp", "start", "end")
    }
    people = {
        "organizer": said["organizer"] and Person(**said["organizer"]),
        "attendees": tuple(Person(**each) for each in said["attendees"]),
    }
    return Event(**said | times | people | {"alarms": tuple(said["alarms"])})


class _Icalendar:
    """The package with which Samtale itself reads others' calendars."""

    def __enter__(self) -> "_Icalendar":
        return self

    def __exit__(self, *_error: object) -> None: ...

    def read(self, content: bytes) -> Read:
        calendar = Calendar.from_ical(content)
        return Read(
            _text(calendar, "method"),
            tuple(self._event(each) for each in calendar.walk("VEVENT")),
            tuple(str(error) for component in calendar.walk() for error in component.errors),
        )

    def _event(self, found: Component) -> Event:
        attendees = found.get("attendee", [])
        return Event(
            uid=_text(found, "uid"),
            sequence=int(found.get("sequence", 0)),
            stamp=_instant(found, "dtstamp"),
            start=_instant(found, "dtstart"),
            end=_instant(found, "dtend"),
            summary=_text(found, "summary"),
            description=_text(found, "description"),
            location=_text(found, "location"),
            status=_text(found, "status"),
            transparency=_text(found, "transp"),
            url=_text(found, "url"),
            organizer=_person(found["organizer"]) if "organizer" in found else None,
            attendees=tuple(map(_person, attendees if isinstance(attendees, list) else [attendees])),
            alarms=tuple(int(alarm["trigger"].dt.total_seconds()) for alarm in found.walk("VALARM")),
        )


def _text(component: Component, name: str) -> str | None:
    return str(component[name]) if name in component else None


def _instant(component: Component, name: str) -> datetime | None:
    value = component[name].dt if name in component else None
    return value.astimezone(UTC) if isinstance(value, datetime) and value.tzinfo else None


def _person(value: Any) -> Person:
    def parameter(name: str) -> str | None:
        parameters: Parameters = value.params
        return str(parameters[name]) if name in parameters else None

    return Person(str(value), parameter("CN"), parameter("PARTSTAT"), parameter("RSVP"))
