"""What every kind of file becomes: a header and rows of text."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from samtale.core.text import is_blank, plain_text
from samtale.recruiting.domain.import_applicants import limits


class UnreadableFile(Exception):
    """The file cannot be read as a list of applicants. The message says why, in the active language."""


class Row(NamedTuple):
    """One row as it stands in the file. `number` is what a spreadsheet shows beside it."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """The contents of a file. `ignored_sheets` are further sheets of a workbook, which were not read."""

    headers: list[str]
    rows: list[Row]
    ignored_sheets: tuple[str, ...] = ()


def build(rows: Iterable[Row], ignored_sheets: Iterable[str] = ()) -> Table:
    """Take the first row that is not blank as the header, the others as applicants.

    Raises:
        UnreadableFile: nothing in it, a header only, or more than `limits` allows.
    """
    filled = (Row(number, [_clean(cell) for cell in cells]) for number, cells in rows)
    filled = (row for row in filled if any(row.cells))
    header = next(filled, None)
    if header is None:
        raise UnreadableFile(_("The file is empty."))
    headers = _without_trailing_blanks(header.cells)
    _check_width(len(headers))
    body: list[Row] = []
    for row in filled:
        if len(body) == limits.ROWS:
            raise UnreadableFile(
                _("The file has more than %(count)s rows. Split it into several files.")
                % {"count": limits.ROWS}
            )
        cells = _without_trailing_blanks(row.cells)
        _check_width(len(cells))
        _check_cells(row.number, cells)
        body.append(Row(row.number, cells + [""] * (len(headers) - len(cells))))
    if not body:
        raise UnreadableFile(_("The file has a header, but no rows below it."))
    return Table(headers, body, tuple(ignored_sheets))


def column_letter(index: int) -> str:
    """Return what a spreadsheet calls the column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _clean(cell: str) -> str:
    """Drop what hides, or could not even be stored, and the space around."""
    return "" if is_blank(cell) else plain_text(cell).strip()


def _without_trailing_blanks(cells: list[str]) -> list[str]:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


def _check_width(width: int) -> None:
    if width > limits.COLUMNS:
        raise UnreadableFile(_("The file has more than %(count)s columns.") % {"count": limits.COLUMNS})


def _check_cells(number: int, cells: list[str]) -> None:
    for index, cell in enumerate(cells):
        if len(cell) > limits.CELL_CHARACTERS:
            raise UnreadableFile(
                _(
                    "Row %(row)s, column %(column)s holds more than %(count)s characters. "
                    "A quotation mark may be missing."
                )
                % {"row": number, "column": column_letter(index), "count": limits.CELL_CHARACTERS}
            )
