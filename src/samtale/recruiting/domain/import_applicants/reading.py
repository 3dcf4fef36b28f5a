"""Turns an uploaded file into a table, whatever kind it is."""

import io
from pathlib import PurePath
from typing import IO

from django.utils.translation import gettext as _

from samtale.recruiting.domain.import_applicants import limits
from samtale.recruiting.domain.import_applicants.csv_file import read_csv
from samtale.recruiting.domain.import_applicants.table import Table, UnreadableFile
from samtale.recruiting.domain.import_applicants.xlsx_file import read_xlsx

_WORKBOOKS = (".xlsx", ".xlsm", ".xls")
EXTENSIONS = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm")
_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def read(file: IO[bytes], filename: str) -> Table:
    """Return the rows of `file` (spec 10). What it holds decides how it is read, not what it is called.

    Raises:
        UnreadableFile: with a message for the user, in the active language.
    """
    if _size(file) > limits.FILE_BYTES:
        raise too_big()
    suffix = PurePath(filename).suffix.lower()
    if suffix not in (*EXTENSIONS, *_WORKBOOKS):
        raise UnreadableFile(_("Choose a file in the format CSV or XLSX."))
    start = file.read(4)
    file.seek(0)
    if start == _ZIP:
        return read_xlsx(file)
    if start == _OLD_OFFICE:
        raise UnreadableFile(
            _("The workbook is old (XLS) or has a password. Save it as XLSX without a password.")
        )
    content = file.read(limits.FILE_BYTES + 1)
    try:
        return read_csv(content)
    except UnreadableFile as error:
        if content and suffix in _WORKBOOKS:
            raise UnreadableFile(_("The file is not a valid spreadsheet.")) from error
        raise


def too_big() -> UnreadableFile:
    """Return the exception for a file over the limit."""
    return UnreadableFile(
        _("The file is too big. The limit is %(megabytes)s MB.") % {"megabytes": limits.FILE_BYTES // 1024**2}
    )


def _size(file: IO[bytes]) -> int:
    """Return the size in bytes without reading the file."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    return size
