"""Says to a person what a check found, row by row."""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from samtale.recruiting.domain.import_applicants.checking import CheckedRow, Duplicate, Report
from samtale.recruiting.domain.import_applicants.columns import Field, Mapping
from samtale.recruiting.domain.import_applicants.table import Table, column_letter


class Finding(NamedTuple):
    """One thing to know about one row. `column` is empty where it is about the whole row."""

    row: int
    column: str
    message: str


def errors(report: Report, table: Table, mapping: Mapping) -> Iterator[Finding]:
    """Yield every error with the column it is in, as the file calls it."""
    for row in report.bad:
        for field, message in row.errors:
            yield Finding(row.number, column_name(table, mapping[field]) if field in mapping else "", message)


def duplicates(report: Report, table: Table, mapping: Mapping) -> Iterator[Finding]:
    """Yield every row whose e-mail address is not new, and what that means for it."""
    for row in report.rows:
        if row.duplicate:
            yield Finding(row.number, column_name(table, mapping[Field.EMAIL]), _meaning(row))


def column_name(table: Table, index: int) -> str:
    """Return the column's letter and header, such as “C: E-post”."""
    header = table.headers[index]
    return f"{column_letter(index)}: {header}" if header else column_letter(index)


def _meaning(row: CheckedRow) -> str:
    sentences = {
        Duplicate.IN_FILE: _("%(name)s is in the file already. The row is left out."),
        Duplicate.IN_PROJECT: _("%(name)s has an application in this project already. The row is left out."),
        Duplicate.DELETED: _(
            "%(name)s is among the deleted applications of this project. The row is left out."
        ),
        Duplicate.KNOWN: _("%(name)s is known from another project. The candidate is used again."),
    }
    return sentences[row.duplicate] % {"name": row.known_as} if row.duplicate else ""
