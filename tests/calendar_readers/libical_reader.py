"""Reads iCalendar objects with libical, run by the Python that Debian's bindings are made for.

Each line of the input is an object as a JSON string, each line of the output what was read of it.
"""

import json
import sys

try:
    import gi

    gi.require_version("ICalGLib", "3.0")
    from gi.repository import ICalGLib
except (ImportError, ValueError) as error:
    print(json.dumps({"missing": str(error)}), flush=True)
    sys.exit()

Kind = ICalGLib.PropertyKind


def read(text):
    calendar = ICalGLib.Component.new_from_string(text)
    if calendar is None:
        return {"method": None, "errors": ["libical reads nothing"], "events": []}
    ICalGLib.restriction_check(calendar)
    events = [each for each in walk(calendar) if each.isa() == ICalGLib.ComponentKind.VEVENT_COMPONENT]
    return {
        "method": value(calendar, Kind.METHOD_PROPERTY),
        "errors": [
            found.get_value_as_string()
            for component in walk(calendar)
            for found in properties(component, Kind.XLICERROR_PROPERTY)
        ],
        "events": [event(each) for each in events],
    }


def event(found):
    return {
        "uid": found.get_uid(),
        "sequence": int(value(found, Kind.SEQUENCE_PROPERTY) or 0),
        "stamp": instant(found, Kind.DTSTAMP_PROPERTY),
        "start": instant(found, Kind.DTSTART_PROPERTY),
        "end": instant(found, Kind.DTEND_PROPERTY),
        "summary": found.get_summary(),
        "description": found.get_description(),
        "location": found.get_location(),
        "status": value(found, Kind.STATUS_PROPERTY),
        "transparency": value(found, Kind.TRANSP_PROPERTY),
        "url": value(found, Kind.URL_PROPERTY),
        "organizer": next(map(person, properties(found, Kind.ORGANIZER_PROPERTY)), None),
        "attendees": [person(each) for each in properties(found, Kind.ATTENDEE_PROPERTY)],
        "alarms": [
            each.get_trigger().get_duration().as_int()
            for alarm in walk(found)
            for each in properties(alarm, Kind.TRIGGER_PROPERTY)
        ],
    }


def walk(component):
    yield component
    child = component.get_first_component(ICalGLib.ComponentKind.ANY_COMPONENT)
    while child is not None:
        yield from walk(child)
        child = component.get_next_component(ICalGLib.ComponentKind.ANY_COMPONENT)


def properties(component, kind):
    found = component.get_first_property(kind)
    while found is not None:
        yield found
        found = component.get_next_property(kind)


def value(component, kind):
    found = component.get_first_property(kind)
    return found and found.get_value_as_string()


def instant(component, kind):
    """Return seconds since 1970; None where there is no time, or one without a zone."""
    found = component.get_first_property(kind)
    time = found and found.get_datetime_with_component(component)
    if time is None or not (time.is_utc() or time.get_timezone()):
        return None
    return time.as_timet_with_zone(time.get_timezone())


def person(found):
    return {
        "address": found.get_value_as_string(),
        "name": parameter(found, ICalGLib.ParameterKind.CN_PARAMETER, "get_cn"),
        "answer": parameter(found, ICalGLib.ParameterKind.PARTSTAT_PARAMETER, ""),
        "asked": parameter(found, ICalGLib.ParameterKind.RSVP_PARAMETER, ""),
    }


def parameter(found, kind, getter):
    first = found.get_first_parameter(kind)
    if first is None:
        return None
    return getattr(first, getter)() if getter else first.as_ical_string().partition("=")[2]


print(json.dumps({"missing": None}), flush=True)
for line in sys.stdin:
    print(json.dumps(read(json.loads(line))), flush=True)
