"""Writes a user's interviews to their calendar elsewhere, by comparing what ought to be there with what was
written. What has not changed costs no request; what went wrong is put right the next time.

Samtale is right about its interviews: whatever their owner did to a copy is overwritten when the interview
changes. A copy that they deleted stays away until then.
"""

import time
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urljoin

from samtale.calendars.caldav import Conflict, Dav
from samtale.calendars.domain.outside_calendars import Access
from samtale.calendars.followers import Wanted, wanted_of
from samtale.calendars.models import Copy, OutsideCalendar
from samtale.calendars.troubles import Problem, Trouble, trouble_of
from samtale.core.outside import Asker, OutsideError

SECONDS = 120.0


def write(
    calendar: OutsideCalendar, access: Access, *, now: datetime, should_stop: Callable[[], bool]
) -> bool:
    """Make the calendar hold what it ought to. Say whether that is done; if not, it goes on the next time.

    Raises:
        Trouble: the server does not let it, or cannot be reached.
    """
    until = time.monotonic() + SECONDS
    wanted = {each.uid: each for each in _wanted(calendar, now)}
    copies = {copy.uid: copy for copy in calendar.copies.order_by("pk")}
    past = [copy.pk for copy in copies.values() if copy.uid not in wanted and copy.end <= now]
    Copy.objects.filter(pk__in=past).delete()
    gone = [copy for copy in copies.values() if copy.uid not in wanted and copy.end > now]
    changed = [
        each for each in wanted.values() if each.uid not in copies or copies[each.uid].digest != each.digest
    ]
    if not gone and not changed:
        return True
    try:
        with Asker(home=access.address, user=access.user, password=access.password) as asker:
            copier = _Copier(calendar, access, Dav(asker))
            for copy in gone:
                if should_stop() or time.monotonic() > until:
                    return False
                copier.take_out(copy)
            for each in changed:
                if should_stop() or time.monotonic() > until:
                    return False
                copier.put(each, copies.get(each.uid))
    except OutsideError as error:
        raise trouble_of(error) from None
    return True


def _wanted(calendar: OutsideCalendar, now: datetime) -> list[Wanted]:
    if calendar.is_leaving or not calendar.receives_interviews or not calendar.user.is_active:
        return []
    return [each for find in wanted_of for each in find(calendar.user, calendar.with_names, now)]


class _Copier:
    """Puts copies into one calendar and takes them out, and notes each at once."""

    def __init__(self, calendar: OutsideCalendar, access: Access, server: Dav) -> None:
        self._calendar = calendar
        self._folder = access.address.rstrip("/") + "/"
        self._server = server

    def put(self, wanted: Wanted, copy: Copy | None) -> None:
        name = copy.name if copy else f"samtale-{wanted.uid.partition('@')[0]}.ics"
        url = urljoin(self._folder, name)
        # A server that told no ETag is asked for it: without one the write would be of a new object only.
        etag = copy.etag or self._server.etag(url) or "" if copy else ""
        try:
            etag = self._server.put(url, wanted.content, etag=etag)
        except Conflict:
            etag = self._put_over(url, wanted.content)
        values = {"name": name, "etag": etag, "digest": wanted.digest, "end": wanted.end}
        Copy.objects.update_or_create(calendar=self._calendar, uid=wanted.uid, defaults=values)

    def take_out(self, copy: Copy) -> None:
        url = urljoin(self._folder, copy.name)
        try:
            self._server.delete(url, etag=copy.etag)
        except Conflict:
            self._server.delete(url, etag="")
        copy.delete()

    def _put_over(self, url: str, content: bytes) -> str:
        """Write over what somebody has changed, or anew what they deleted."""
        try:
            return self._server.put(url, content, etag=self._server.etag(url) or "")
        except Conflict:  # again, in this moment: the next time
            raise Trouble(Problem.FAILED) from None
