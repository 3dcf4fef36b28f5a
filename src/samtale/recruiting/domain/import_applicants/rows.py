"""Reads one row of a table: every value, and every error at once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from samtale.recruiting.domain.import_applicants import values
from samtale.recruiting.domain.import_applicants.columns import Field, Mapping
from samtale.recruiting.domain.import_applicants.table import Row, column_letter
from samtale.recruiting.models import Candidate

_NAME_LENGTH = 100
_ADDRESS_LENGTH = 300

T = TypeVar("T")


class CellError(NamedTuple):
    """What is wrong with one value, in the language that was active. No field: the row as a whole."""

    field: Field | None
    message: str


@dataclass(frozen=True)
class Applicant:
    """What one row says."""

    first_name: str
    last_name: str
    email: str
    mobile: str
    language: Candidate.Language
    address: str
    applied_at: datetime
    letter: str
    cv: str

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


def read_row(
    row: Row, mapping: Mapping, width: int, zone: ZoneInfo, now: datetime
) -> tuple[Applicant | None, tuple[CellError, ...]]:
    """Return the applicant, or nobody and all the errors. `zone` is that of dates without one."""
    reader = _Reader(row, mapping)
    if len(row.cells) > width:
        reader.fail(
            None, _("There is a value in column %(column)s, which has no header.") % _last_column(row)
        )
    first, last = _names(reader)
    applicant = Applicant(
        first_name=first,
        last_name=last,
        email=reader.required(Field.EMAIL, values.email, ""),
        mobile=reader.optional(Field.MOBILE, values.phone, ""),
        language=reader.optional(Field.LANGUAGE, values.language, Candidate.Language.NB),
        address=reader.optional(Field.ADDRESS, partial(values.text, longest=_ADDRESS_LENGTH), ""),
        applied_at=reader.optional(Field.APPLIED, partial(values.instant, zone=zone, now=now), now),
        letter=reader.raw(Field.LETTER),
        cv=reader.raw(Field.CV),
    )
    return (None if reader.errors else applicant), tuple(reader.errors)


class _Reader:
    """Takes values out of one row and collects what is wrong with them."""

    def __init__(self, row: Row, mapping: Mapping) -> None:
        self._row, self._mapping = row, mapping
        self.errors: list[CellError] = []

    def has(self, field: Field) -> bool:
        return field in self._mapping

    def raw(self, field: Field) -> str:
        column = self._mapping.get(field)
        return self._row.cells[column] if column is not None else ""

    def optional(self, field: Field, read: Callable[[str], T], default: T) -> T:
        value = self.raw(field)
        if not value:
            return default
        try:
            return read(value)
        except values.BadValue as error:
            self.fail(field, str(error))
            return default

    def required(self, field: Field, read: Callable[[str], T], default: T) -> T:
        if not self.raw(field):
            self.fail(field, _("Missing."))
        return self.optional(field, read, default)

    def fail(self, field: Field | None, message: str) -> None:
        self.errors.append(CellError(field, message))


def _names(reader: _Reader) -> tuple[str, str]:
    """Take the names from their own columns where both are mapped, else from the full name."""
    if reader.has(Field.FIRST_NAME) and reader.has(Field.LAST_NAME):
        read = partial(values.text, longest=_NAME_LENGTH)
        return reader.required(Field.FIRST_NAME, read, ""), reader.required(Field.LAST_NAME, read, "")
    return reader.required(Field.NAME, partial(values.names, longest=_NAME_LENGTH), ("", ""))


def _last_column(row: Row) -> dict[str, str]:
    return {"column": column_letter(len(row.cells) - 1)}
