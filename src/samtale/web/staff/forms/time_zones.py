"""The time zones that may be chosen."""

from zoneinfo import available_timezones


def time_zones(present: str) -> list[tuple[str, str]]:
    """Return the zones that are called after places, and the one in use whatever it is called."""
    names = {name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix"))}
    return [(name, name.replace("_", " ")) for name in sorted((names | {"UTC", present}) - {""})]
