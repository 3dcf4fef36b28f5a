"""Whose clock a page goes by."""

from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from samtale.accounts.models import Organisation, User


def reader_zone(user: User) -> ZoneInfo:
    """Return the time zone in which `user` reads times: their own choice, or else the organisation's."""
    if user.time_zone and (zone := _known(user.time_zone)):
        return zone
    return ZoneInfo(Organisation.current().time_zone)


@cache
def _known(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ValueError, ZoneInfoNotFoundError):  # a zone that this system does not know (any longer)
        return None
