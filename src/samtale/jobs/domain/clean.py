"""Throws away what jobs leave: their files after a week, they themselves after ninety days."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.db import transaction

from samtale.jobs import followers
from samtale.jobs.models import Job

FILES_KEPT_FOR = timedelta(days=7)
KEPT_FOR = timedelta(days=90)


def clean(*, now: datetime) -> None:
    """Delete what is old, here and on higher floors. The worker does it every hour."""
    delete_old_files(now=now)
    delete_old_jobs(now=now)
    for follow in followers.cleaning:
        follow(now=now)


def delete_old_files(*, now: datetime) -> int:
    """Delete results that are older than a week, and return how many those were."""
    old = Job.objects.filter(finished_at__lte=now - FILES_KEPT_FOR).exclude(file="").order_by("pk")
    number = 0
    for job in old:
        default_storage.delete(job.file)
        number += Job.objects.filter(pk=job.pk, file=job.file).update(file="")
    return number


def delete_old_jobs(*, now: datetime) -> int:
    """Delete jobs that ended ninety days ago and have no file; return how many those were. What the
    history says of them stays."""
    old = Job.objects.filter(finished_at__lte=now - KEPT_FOR, file="")
    return old.delete()[1].get(Job._meta.label, 0)


def delete_files_of(*, kind: str, project_ids: Collection[int]) -> int:
    """Delete the results of all jobs of `kind` in these projects, when the transaction is committed; return
    how many those are."""
    jobs = Job.objects.filter(kind=kind, project_id__in=project_ids).exclude(file="").order_by("pk")
    names = list(jobs.values_list("file", flat=True))
    Job.objects.filter(file__in=names).update(file="")
    for name in names:
        transaction.on_commit(lambda name=name: default_storage.delete(name), robust=True)  # type: ignore[misc]
    return len(names)
