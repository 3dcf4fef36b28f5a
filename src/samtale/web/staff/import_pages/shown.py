"""What the preview shows of a check: the first rows, and the first of each kind of finding."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from itertools import islice
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samtale.accounts.models import Organisation
from samtale.recruiting.domain.import_applicants import CheckedRow, Field, Report, Table
from samtale.recruiting.domain.import_applicants import Mapping as Columns
from samtale.recruiting.domain.import_applicants.rows import Applicant
from samtale.recruiting.domain.import_applicants.wording import Finding, duplicates, errors
from samtale.web.staff.status_tags import tag

ROWS = 10
FINDINGS = 100
_TEXT = 80  # characters of a long text


@dataclass(frozen=True)
class ShownRow:
    """One row: its number, the values as they would be stored (or as written, if wrong), its fate."""

    number: int
    values: Sequence[str]
    fate: SafeString


@dataclass(frozen=True)
class Findings:
    """A list that may be long. `more` are those that are not shown."""

    shown: Sequence[Finding]
    more: int


@dataclass(frozen=True)
class Shown:
    report: Report
    fields: Sequence[Field]
    rows: Sequence[ShownRow]
    errors: Findings
    duplicates: Findings
    zone: str  # whose time the rows show; "" where they show none


def shown(report: Report, table: Table, mapping: Columns) -> Shown:
    """Return what the page shows, in the active language."""
    fields = [field for field in Field if field in mapping]
    zone = ZoneInfo(Organisation.current().time_zone)
    rows = [
        ShownRow(
            row.number, [_value(row, raw.cells[mapping[field]], field, zone) for field in fields], _fate(row)
        )
        for row, raw in zip(report.rows[:ROWS], table.rows, strict=False)
    ]
    return Shown(
        report,
        fields,
        rows,
        _first(errors(report, table, mapping)),
        _first(duplicates(report, table, mapping)),
        zone.key if Field.APPLIED in mapping else "",
    )


def _first(findings: Iterator[Finding]) -> Findings:
    return Findings(list(islice(findings, FINDINGS)), sum(1 for _finding in findings))


def _value(row: CheckedRow, written: str, field: Field, zone: ZoneInfo) -> str:
    value = _understood(row.applicant, zone).get(field, written) if row.applicant else written
    return value if len(value) <= _TEXT else value[:_TEXT].rstrip() + "…"


def _understood(applicant: Applicant, zone: ZoneInfo) -> Mapping[Field, str]:
    return {
        Field.FIRST_NAME: applicant.first_name,
        Field.LAST_NAME: applicant.last_name,
        Field.NAME: applicant.name,
        Field.EMAIL: applicant.email,
        Field.MOBILE: applicant.mobile,
        Field.LANGUAGE: applicant.language.label,
        Field.APPLIED: _moment(applicant.applied_at.astimezone(zone)),
    }


def _moment(local: datetime) -> str:
    """Return the date, with the time where there was one."""
    return date_format(local, "SHORT_DATETIME_FORMAT" if local.time() != time() else "SHORT_DATE_FORMAT")


def _fate(row: CheckedRow) -> SafeString:
    if row.errors:
        return tag(_("Error"), "danger")
    if not row.is_good:
        return tag(_("Left out"), "neutral")
    return tag(_("Known"), "info") if row.duplicate else tag(_("New"), "success")
