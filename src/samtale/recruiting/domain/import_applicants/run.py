"""The import itself: all good rows in one transaction, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from samtale.core import audit
from samtale.core.audit import Actor
from samtale.recruiting.domain.import_applicants.checking import BATCH, CheckedRow, Report, check
from samtale.recruiting.domain.import_applicants.columns import Mapping
from samtale.recruiting.domain.import_applicants.rows import Applicant
from samtale.recruiting.domain.import_applicants.table import Table
from samtale.recruiting.domain.queries.candidates import editable_candidates
from samtale.recruiting.followers import follow_candidates
from samtale.recruiting.models import Application, Candidate, Project

_FILLED_IN = ("mobile", "address")


@dataclass(frozen=True)
class ImportResult:
    """What came of an import. `report` says it row by row."""

    report: Report
    created: int


class NothingImported(Exception):
    """No row was imported. The message says why; `report` what is wrong with the rows."""

    def __init__(self, message: str, report: Report | None = None) -> None:
        super().__init__(message)
        self.report = report


def run(
    *,
    project: Project,
    table: Table,
    mapping: Mapping,
    only_good: bool,
    filename: str,
    by: Actor,
    now: datetime,
) -> ImportResult:
    """Import the applicants in `table` into `project` (spec 10).

    `only_good`: rows with errors are left out; otherwise one error stops the whole import. Rows
    that repeat an application are left out in either case. A candidate who is known from another
    project gets one more application and keeps their details; only what was empty is filled in,
    and only by those who may change them (decision 0016).

    Raises:
        MissingColumns: the mapping lacks a necessary column.
        NothingImported: there are errors, or no row is left to import.
    """
    try:
        with transaction.atomic():
            Project.objects.select_for_update().get(pk=project.pk)
            report = check(table, mapping, project, now=now)
            refuse(report, only_good=only_good)
            for start in range(0, len(report.good), BATCH):
                create(report.good[start : start + BATCH], project, filename, by, now)
            audit.record("project.imported", subject=project, by=by, now=now, **_counts(report, filename))
    except IntegrityError as error:
        message = _("Somebody else added some of these applicants at the same moment. Try again.")
        raise NothingImported(message) from error
    return ImportResult(report, len(report.good))


def refuse(report: Report, *, only_good: bool) -> None:
    """Raise `NothingImported` if there is nothing to import, or errors and not `only_good`."""
    if report.bad and not only_good:
        raise NothingImported(_("Nothing was imported, because there are rows with errors."), report)
    if not report.good:
        raise NothingImported(_("Nothing was imported, because no row could be used."), report)


def create(rows: Sequence[CheckedRow], project: Project, filename: str, by: Actor, now: datetime) -> None:
    """Create the applications of one batch, with the same few queries however long it is."""
    applicants = [row.applicant for row in rows if row.applicant]
    new = [_candidate(row.applicant, now) for row in rows if row.applicant and row.candidate_id is None]
    # Two projects may import one new candidate at the same moment: who comes second uses the first's.
    Candidate.objects.bulk_create(new, ignore_conflicts=True)
    by_email = Candidate.objects.in_bulk([applicant.email for applicant in applicants], field_name="email")
    pairs = [(applicant, by_email[applicant.email]) for applicant in applicants]
    _fill_in(pairs, by, now)
    applications = [_application(applicant, candidate, project) for applicant, candidate in pairs]
    Application.objects.bulk_create(applications)
    audit.record_all(
        audit.entry("application.imported", subject=application, by=by, now=now, filename=filename)
        for application in applications
    )


def _fill_in(pairs: Sequence[tuple[Applicant, Candidate]], by: Actor, now: datetime) -> None:
    """Give known candidates what they lacked. What they have stays (as in `add_application`)."""
    editable = editable_candidates(by, [candidate.pk for _applicant, candidate in pairs])
    lacking = []
    for applicant, candidate in pairs:
        gains = [name for name in _FILLED_IN if getattr(applicant, name) and not getattr(candidate, name)]
        if gains and candidate.pk in editable:
            for name in gains:
                setattr(candidate, name, getattr(applicant, name))
            lacking.append(candidate)
    if lacking:
        Candidate.objects.bulk_update(lacking, _FILLED_IN)
        follow_candidates(lacking, changed=_FILLED_IN, by=by, now=now)


def _candidate(applicant: Applicant, now: datetime) -> Candidate:
    return Candidate(
        first_name=applicant.first_name,
        last_name=applicant.last_name,
        email=applicant.email,
        mobile=applicant.mobile,
        language=applicant.language,
        address=applicant.address,
        created_at=now,
    )


def _application(applicant: Applicant, candidate: Candidate, project: Project) -> Application:
    application = Application(
        project=project,
        candidate=candidate,
        applied_at=applicant.applied_at,
        letter=applicant.letter,
        cv=applicant.cv,
    )
    application.take_name_of(candidate)
    return application


def _counts(report: Report, filename: str) -> dict[str, object]:
    return {
        "filename": filename,
        "imported": len(report.good),
        "errors": len(report.bad),
        "repeated": len(report.skipped),
    }
