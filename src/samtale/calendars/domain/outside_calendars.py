"""Connects calendars that users have elsewhere, changes what is done with them, and lets them go."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import transaction

from samtale.accounts.models import User
from samtale.calendars.models import OutsideCalendar
from samtale.core import audit
from samtale.core.sealed import Unreadable, seal, unseal

MOST_CALENDARS = 20
# However often somebody presses the button.
BETWEEN_REFRESHES = timedelta(minutes=1)


class TooManyCalendars(Exception):
    """The user has as many as one may have."""


@dataclass(frozen=True)
class Access:
    """Where a calendar is, and what opens it."""

    address: str
    user: str = ""
    password: str = ""

    @property
    def host(self) -> str:
        return urlsplit(self.address).hostname or ""


@dataclass(frozen=True)
class Use:
    """What is done with a calendar."""

    label: str
    counts_as_busy: bool = True
    receives_interviews: bool = False
    with_names: bool = True


@transaction.atomic
def connect(*, kind: str, access: Access, use: Use, by: User, now: datetime) -> OutsideCalendar:
    """Remember a calendar of `by`. The worker looks at it next.

    Raises:
        TooManyCalendars: they have `MOST_CALENDARS`.
    """
    if OutsideCalendar.objects.filter(user=by).count() >= MOST_CALENDARS:
        raise TooManyCalendars
    calendar = OutsideCalendar.objects.create(
        user=by,
        kind=kind,
        host=access.host,
        sealed_access=seal(asdict(access)),
        created_at=now,
        due_at=now,
        **asdict(use),
    )
    audit.record(
        "calendar.connected", subject=calendar, by=by, now=now, kind=kind, host=access.host, **asdict(use)
    )
    return calendar


@transaction.atomic
def change(
    *, calendar: OutsideCalendar, use: Use, access: Access | None = None, by: User, now: datetime
) -> OutsideCalendar:
    """Do something else with a calendar, or reach it in another way if `access` is given.

    What it is no longer wanted for goes at once: busy times here, and, the next time the worker looks,
    interviews there.
    """
    held = OutsideCalendar.objects.select_for_update(of=("self",)).get(pk=calendar.pk)
    for name, value in asdict(use).items():
        setattr(held, name, value)
    if access is not None:
        if _address(held) != access.address:
            held.copies.all().delete()  # they stand in another calendar
        held.sealed_access, held.host = seal(asdict(access)), access.host
    if not use.counts_as_busy:
        held.busy_blocks.all().delete()
    _look_anew(held, now)
    held.save()
    audit.record(
        "calendar.changed",
        subject=held,
        by=by,
        now=now,
        host=held.host,
        access=access is not None,
        **asdict(use),
    )
    return held


@transaction.atomic
def disconnect(*, calendar: OutsideCalendar, by: User, now: datetime) -> None:
    """Let a calendar go, with all busy times that were read from it. The worker takes out the interviews that
    were written to it and are still ahead, and then forgets it."""
    held = OutsideCalendar.objects.select_for_update(of=("self",)).get(pk=calendar.pk)
    audit.record("calendar.disconnected", subject=held, by=by, now=now, label=held.label, host=held.host)
    if not held.copies.exists():
        held.delete()
        return
    held.busy_blocks.all().delete()
    held.counts_as_busy, held.is_leaving = False, True
    _look_anew(held, now)
    held.save()


@transaction.atomic
def refresh_soon(*, calendar: OutsideCalendar, by: User, now: datetime) -> None:
    """Let the worker look at the calendar now, unless it just has."""
    held = OutsideCalendar.objects.select_for_update(of=("self",)).get(pk=calendar.pk)
    last = max(filter(None, (held.refreshed_at, held.failed_at)), default=None)
    if last is not None and last > now - BETWEEN_REFRESHES:
        return
    _look_anew(held, now)
    held.save()
    audit.record("calendar.refresh_asked", subject=held, by=by, now=now)


def access_of(calendar: OutsideCalendar) -> Access:
    """Return how the calendar is reached.

    Raises:
        Unreadable: the key has changed since; somebody must enter it again.
    """
    try:
        return Access(**unseal(calendar.sealed_access))
    except TypeError:
        raise Unreadable from None


def _address(calendar: OutsideCalendar) -> str:
    try:
        return access_of(calendar).address
    except Unreadable:
        return ""


def _look_anew(calendar: OutsideCalendar, now: datetime) -> None:
    """Let the worker begin afresh; one that is at it finds that the calendar is no longer its own."""
    calendar.owner, calendar.lease_until = "", None
    calendar.due_at, calendar.read_at, calendar.failures = now, None, 0
    calendar.etag = calendar.last_modified = ""
