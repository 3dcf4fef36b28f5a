"""Those whom iCalendar objects name by their address."""

from icalendar import vCalAddress, vText

from samtale.accounts.models import Organisation

# A name stands in quotes, and programs differ in what they make of these there: libical loses the address
# after a backslash at the end, and many show the signs of RFC 6868 as they stand.
_IN_NAMES = str.maketrans({'"': "'", "\\": "/", "\n": " ", "\r": " ", "\t": " "})


def person(address: str, name: str) -> vCalAddress:
    """Return an ORGANIZER or ATTENDEE whose name all programs read alike."""
    found = vCalAddress(f"mailto:{address}")
    found.params["CN"] = vText(" ".join(name.translate(_IN_NAMES).split()))
    return found


def organiser(organisation: Organisation, *, address: str = "") -> vCalAddress:
    """Return the employer, without whom no published or cancelled event is complete (RFC 5546, 3.2).

    Answers go to `address` where there is one."""
    return person(address or organisation.sender_email, organisation.name)
