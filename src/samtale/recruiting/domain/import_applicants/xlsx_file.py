"""Reads the first visible sheet of an Excel workbook."""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import IO, Any

from django.utils.translation import gettext as _

from samtale.recruiting.domain.import_applicants import limits
from samtale.recruiting.domain.import_applicants.archive import damaged, inspect, too_much
from samtale.recruiting.domain.import_applicants.table import Row, Table, UnreadableFile, build


def read_xlsx(file: IO[bytes]) -> Table:
    """Return the table in `file`.

    Nothing is calculated: a cell with a formula counts as the value that Excel last saved for
    it, which is what the user saw, and as empty if the workbook was never calculated. Real dates
    become ISO text.

    Raises:
        UnreadableFile: it is damaged, protected, hostile or too big.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - takes 6 MB, and few processes ever read a workbook

    try:
        with zipfile.ZipFile(file) as archive:
            inspect(archive)
        file.seek(0)
        workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        try:
            return _read(workbook)
        finally:
            workbook.close()
    except UnreadableFile:
        raise
    except Exception as error:  # openpyxl and zipfile meet broken files with any exception there is
        raise damaged() from error


def _read(workbook: Any) -> Table:
    visible = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    if not visible:
        raise UnreadableFile(_("The workbook has no visible sheet."))
    return build(_rows(visible[0]), [sheet.title for sheet in visible[1:]])


def _rows(sheet: Any) -> Iterator[Row]:
    # One column more than allowed, so that a row that is too long is noticed and not cut.
    width = limits.COLUMNS + 1
    blank = (None,) * width  # a sheet may have a million of these between two rows
    for number, values in enumerate(sheet.iter_rows(max_col=width, values_only=True), start=1):
        if number > limits.LAST_ROW:
            raise too_much()
        if values != blank:
            yield Row(number, [_as_text(value) for value in values])


def _as_text(value: Any) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="minutes")
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case timedelta():
            return str(value)
        case _:
            return str(value)
