"""Does jobs, a part at a time, so that letters keep leaving between two parts.

A part is one transaction, with the note that it is done. Whoever dies in the middle of it has done
nothing of it, and the next worker begins the same part again.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.db.models import F, Q
from django.utils import translation
from django.utils.translation import gettext as _

from samtale.core.owners import is_gone
from samtale.jobs import kinds
from samtale.jobs.domain.clean import clean
from samtale.jobs.models import Job, JobPart

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=1)
MOST_TRIES = 5
BETWEEN_CLEANINGS = timedelta(hours=1)
State = Job.State


class JobRunner:
    """Takes one step at a time, of the jobs that are nobody's or its own, each job in its turn."""

    def __init__(self, *, clock: Callable[[], datetime], owner: str, should_stop: Callable[[], bool]) -> None:
        self._clock = clock
        self._owner = owner
        self._should_stop = should_stop
        self._last = 0
        self._next_cleaning: datetime | None = None

    def step(self) -> bool:
        """Do one part of one job. Say whether there was one."""
        now = self._clock()
        if self._should_stop():
            return False
        if self._next_cleaning is None or now >= self._next_cleaning:
            self._next_cleaning = now + BETWEEN_CLEANINGS
            clean(now=now)
        job = self._claim(now)
        if job is None:
            return False
        self._last = job.pk
        self._do(job, now)
        return True

    def _claim(self, now: datetime) -> Job | None:
        """Make the next job that is free, or is this worker's already, this worker's for another minute."""
        active = list(
            Job.objects.filter(state__in=Job.ACTIVE).order_by("pk").only("pk", "owner", "lease_until")[:100]
        )
        in_turn = [job for job in active if job.pk > self._last]
        for job in in_turn + active[: len(active) - len(in_turn)]:
            if not self._is_free(job, now):
                continue
            seen = Q(owner=job.owner, lease_until=job.lease_until)
            if job.lease_until is None:
                seen = Q(owner=job.owner, lease_until__isnull=True)
            claimed = Job.objects.filter(seen, pk=job.pk, state__in=Job.ACTIVE).update(
                state=State.RUNNING, owner=self._owner, lease_until=now + LEASE
            )
            if claimed:
                return job
        return None

    def _is_free(self, job: Job, now: datetime) -> bool:
        if job.owner in ("", self._owner) or job.lease_until is None or job.lease_until <= now:
            return True
        return is_gone(job.owner)

    def _do(self, claimed: Job, now: datetime) -> None:
        try:
            with transaction.atomic():
                job = self._held(claimed)
                if job is not None:
                    with translation.override(job.created_by.language):
                        _step(job, now)
        except IntegrityError:
            self._count_try(claimed, now)
        except (OperationalError, InterfaceError):
            raise  # the database is away, or two got in each other's way: the worker rests, and begins anew
        except kinds.JobRefused as refusal:
            self._fail(claimed, str(refusal), now)
        except Exception:
            logger.exception("job %s failed", claimed.pk)
            self._fail(claimed, "", now)

    def _held(self, claimed: Job) -> Job | None:
        jobs = Job.objects.select_for_update(of=("self",)).select_related("created_by")
        return jobs.filter(pk=claimed.pk, owner=self._owner, state=State.RUNNING).first()

    def _count_try(self, claimed: Job, now: datetime) -> None:
        """Somebody added or changed the same thing at the same moment: the part is done anew."""
        mine = Job.objects.filter(pk=claimed.pk, owner=self._owner, state=State.RUNNING)
        mine.update(tries=F("tries") + 1)
        if mine.filter(tries__gte=MOST_TRIES).exists():
            logger.error("job %s: a part came to nothing %d times", claimed.pk, MOST_TRIES)
            self._fail(claimed, "", now)

    @transaction.atomic
    def _fail(self, claimed: Job, words: str, now: datetime) -> None:
        job = self._held(claimed)
        if job is None:
            return
        with translation.override(job.created_by.language):
            job.words = words or _(
                "Something went wrong that should not have. Tell whoever operates Samtale: the log says what."
            )
        _end(job, State.FAILED, now)


def _step(job: Job, now: datetime) -> None:
    """Do the next part of the job and write down that it is done; end the job if it was the last."""
    kind = kinds.find(job.kind)
    if kind is None:
        raise kinds.JobRefused(_("This version of Samtale cannot do this any longer."))
    if job.stop_requested:
        _end(job, State.STOPPED, now)
        return
    if not (job.created_by.is_active and kind.is_allowed(job, job.created_by)):
        raise kinds.JobRefused(_("Your right to do this has been taken away in the meantime."))
    part = job.parts.filter(is_done=False).order_by("number").first()
    if part is not None:
        _keep(part, kind.step(job, part.data, now))
        job.done += part.size
        job.tries = 0
        if job.parts.filter(is_done=False).exists() or kind.finish is not None:
            job.save()
            return
    if kind.finish is not None:
        kind.finish(job, now)
    _end(job, State.DONE, now)


def _keep(part: JobPart, outcome: Any) -> None:
    if outcome is None:
        part.delete()
    else:
        part.data, part.is_done = outcome, True
        part.save()


def _end(job: Job, state: State, now: datetime) -> None:
    job.state, job.finished_at = state, now
    job.owner, job.lease_until = "", None
    job.save()
    job.parts.all().delete()
