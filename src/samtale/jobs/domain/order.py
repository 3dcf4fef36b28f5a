"""Orders jobs, stops them, and throws away what they left."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction

from samtale.accounts.models import User
from samtale.core import audit
from samtale.jobs.models import Job, JobPart

FILES_KEPT_FOR = timedelta(days=7)


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


def delete_old_files(*, now: datetime) -> int:
    """Delete results that are older than a week, and return how many those were."""
    old = Job.objects.filter(finished_at__lte=now - FILES_KEPT_FOR).exclude(file="").order_by("pk")
    number = 0
    for job in old:
        default_storage.delete(job.file)
        number += Job.objects.filter(pk=job.pk, file=job.file).update(file="")
    return number
