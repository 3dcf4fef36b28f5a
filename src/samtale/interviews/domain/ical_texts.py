"""What people wrote, as a text in an iCalendar object (RFC 5545, 3.3.11)."""

from icalendar import vText

_ESCAPED = str.maketrans(
    {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\t": "\t"}
    | {chr(code): None for code in (*range(32), 127) if chr(code) not in "\n\t"}
)


def escaped(value: str) -> str:
    """Return `value` as it is written, without what may not stand in it."""
    return value.translate(_ESCAPED)


class Words(vText):
    """A text that is read as it was written. The library's own takes a backslash and an N, as in
    "C:\\Nord", for the end of a line."""

    def to_ical(self) -> bytes:
        return escaped(self).encode()
