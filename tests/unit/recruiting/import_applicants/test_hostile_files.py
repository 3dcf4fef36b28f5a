"""Files made to hurt: each must be refused soon and with little memory."""

import io
import os
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from samtale.recruiting.domain.import_applicants import UnreadableFile, limits, read
from tests.factories.spreadsheets import SHEET, csv_file, sheet_xml, with_member, xlsx_file

MB = 1024 * 1024
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]>"
)


def refused(
    file: io.BytesIO, name: str = "a.xlsx", says: str = "more than can be read", most: int = 20 * MB
) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableFile, match=says):
            read(file, name)
        assert tracemalloc.get_traced_memory()[1] < most
    finally:
        tracemalloc.stop()


def hostile_sheet(content: bytes) -> io.BytesIO:
    return with_member(xlsx_file([]), SHEET, content)


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_200_megabytes_are_refused_unread(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with path.open("wb") as big:
        big.truncate(200 * MB)
    tracemalloc.start()
    try:
        with path.open("rb") as big, pytest.raises(UnreadableFile, match="limit is 10 MB"):
            read(big, name)
        assert tracemalloc.get_traced_memory()[1] < MB
    finally:
        tracemalloc.stop()


def test_a_zip_bomb_is_refused_by_its_size_unpacked() -> None:
    refused(hostile_sheet(b" " * (limits.ARCHIVE_BYTES + 1)))


def test_a_zip_bomb_is_refused_by_how_tightly_it_is_packed() -> None:
    refused(hostile_sheet(b" " * limits.ARCHIVE_RATIO_FROM_BYTES))


def test_a_zip_that_lies_about_its_size_is_never_unpacked_beyond_what_it_says() -> None:
    bomb = hostile_sheet(b" " * (50 * MB)).getvalue()
    lie = bomb.replace(struct.pack("<L", 50 * MB), struct.pack("<L", 1000))
    assert lie != bomb
    refused(io.BytesIO(lie), says="damaged")


def test_many_members_are_refused() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for number in range(limits.ARCHIVE_MEMBERS + 1):
            archive.writestr(f"{number}.xml", "<x/>")
    content.seek(0)
    refused(content)


@pytest.mark.parametrize(
    "member", [SHEET, "xl/workbook.xml", "[Content_Types].xml", "xl/styles.xml", "docProps/core.xml"]
)
def test_billion_laughs_are_refused_wherever_they_are(member: str) -> None:
    refused(with_member(xlsx_file([]), member, sheet_xml("<row><c><v>&j;</v></c></row>", LAUGHS)))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_billion_laughs_in_another_encoding_are_refused(encoding: str) -> None:
    refused(hostile_sheet(sheet_xml("<row>&j;</row>", LAUGHS).decode().encode(encoding)))


def test_an_external_entity_is_refused_and_not_fetched() -> None:
    declaration = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    refused(hostile_sheet(sheet_xml('<row><c t="inlineStr"><is><t>&f;</t></is></c></row>', declaration)))


def cells_with_noise(count: int) -> str:
    """Return cells that cannot be packed tightly, so that only their number stops them."""
    return "".join(f'<c s="{noise}"/>' for noise in os.urandom(count))


def test_a_row_with_more_cells_than_excel_has_is_refused() -> None:
    refused(hostile_sheet(sheet_xml(f'<row r="1">{cells_with_noise(60_000)}</row>')))


def test_more_rows_than_can_be_kept_are_refused() -> None:
    rows = "".join(f'<row ht="{noise}"/>' for noise in os.urandom(limits.SHEET_ITEMS + 1))
    refused(hostile_sheet(sheet_xml(rows)), most=60 * MB)


def test_a_heap_of_styles_is_refused() -> None:
    styles = "".join(f'<xf numFmtId="{noise}"/>' for noise in os.urandom(limits.OTHER_ELEMENTS + 1))
    content = f"<styleSheet><cellXfs>{styles}</cellXfs></styleSheet>".encode()
    refused(with_member(xlsx_file([]), "xl/styles.xml", content), most=60 * MB)


def test_deep_elements_are_refused() -> None:
    refused(hostile_sheet(sheet_xml("<row>" + "<a>" * 10_000 + "</a>" * 10_000 + "</row>")))


def test_a_row_beyond_excels_last_is_refused() -> None:
    row = '<row r="99999999999999"><c><v>1</v></c></row>'
    refused(hostile_sheet(sheet_xml(row)))


def test_a_column_beyond_the_limit_is_refused_without_filling_the_gap() -> None:
    rows = '<row r="1"><c r="CW1"><v>1</v></c></row>'
    refused(hostile_sheet(sheet_xml(rows)), says="more than 100 columns")


def test_a_huge_cell_is_refused() -> None:
    cells = ("CV", os.urandom(limits.CELL_CHARACTERS).hex())
    rows = [f'<row><c t="inlineStr"><is><t>{cell}</t></is></c></row>' for cell in cells]
    refused(hostile_sheet(sheet_xml("".join(rows))), says="Row 2, column A")


@pytest.mark.parametrize(
    "sheet",
    [
        b"no xml at all",
        b"",
        sheet_xml("<row>")[:-30],
        sheet_xml('<row r="x"><c><v>1</v></c></row>'),
        sheet_xml('<row r="1"><c t="s"><v>99</v></c></row>'),
        sheet_xml('<row r="1"><c><v>one</v></c></row>'),
    ],
)
def test_a_damaged_sheet_is_refused(sheet: bytes) -> None:
    refused(hostile_sheet(sheet), says="damaged|empty")


def test_a_workbook_that_was_cut_off_is_refused() -> None:
    whole = xlsx_file([["Kari"]]).getvalue()
    for length in range(4, len(whole), 97):
        refused(io.BytesIO(whole[:length]), says="damaged")


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("readme.txt", "hello")
    content.seek(0)
    refused(content, says="damaged")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packing_that_excel_does_not_use_is_refused(method: int) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    content.seek(0)
    refused(content, says="damaged")


def test_an_encrypted_member_is_refused() -> None:
    content = bytearray(xlsx_file([["Kari"]]).getvalue())
    directory = content.index(b"PK\x01\x02")
    content[directory + 8] |= 1
    refused(io.BytesIO(bytes(content)), says="password")


@pytest.mark.parametrize("name", ["a.xls", "a.xlsx"])
def test_an_old_or_protected_workbook_is_explained(name: str) -> None:
    refused(io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512), name, says="XLS.*password")


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\0\0", b"not a workbook"])
def test_a_file_that_is_no_workbook_for_all_its_name_is_refused(content: bytes) -> None:
    refused(io.BytesIO(content), "a.xlsx", says="not a valid spreadsheet")


def test_text_that_calls_itself_a_workbook_is_read_as_text() -> None:
    assert read(csv_file([["Kari"]], headers=["Navn"]), "a.xlsx").rows[0].cells == ["Kari"]
