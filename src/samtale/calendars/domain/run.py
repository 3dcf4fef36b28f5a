"""Looks at outside calendars as they fall due: reads busy times from them, and writes interviews to them.

No transaction is open while another server is asked. What comes of it is stored in one, by whoever still
holds the claim: who changed the calendar's settings meanwhile has taken it away.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from samtale.calendars.domain.copying import write
from samtale.calendars.domain.outside_calendars import access_of
from samtale.calendars.domain.reading import Reading, read
from samtale.calendars.models import BusyBlock, Mark, OutsideCalendar
from samtale.calendars.troubles import Problem, Trouble
from samtale.core.owners import is_gone
from samtale.core.sealed import Unreadable, is_current, resealed

logger = logging.getLogger(__name__)

BETWEEN_READINGS = timedelta(minutes=15)
LONGEST_REST = timedelta(hours=12)
LEASE = timedelta(minutes=5)
_MOST_LEAVING_TRIES = 5
# Trying again after a quarter of an hour would only lock somebody's account.
_NEEDS_ITS_USER = (Problem.REFUSED, Problem.SEALED, Problem.NOT_ALLOWED, Problem.READ_ONLY)


def due(*, now: datetime) -> QuerySet[OutsideCalendar]:
    """Return the calendars to be looked at: in turn, or, if all was well, when an interview changed."""
    marked = Exists(Mark.objects.filter(calendar=OuterRef("pk")))
    return OutsideCalendar.objects.filter(Q(due_at__lte=now) | Q(marked, failures=0)).order_by("due_at", "pk")


class CalendarRunner:
    """Looks at one calendar at a time. As many may run as there is use for."""

    def __init__(self, *, clock: Callable[[], datetime], owner: str, should_stop: Callable[[], bool]) -> None:
        self._clock = clock
        self._owner = owner
        self._should_stop = should_stop

    def is_due(self) -> bool:
        """Say whether there is something to look at that nobody is at."""
        return any(self._is_free(calendar) for calendar in due(now=self._clock())[:20])

    def step(self) -> bool:
        """Look at one calendar. Say whether there was one."""
        if self._should_stop():
            return False
        calendar = self._claim()
        if calendar is None:
            return False
        seen = list(calendar.marks.order_by("pk").values_list("pk", flat=True))
        try:
            self._look(calendar, seen)
        except Trouble as trouble:
            self._fail(calendar, trouble.problem)
        except Unreadable:
            self._fail(calendar, Problem.SEALED)
        except (DatabaseError, InterfaceError):
            raise  # the database is away: the lease runs out
        except Exception:
            logger.exception("outside calendar %s failed", calendar.pk)
            self._fail(calendar, Problem.FAILED)
        return True

    def _is_free(self, calendar: OutsideCalendar) -> bool:
        if not calendar.owner or calendar.lease_until is None or calendar.lease_until <= self._clock():
            return True
        return is_gone(calendar.owner)

    def _claim(self) -> OutsideCalendar | None:
        now = self._clock()
        for calendar in due(now=now).select_related("user")[:20]:
            if not self._is_free(calendar):
                continue
            same = OutsideCalendar.objects.filter(pk=calendar.pk, owner=calendar.owner)
            if calendar.lease_until is not None:
                same = same.filter(lease_until=calendar.lease_until)
            if same.update(owner=self._owner, lease_until=now + LEASE):
                return calendar
        return None

    def _look(self, calendar: OutsideCalendar, seen: list[int]) -> None:
        now = self._clock()
        access = access_of(calendar)
        reading = None
        if calendar.counts_as_busy and calendar.user.is_active and calendar.due_at <= now:
            reading = read(calendar, access, now=now)
        is_done, trouble = True, None
        if calendar.receives_interviews or calendar.copies.exists():
            try:
                is_done = write(calendar, access, now=now, should_stop=self._should_stop)
            except Trouble as found:  # what was read is good all the same
                is_done, trouble = False, found
        with transaction.atomic():
            if (held := self._held(calendar)) is None:
                return
            if is_done and held.is_leaving:
                held.delete()
                return
            if reading is not None:
                self._keep(held, reading)
            if trouble:
                self._rest(held, trouble.problem)
                return
            if is_done:
                Mark.objects.filter(pk__in=seen).delete()
            self._end(held, was_due=calendar.due_at <= now, is_done=is_done)

    def _keep(self, held: OutsideCalendar, reading: Reading) -> None:
        """Put what was read in place of what was read before, so that nobody sees neither."""
        held.etag, held.last_modified = reading.etag, reading.last_modified
        held.refreshed_at = self._clock()
        if reading.busy is None:
            return
        held.read_at = self._clock()
        held.busy_blocks.all().delete()
        BusyBlock.objects.bulk_create(
            [
                BusyBlock(user_id=held.user_id, source=held, start=begins, end=ends)
                for begins, ends in reading.busy
            ],
            batch_size=1000,
        )

    def _end(self, held: OutsideCalendar, *, was_due: bool, is_done: bool) -> None:
        now = self._clock()
        if not is_current(held.sealed_access):
            held.sealed_access = resealed(held.sealed_access)
        held.failures, held.problem = 0, ""
        if not held.counts_as_busy:
            held.refreshed_at = now
        if not is_done:
            held.due_at = now
        elif was_due:
            held.due_at = now + BETWEEN_READINGS
        held.owner, held.lease_until = "", None
        held.save()

    @transaction.atomic
    def _fail(self, claimed: OutsideCalendar, problem: Problem) -> None:
        if held := self._held(claimed):
            self._rest(held, problem)

    def _rest(self, held: OutsideCalendar, problem: Problem) -> None:
        """Note what is wrong, and wait the longer the more often it was."""
        now = self._clock()
        held.failed_at, held.problem = now, problem
        held.failures = min(held.failures + 1, 1000)
        if held.is_leaving and (held.failures >= _MOST_LEAVING_TRIES or problem == Problem.SEALED):
            held.delete()
            return
        rest = BETWEEN_READINGS * 2 ** min(held.failures, 10)
        held.due_at = now + (LONGEST_REST if problem in _NEEDS_ITS_USER else min(rest, LONGEST_REST))
        held.owner, held.lease_until = "", None
        held.save()

    def _held(self, claimed: OutsideCalendar) -> OutsideCalendar | None:
        mine = OutsideCalendar.objects.select_for_update(of=("self",))
        return mine.filter(pk=claimed.pk, owner=self._owner).first()
