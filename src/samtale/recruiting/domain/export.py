"""A list of applicants as a file for a spreadsheet (spec 9 and 10), as a job."""

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samtale.accounts.models import Organisation, User
from samtale.core import audit
from samtale.jobs.domain.clean import delete_files_of
from samtale.jobs.domain.order import order
from samtale.jobs.models import Job, JobPart
from samtale.recruiting.domain.import_applicants.columns import Field
from samtale.recruiting.domain.person import Person
from samtale.recruiting.models import Application, Candidate, Project

KIND = "export"
FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
_PART = 200
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
_NUMBER = re.compile(r"\+[0-9]{6,15}")  # a phone number calculates nothing


def order_export(*, project: Project, ids: Sequence[int], file_format: str, by: User, now: datetime) -> Job:
    """Order a file of the project's applications `ids`, in this order.

    Raises:
        ValueError: there is no such format.
    """
    if file_format not in FORMATS:
        raise ValueError(file_format)
    return order(
        kind=KIND,
        items=ids,
        part_size=_PART,
        payload={"format": file_format},
        result={"exported": 0},
        project_id=project.pk,
        by=by,
        now=now,
    )


def step(job: Job, data: Sequence[Any], now: datetime) -> list[list[str]]:
    """Read some applicants as they are now. Deleted ones are left out."""
    _hold(job)
    zone = ZoneInfo(Organisation.current().time_zone)
    found = Application.objects.filter(pk__in=data, project=job.project_id, deleted_at=None)
    by_id = {each.pk: each for each in found.select_related("candidate").defer("letter", "cv").order_by("pk")}
    rows = [_row(by_id[pk], zone) for pk in data if pk in by_id]
    job.result["exported"] += len(rows)
    return rows


def finish(job: Job, now: datetime) -> None:
    """Make the file of all rows, and write down in the project's history that it was taken out.

    Its name is the job's own, so that one left by a worker that died here is written over.
    """
    project = _hold(job)
    rows = (row for part in job.parts.order_by("number").iterator() for row in part.data)
    content = _FILES[job.payload["format"]]([_header(), *rows])
    title = slugify(project.title)[:60] or _("applicants")
    name = f"jobs/{job.pk}/{title}.{job.payload['format']}"
    default_storage.delete(name)
    job.file = default_storage.save(name, ContentFile(content))
    audit.record(
        "project.exported", subject=project, by=job.created_by, now=now, exported=job.result["exported"]
    )


def _hold(job: Job) -> Project:
    """Let nobody be anonymised meanwhile: what is read now is kept until the file is made."""
    return Project.objects.select_for_update(no_key=True).get(pk=job.project_id)


def forget(person: Person, *, project_ids: Collection[int]) -> None:
    """Take the person out of the exports of these projects, which the caller holds: files are deleted, and
    what has been read for those that are under way says no longer who it was."""
    delete_files_of(kind=KIND, project_ids=project_ids)
    parts = JobPart.objects.filter(job__kind=KIND, job__project_id__in=project_ids, is_done=True)
    for part in parts.order_by("pk").iterator(chunk_size=10):
        data = [_without_person(row) if person.has_address_in(row) else row for row in part.data]
        if data != part.data:
            part.data = data
            part.save(update_fields=["data"])


def _without_person(row: Sequence[str]) -> list[str]:
    kept = {str(Field.LANGUAGE.label), str(Field.APPLIED.label), _("Status")}
    return [value if title in kept else "" for title, value in zip(_header(), row, strict=True)]


def sentences(job: Job) -> list[str]:
    """Say how many applicants the file holds."""
    number = job.result["exported"]
    text = ngettext("The file holds %(count)d applicant.", "The file holds %(count)d applicants.", number)
    return [text % {"count": number}] if job.state == Job.State.DONE else []


def harmless(value: str) -> str:
    """Return `value` so that no spreadsheet program takes it for a formula."""
    if _NUMBER.fullmatch(value) or not value.lstrip(" ").startswith(_DANGEROUS):
        return value
    return f"'{value}"


def _header() -> list[str]:
    fields = (Field.FIRST_NAME, Field.LAST_NAME, Field.EMAIL, Field.MOBILE, Field.LANGUAGE, Field.ADDRESS)
    return [*(str(field.label) for field in fields), str(Field.APPLIED.label), _("Status")]


def _row(application: Application, zone: ZoneInfo) -> list[str]:
    candidate = application.candidate
    return [
        candidate.first_name,
        candidate.last_name,
        "" if candidate.anonymised_at else candidate.email,
        str(candidate.mobile),
        str(Candidate.Language(candidate.language).label),
        candidate.address,
        application.applied_at.astimezone(zone).strftime("%Y-%m-%d %H:%M"),
        str(application.get_status_display()),
    ]


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    """As Excel in Norway opens it without a question."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(_harmless_rows(rows))
    return text.getvalue().encode("utf-8-sig")


def _xlsx(rows: Iterable[Sequence[str]]) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - takes 6 MB, and few processes ever write a workbook

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(_("Applicants"))
    for row in _harmless_rows(rows):
        sheet.append(row)
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def _harmless_rows(rows: Iterable[Sequence[str]]) -> Iterator[list[str]]:
    return ([harmless(value) for value in row] for row in rows)


_FILES = {"csv": _csv, "xlsx": _xlsx}
