"""Checks a table: what each row says, and who in it is known already."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from samtale.accounts.models import Organisation
from samtale.recruiting.domain.import_applicants import columns
from samtale.recruiting.domain.import_applicants.columns import Field, Mapping
from samtale.recruiting.domain.import_applicants.rows import Applicant, CellError, read_row
from samtale.recruiting.domain.import_applicants.table import Table
from samtale.recruiting.models import Application, Candidate, Project

BATCH = 500


class Duplicate(StrEnum):
    """Why a row's e-mail address is not new."""

    IN_FILE = "in_file"
    IN_PROJECT = "in_project"
    DELETED = "deleted"
    KNOWN = "known"


@dataclass(frozen=True)
class CheckedRow:
    """One row with what it says (`applicant`, unless there are errors) and what is wrong with it.

    `known_as` is the name of the candidate who has the same e-mail address, in this file or in
    the register. Only a KNOWN duplicate is imported: the candidate is used again, unchanged.
    """

    number: int
    applicant: Applicant | None
    errors: tuple[CellError, ...] = ()
    duplicate: Duplicate | None = None
    known_as: str = ""
    candidate_id: int | None = None

    @property
    def is_good(self) -> bool:
        return self.applicant is not None and self.duplicate in (None, Duplicate.KNOWN)


@dataclass(frozen=True)
class Report:
    """What an import of the table would do."""

    rows: Sequence[CheckedRow]

    @cached_property
    def good(self) -> list[CheckedRow]:
        return [row for row in self.rows if row.is_good]

    @cached_property
    def bad(self) -> list[CheckedRow]:
        return [row for row in self.rows if row.errors]

    @cached_property
    def skipped(self) -> list[CheckedRow]:
        """Rows that repeat an application that is there already. They are no errors."""
        return [row for row in self.rows if not row.errors and not row.is_good]


class MissingColumns(Exception):
    """The mapping lacks columns without which nobody can be imported: `fields`."""

    def __init__(self, fields: Iterable[Field]) -> None:
        self.fields = list(fields)
        names = ", ".join(str(field.label) for field in self.fields)
        super().__init__(_("No column is chosen for: %(fields)s.") % {"fields": names})


def check(table: Table, mapping: Mapping, project: Project, *, now: datetime) -> Report:
    """Return what importing `table` into `project` would do. Reads the database, changes nothing.

    Raises:
        MissingColumns: see there.
    """
    if fields := columns.missing(mapping):
        raise MissingColumns(fields)
    zone = ZoneInfo(Organisation.current().time_zone)
    rows = [
        CheckedRow(row.number, *read_row(row, mapping, len(table.headers), zone, now)) for row in table.rows
    ]
    rows = list(_repeated_in_file(rows))
    return Report(
        [row for start in range(0, len(rows), BATCH) for row in _known(rows[start : start + BATCH], project)]
    )


def _repeated_in_file(rows: Iterable[CheckedRow]) -> Iterator[CheckedRow]:
    """Mark the second and later rows with one address. Another name with it is an error:
    it may be another person, who must not be lost without a word."""
    first: dict[str, CheckedRow] = {}
    for row in rows:
        if row.applicant is None:
            yield row
            continue
        earlier = first.setdefault(row.applicant.email, row)
        if earlier is row or earlier.applicant is None:
            yield row
        elif earlier.applicant.name.casefold() == row.applicant.name.casefold():
            yield replace(row, duplicate=Duplicate.IN_FILE, known_as=earlier.applicant.name)
        else:
            message = _("%(name)s in row %(row)s has the same e-mail address.") % {
                "name": earlier.applicant.name,
                "row": earlier.number,
            }
            yield replace(row, applicant=None, errors=(CellError(Field.EMAIL, message),))


def _known(rows: Sequence[CheckedRow], project: Project) -> Iterator[CheckedRow]:
    """Mark the rows whose address a candidate has, with two queries for all of them."""
    addresses = [row.applicant.email for row in rows if row.applicant]
    candidates = {candidate.email: candidate for candidate in Candidate.objects.filter(email__in=addresses)}
    applied = dict(
        Application.objects.filter(project=project, candidate__email__in=addresses).values_list(
            "candidate_id", "deleted_at"
        )
    )
    for row in rows:
        candidate = candidates.get(row.applicant.email) if row.applicant else None
        if candidate is None or row.duplicate:
            yield row
            continue
        duplicate = Duplicate.KNOWN
        if candidate.pk in applied:
            duplicate = Duplicate.DELETED if applied[candidate.pk] else Duplicate.IN_PROJECT
        yield replace(row, duplicate=duplicate, known_as=candidate.name, candidate_id=candidate.pk)
