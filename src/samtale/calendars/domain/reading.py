"""Reads one outside calendar: when its user is busy, and nothing else of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from samtale.accounts.zones import reader_zone
from samtale.calendars.caldav import Dav
from samtale.calendars.domain.expand import Stretch, busy_in
from samtale.calendars.domain.outside_calendars import Access
from samtale.calendars.models import OutsideCalendar
from samtale.calendars.troubles import check_status, trouble_of
from samtale.core.outside import Asker, OutsideError

BACK, AHEAD = timedelta(weeks=1), timedelta(weeks=26)
# What has not changed is read again after a day all the same, for the days that have come into sight.
READ_AGAIN = timedelta(days=1)


@dataclass(frozen=True)
class Reading:
    """What was found. `busy` is None where nothing has changed since the last time."""

    busy: list[Stretch] | None
    etag: str
    last_modified: str = ""


def read(calendar: OutsideCalendar, access: Access, *, now: datetime) -> Reading:
    """Return when the calendar's user is busy, from a week ago to 26 weeks ahead.

    Raises:
        Trouble: it cannot be read.
    """
    is_fresh = calendar.read_at is not None and calendar.read_at > now - READ_AGAIN
    how = _by_caldav if calendar.kind == OutsideCalendar.Kind.CALDAV else _by_address
    try:
        with Asker(home=access.address, user=access.user, password=access.password) as asker:
            objects, etag, last_modified = how(calendar, access, asker, is_fresh, now)
    except OutsideError as error:
        raise trouble_of(error) from None
    if objects is None:
        return Reading(None, etag, last_modified)
    user = calendar.user
    busy = busy_in(objects, start=now - BACK, end=now + AHEAD, zone=reader_zone(user), email=user.email)
    return Reading(busy, etag, last_modified)


_Read = tuple[list[bytes] | None, str, str]


def _by_address(
    calendar: OutsideCalendar, access: Access, asker: Asker, is_fresh: bool, now: datetime
) -> _Read:
    headers = {"Accept": "text/calendar, */*;q=0.5"}
    if is_fresh and calendar.etag:
        headers["If-None-Match"] = calendar.etag
    elif is_fresh and calendar.last_modified:
        headers["If-Modified-Since"] = calendar.last_modified
    answer = asker.ask("GET", access.address, headers=headers)
    if answer.status == 304 and is_fresh:
        return None, calendar.etag, calendar.last_modified
    check_status(answer)
    etag, last_modified = answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", "")
    # Half of one would match nothing, or something else.
    return [answer.body], etag if len(etag) <= 500 else "", last_modified if len(last_modified) <= 100 else ""


def _by_caldav(
    calendar: OutsideCalendar, access: Access, asker: Asker, is_fresh: bool, now: datetime
) -> _Read:
    server = Dav(asker)
    version = server.version(access.address)
    if is_fresh and version and version == calendar.etag:
        return None, version, ""
    return server.objects(access.address, start=now - BACK, end=now + AHEAD), version, ""
