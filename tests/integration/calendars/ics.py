"""Calendars as others write them."""


def ics(*events: str) -> str:
    """Return a calendar of events, each given by its lines without BEGIN and END."""
    blocks = "".join(f"BEGIN:VEVENT\nDTSTAMP:20260301T000000Z\n{event}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Test//Test//NO\n{blocks}END:VCALENDAR\n"


def event(uid: str = "1@example.org", start: str = "20260316T090000Z", end: str = "20260316T100000Z") -> str:
    return f"UID:{uid}\nSUMMARY:Hemmelig møte\nDTSTART:{start}\nDTEND:{end}"
