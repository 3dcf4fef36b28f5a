"""Reads CSV as Excel writes it: semicolons in Norway, and several encodings."""

import codecs
import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from samtale.recruiting.domain.import_applicants.table import Row, Table, UnreadableFile, build

_DELIMITERS = ";\t,"


def read_csv(content: bytes) -> Table:
    """Return the table in `content`. Every cell is text; `=1+1` is those four characters.

    Understands semicolon, tab and comma, Excel's `sep=;` line, and UTF-8 with or without a
    byte order mark, UTF-16 with one (Excel's “Unicode text”) and Windows-1252.

    Raises:
        UnreadableFile: it is not text, a quotation mark is amiss, or it is too big.
    """
    text = _decode(content)
    delimiter, text = _delimiter(text)
    return build(_rows(text, delimiter))


def _decode(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableFile(_("The file is not text. Choose a file in the format CSV or XLSX."))


def _delimiter(text: str) -> tuple[str, str]:
    """Return the delimiter and the text without a `sep=` line that named it."""
    first_line, _newline, rest = text.partition("\n")
    declared = first_line.strip("\r").casefold()
    if len(declared) == 5 and declared.startswith("sep="):
        return declared[4], rest
    header = _first_filled_line(text)
    return max(_DELIMITERS, key=lambda mark: _outside_quotes(header, mark)), text


def _first_filled_line(text: str) -> str:
    return next((line for line in io.StringIO(text) if line.strip(_DELIMITERS + "\r\n ")), "")


def _outside_quotes(line: str, mark: str) -> int:
    return sum(part.count(mark) for part in line.split('"')[::2])


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield Row(number, cells)
    except csv.Error as error:
        raise UnreadableFile(
            _("A quotation mark is missing or in the wrong place in row %(row)s.") % {"row": number + 1}
        ) from error
