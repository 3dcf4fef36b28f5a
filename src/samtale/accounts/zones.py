"""Whose clock a page or a letter goes by, and how it says so where several are meant."""

from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samtale.accounts.models import Organisation, User
from samtale.accounts.places import place_in_words

# Written out, since Django's own formats leave out the weekday.
_DATE_FORMATS = {"nb": "l j. F", "en": "l j F", "sv": "l j F"}


def reader_zone(user: User) -> ZoneInfo:
    """Return the time zone in which `user` reads times: their own choice, or else the organisation's."""
    if zone := known_zone(user.time_zone):
        return zone
    return ZoneInfo(Organisation.current().time_zone)


@cache
def known_zone(name: str) -> ZoneInfo | None:
    """Return the zone called `name`, or None where none was chosen or this system does not know it (any
    longer)."""
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return None


def zone_in_words(zone: ZoneInfo) -> str:
    """Return whose time it is, in the active language, such as "Norwegian time" or "London time"."""
    if zone.key == "Europe/Oslo":
        return _("Norwegian time")
    if zone.key == "Europe/Stockholm":
        return _("Swedish time")
    return _("%(city)s time") % {"city": place_in_words(zone.key)}


def read_alike(one: ZoneInfo, other: ZoneInfo, *moments: datetime) -> bool:
    """Say whether clocks in both zones show the same at each of `moments` (aware instants)."""
    return all(_offset(moment, one) == _offset(moment, other) for moment in moments)


def beside(start: datetime, end: datetime, *, shown: ZoneInfo, reader: ZoneInfo) -> str:
    """Return what stands behind a time from `start` to `end` (aware instants) on the clock of `shown` for
    somebody who lives by that of `reader`: whose time it is, and when it starts for them, such as "Norwegian
    time (09:00 London time)". "" where both clocks show the same.

    Every page and letter that tells a time to somebody elsewhere says it in this way, in the active language.
    """
    if read_alike(shown, reader, start, end):
        return ""
    theirs = start.astimezone(reader)
    day = "" if theirs.date() == start.astimezone(shown).date() else f"{short_date(theirs)} "
    return f"{zone_in_words(shown)} ({day}{clock_time(theirs)} {zone_in_words(reader)})"


def clock_time(local: datetime) -> str:
    """Return the hour and minute of `local` (aware, as `astimezone` gives it), such as "09:00".

    In the hour that clocks show twice, when they go back, with the offset: "01:30 (UTC-4)" comes an hour
    before "01:30 (UTC-5)". The sign is a hyphen, since a minus sign would make an SMS cost more.
    """
    if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
        return f"{local:%H:%M}"
    return f"{local:%H:%M} ({_offset_in_words(local.utcoffset() or timedelta())})"


def _offset_in_words(offset: timedelta) -> str:
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    if not (hours or minutes):
        return "UTC"
    return f"UTC{'-' if offset < timedelta() else '+'}{hours}{f':{minutes:02}' if minutes else ''}"


def short_date(local: datetime) -> str:
    """Return the weekday and the date without the year, in the active language."""
    return date_format(local, _DATE_FORMATS[translation.get_language() or "nb"])


def _offset(moment: datetime, zone: ZoneInfo) -> object:
    return moment.astimezone(zone).utcoffset()
