"""Files of applicants, sound and hostile."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from openpyxl import Workbook

HEADERS = ["Fornavn", "Etternavn", "E-post", "Mobil", "Språk", "Søkt dato"]
SHEET = "xl/worksheets/sheet1.xml"


def applicant_rows(count: int) -> list[list[str]]:
    """Return rows for `HEADERS`, each another person."""
    return [
        [f"Åse {n}", f"Sørbø {n}", f"ase{n}@example.org", "400 00 000", "norsk", "12.11.2025"]
        for n in range(count)
    ]


def csv_file(
    rows: Iterable[Sequence[str]],
    *,
    headers: Sequence[str] = HEADERS,
    delimiter: str = ";",
    encoding: str = "utf-8",
    newline: str = "\r\n",
) -> io.BytesIO:
    """Return a CSV file as Excel writes it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=newline)
    writer.writerows([headers, *rows])
    return io.BytesIO(text.getvalue().encode(encoding))


def xlsx_file(
    rows: Iterable[Sequence[Any]],
    *,
    headers: Sequence[Any] = HEADERS,
    change: Callable[[Workbook], None] = lambda workbook: None,
) -> io.BytesIO:
    """Return a workbook with one sheet, after `change` has had its way with it."""
    workbook = Workbook()
    sheet = workbook.active
    for row in [headers, *rows]:
        sheet.append(row)
    change(workbook)
    content = io.BytesIO()
    workbook.save(content)
    content.seek(0)
    return content


def with_member(file: io.BytesIO, name: str, content: bytes) -> io.BytesIO:
    """Return the archive with one member replaced or added, packed tightly."""
    changed = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            if member.filename != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    changed.seek(0)
    return changed


def sheet_xml(rows: str, prologue: str = "") -> bytes:
    """Return a worksheet whose rows are this XML."""
    return (
        f'<?xml version="1.0"?>{prologue}<worksheet xmlns='
        f'"http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
    ).encode()
