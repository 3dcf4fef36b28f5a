"""Reads iCalendar objects that others wrote, and says when their owner is taken. Nothing else is kept.

It runs in a process of its own, see `domain.expand`: what strangers write may take hours to work out, or more
memory than there is, and letters must go on leaving meanwhile. So it knows neither Django nor the database.
"""

import json
import resource
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Component

from samtale.calendars.uids import is_ours

Stretch = tuple[datetime, datetime]

_DAY = timedelta(days=1)
_TOO_OFTEN = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
_MOST_TIMES_A_DAY = 24
_CPU_SECONDS = 30
_MOST_MEMORY = 1024 * 1024 * 1024  # bytes of address space


class NotACalendar(Exception):
    """It is no iCalendar object."""


class TooMuch(Exception):
    """A series repeats more often than anybody meets."""


@dataclass(frozen=True)
class Reader:
    """Whose calendar it is and what of it is wanted: from `start` to `end` (UTC).

    Whole days, and times that name no zone, are those of `zone`. `email` is the owner's, who is free where
    they declined. Appointments that the installation at `host` made are left out.
    """

    start: datetime
    end: datetime
    zone: ZoneInfo
    email: str
    host: str

    def busy(self, objects: Sequence[bytes]) -> list[Stretch]:
        """Return when the owner of the calendar is taken, in UTC, by start; stretches that meet are one.

        Raises:
            NotACalendar: one of `objects` is none.
            TooMuch: a series repeats too often.
        """
        found: list[Stretch] = []
        for each in objects:
            for calendar in _parsed(each):
                found += self._free_busy(calendar)
                found += self._events(calendar)
        return _merged(self._clipped(found))

    def _events(self, calendar: Component) -> Iterator[Stretch]:
        calendar.subcomponents = [each for each in calendar.subcomponents if self._may_matter(each)]
        query = recurring_ical_events.of(calendar, skip_bad_series=True)
        # A day more on either side: whole days and times without a zone begin elsewhere in UTC.
        for event in query.between(self.start - _DAY, self.end + _DAY):
            if not self._is_free(event):
                stretch = self._stretch(event)
                if stretch:
                    yield stretch

    def _may_matter(self, component: Component) -> bool:
        """Leave out what is long past, which is most of an old calendar, and what is ours."""
        if component.name != "VEVENT":
            return component.name == "VTIMEZONE"
        if is_ours(str(component.get("UID", "")), host=self.host) or "DTSTART" not in component:
            return False
        for rule in _many(component.get("RRULE")):
            _check_rule(rule)
        if any(name in component for name in ("RRULE", "RDATE", "RECURRENCE-ID")):
            return True
        stretch = self._stretch(component)
        return stretch is not None and stretch[1] > self.start and stretch[0] < self.end

    def _is_free(self, event: Component) -> bool:
        if str(event.get("TRANSP", "")).upper() == "TRANSPARENT":
            return True
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            return True
        if str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() == "FREE":
            return True
        return any(
            str(attendee).lower().removeprefix("mailto:") == self.email.lower()
            and str(attendee.params.get("PARTSTAT", "")).upper() == "DECLINED"
            for attendee in _many(event.get("ATTENDEE"))
            if hasattr(attendee, "params")
        )

    def _stretch(self, component: Component) -> Stretch | None:
        event: Any = component
        try:
            begins = event["DTSTART"].dt
            if "DTEND" in event:
                ends = event["DTEND"].dt
            elif "DURATION" in event:
                ends = begins + event["DURATION"].dt
            else:
                ends = begins if isinstance(begins, datetime) else begins + _DAY
            return self._instant(begins), self._instant(ends)
        except (AttributeError, TypeError, ValueError, OverflowError):  # a value that is none
            return None

    def _instant(self, value: date) -> datetime:
        if not isinstance(value, datetime):
            value = datetime.combine(value, time.min)
        if value.tzinfo is None:
            value = value.replace(tzinfo=self.zone)
        return value.astimezone(UTC)

    def _free_busy(self, calendar: Component) -> Iterator[Stretch]:
        for component in calendar.walk("VFREEBUSY"):
            for periods in _many(component.get("FREEBUSY")):
                if str(getattr(periods, "params", {}).get("FBTYPE", "BUSY")).upper() == "FREE":
                    continue
                for period in _many(getattr(periods, "dts", periods)):
                    begins, ends = getattr(period, "dt", None) or (None, None)
                    if isinstance(begins, datetime):
                        if isinstance(ends, timedelta):
                            ends = begins + ends
                        if isinstance(ends, datetime):
                            yield self._instant(begins), self._instant(ends)

    def _clipped(self, stretches: Sequence[Stretch]) -> list[Stretch]:
        cut = [(max(begins, self.start), min(ends, self.end)) for begins, ends in stretches]
        return [(begins, ends) for begins, ends in cut if begins < ends]


def _parsed(data: bytes) -> list[Component]:
    try:
        calendars = Calendar.from_ical(data.decode("utf-8-sig", "replace"), multiple=True)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        raise NotACalendar from None
    if not calendars or any(each.name != "VCALENDAR" for each in calendars):
        raise NotACalendar
    return list(calendars)


def _check_rule(rule: Any) -> None:
    if str((rule.get("FREQ") or [""])[0]).upper() in _TOO_OFTEN:
        raise TooMuch
    times = 1
    for part in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        times *= max(1, len(_many(rule.get(part))))
    if times > _MOST_TIMES_A_DAY:
        raise TooMuch


def _many(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _merged(stretches: Sequence[Stretch]) -> list[Stretch]:
    merged: list[Stretch] = []
    for begins, ends in sorted(stretches):
        if merged and begins <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], ends))
        else:
            merged.append((begins, ends))
    return merged


def main() -> None:
    """Read what `domain.expand` asks from the standard input, and write the answer as JSON."""
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    asked = json.load(sys.stdin)
    reader = Reader(
        start=datetime.fromisoformat(asked["start"]),
        end=datetime.fromisoformat(asked["end"]),
        zone=ZoneInfo(asked["zone"]),
        email=asked["email"],
        host=asked["host"],
    )
    try:
        busy = reader.busy([each.encode() for each in asked["objects"]])
    except NotACalendar:
        answer: dict[str, Any] = {"problem": "not_a_calendar"}
    except TooMuch:
        answer = {"problem": "too_much"}
    else:
        answer = {"busy": [[begins.isoformat(), ends.isoformat()] for begins, ends in busy]}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
