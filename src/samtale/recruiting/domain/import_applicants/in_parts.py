"""The import of a long file, as a job: a hundred rows at a time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samtale.accounts.models import User
from samtale.core import audit
from samtale.jobs.domain.order import order
from samtale.jobs.models import Job, JobPart
from samtale.recruiting.domain.import_applicants import drafts
from samtale.recruiting.domain.import_applicants.checking import check
from samtale.recruiting.domain.import_applicants.columns import Field, Mapping
from samtale.recruiting.domain.import_applicants.run import create, refuse
from samtale.recruiting.domain.import_applicants.table import Row, Table
from samtale.recruiting.domain.person import Person
from samtale.recruiting.models import Project

KIND = "import"
MANY = 200
_PART = 100


@transaction.atomic
def order_draft(
    *, project: Project, draft_id: int, mapping: Mapping, only_good: bool, by: User, now: datetime
) -> Job:
    """Order the import of the draft's good rows and throw the draft away, so that it is ordered once.

    Raises:
        DraftGone: see there.
        MissingColumns, NothingImported: as `run` does. The draft stays.
    """
    draft = drafts.locked(project=project, draft_id=draft_id, by=by, now=now)
    table = drafts.table_of(draft)
    report = check(table, mapping, project, now=now)
    refuse(report, only_good=only_good)
    good = {row.number for row in report.good}
    job = order(
        kind=KIND,
        items=[row for row in table.rows if row.number in good],
        part_size=_PART,
        payload={
            "draft": draft.pk,
            "filename": draft.filename,
            "headers": table.headers,
            "mapping": {field.value: column for field, column in mapping.items()},
        },
        result={"imported": 0, "errors": len(report.bad), "repeated": len(report.skipped)},
        project_id=project.pk,
        by=by,
        now=now,
    )
    draft.delete()
    return job


def ordered(*, project: Project, draft_id: int, by: User) -> Job | None:
    """Return the job that imports, or has imported, what was the user's draft."""
    jobs = Job.objects.filter(kind=KIND, project_id=project.pk, created_by=by, payload__draft=draft_id)
    return jobs.order_by("pk").last()


def step(job: Job, data: Sequence[Any], now: datetime) -> None:
    """Import some rows. Who has applied since the file was checked is left out, as a repeated one."""
    project = Project.objects.select_for_update().get(pk=job.project_id)
    mapping = {Field(name): column for name, column in job.payload["mapping"].items()}
    table = Table(job.payload["headers"], [Row(*row) for row in data])
    report = check(table, mapping, project, now=job.created_at)
    create(report.good, project, job.payload["filename"], job.created_by, now)
    job.result["imported"] += len(report.good)
    job.result["errors"] += len(report.bad)
    job.result["repeated"] += len(report.skipped)


def forget(person: Person) -> None:
    """Leave the person out of what is still to be imported. The jobs are the caller's to hold."""
    parts = JobPart.objects.filter(job__kind=KIND, is_done=False).order_by("pk")
    for part in parts.select_related("job").iterator(chunk_size=10):
        kept = [row for row in part.data if not person.has_address_in(row[1])]
        if len(kept) < len(part.data):
            part.data = kept
            part.save(update_fields=["data"])
            if person.is_in(part.job.payload["filename"]):
                part.job.payload["filename"] = ""
                part.job.save(update_fields=["payload"])


def finish(job: Job, now: datetime) -> None:
    """Write down in the project's history what was imported."""
    project = Project.objects.get(pk=job.project_id)
    audit.record(
        "project.imported",
        subject=project,
        by=job.created_by,
        now=now,
        filename=job.payload["filename"],
        **job.result,
    )


def sentences(job: Job) -> list[str]:
    """Say how many applicants there are now, and which rows were left out."""
    imported, errors, repeated = (job.result[name] for name in ("imported", "errors", "repeated"))
    said = [
        ngettext("%(count)d applicant was imported.", "%(count)d applicants were imported.", imported)
        % {"count": imported}
    ]
    if errors:
        said.append(_("Rows left out because of errors: %(count)d.") % {"count": errors})
    if repeated:
        said.append(_("Rows left out because they repeat an application: %(count)d.") % {"count": repeated})
    return said
