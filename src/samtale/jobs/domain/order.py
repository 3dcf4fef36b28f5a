"""Orders jobs, and stops them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from samtale.accounts.models import User
from samtale.core import audit
from samtale.jobs.models import Job, JobPart


@transaction.atomic
def order(
    *,
    kind: str,
    items: Sequence[Any],
    part_size: int,
    payload: Mapping[str, Any],
    result: Mapping[str, Any],
    project_id: int,
    by: User,
    now: datetime,
) -> Job:
    """Order work on `items`, which a worker does `part_size` at a time."""
    job = Job.objects.create(
        kind=kind,
        payload=dict(payload),
        result=dict(result),
        project_id=project_id,
        created_by=by,
        created_at=now,
        total=len(items),
    )
    JobPart.objects.bulk_create(_parts(job, items, part_size), batch_size=50)
    audit.record("job.ordered", subject=job, by=by, now=now, kind=kind, total=job.total)
    return job


def _parts(job: Job, items: Sequence[Any], size: int) -> Iterable[JobPart]:
    for number, start in enumerate(range(0, len(items), size)):
        data = list(items[start : start + size])
        yield JobPart(job=job, number=number, size=len(data), data=data)


@transaction.atomic
def stop(*, job: Job, by: User, now: datetime) -> bool:
    """Let the job end after the part that is being done. Say whether there was something to stop."""
    asked = Job.objects.filter(pk=job.pk, state__in=Job.ACTIVE, stop_requested=False)
    if not asked.update(stop_requested=True):
        return False
    audit.record("job.stopped", subject=job, by=by, now=now)
    return True
