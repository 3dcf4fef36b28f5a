import io

import pytest

from samtale.recruiting.domain.import_applicants import Table, UnreadableFile, limits, read
from tests.factories.spreadsheets import csv_file

NAMES = ["Åse", "Sjöberg-Æøå", "ase@example.org"]
HEADERS = ["Fornavn", "Etternavn", "E-post"]


def read_bytes(content: bytes, name: str = "søkere.csv") -> Table:
    return read(io.BytesIO(content), name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
def test_reads_what_excel_writes(encoding: str, delimiter: str, newline: str) -> None:
    table = read(
        csv_file([NAMES], headers=HEADERS, encoding=encoding, delimiter=delimiter, newline=newline), "a.csv"
    )
    assert table.headers == HEADERS
    assert [tuple(row) for row in table.rows] == [(2, NAMES)]


def test_the_delimiter_of_the_header_counts_and_not_what_stands_in_quotes() -> None:
    table = read_bytes(b'"Navn, fullt";E-post\nLunde, Kari;kari@example.org\n')
    assert table.rows[0].cells == ["Lunde, Kari", "kari@example.org"]


def test_excels_own_line_that_names_the_delimiter_is_no_header() -> None:
    table = read_bytes(b"sep=,\r\nNavn,E-post\r\nKari Lunde,kari@example.org\r\n")
    assert table.headers == ["Navn", "E-post"]
    assert table.rows[0].number == 2


def test_a_quoted_cell_may_hold_lines_quotes_and_delimiters_and_rows_are_counted_as_excel_does() -> None:
    table = read_bytes(b'Navn;CV\nKari;"2020; nurse\r\n2024 ""lead"""\nOla;\n')
    assert table.rows[0].cells == ["Kari", '2020; nurse\n2024 "lead"']
    assert table.rows[1].number == 3


def test_blank_rows_are_left_out_but_counted() -> None:
    table = read_bytes(b"\n;;\nNavn;E-post\n\nKari;k@example.org\n;\n")
    assert table.headers == ["Navn", "E-post"]
    assert [(row.number, row.cells) for row in table.rows] == [(5, ["Kari", "k@example.org"])]


def test_short_rows_are_filled_up_and_what_is_right_of_the_header_is_kept_to_be_pointed_out() -> None:
    table = read_bytes(b"Navn;E-post;;\nKari\nOla;o@example.org;;;extra\n")
    assert table.headers == ["Navn", "E-post"]
    assert [row.cells for row in table.rows] == [["Kari", ""], ["Ola", "o@example.org", "", "", "extra"]]


@pytest.mark.parametrize(
    "formula", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://evil.example")', "=cmd|' /C calc'!A0"]
)
def test_a_formula_is_the_text_it_is_written_as(formula: str) -> None:
    table = read(csv_file([[formula, "x"]], headers=["Fornavn", "Etternavn"]), "a.csv")
    assert table.rows[0].cells == [formula, "x"]


def test_characters_that_no_keyboard_writes_are_dropped() -> None:
    table = read_bytes(b"Navn;E-post\nKa\x08ri\x1b;k@example.org\x7f\n")
    assert table.rows[0].cells == ["Kari", "k@example.org"]


def test_what_hides_in_a_row_is_dropped() -> None:
    rows = [["\u202eKari\u202c", "Lun\u200bde", "\ufeffkari@example.org"], ["\u200b", "\u200d", ""], ["Ola"]]
    table = read(csv_file(rows, headers=HEADERS), "a.csv")
    assert [row.cells for row in table.rows] == [["Kari", "Lunde", "kari@example.org"], ["Ola", "", ""]]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\n ; ;\n\n", "empty"),
        (b"Navn;E-post\n", "no rows below"),
        (b"Navn;E-post\nKari\0;k@example.org\n", "not text"),
        (b"Navn;E-post\n\x81\x8d\x8f;k@example.org\n", "not text"),
        (b"\xff\xfeN", "not text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not text"),
        (b'Navn;CV\nKari;"never closed\nOla;x\n', "quotation mark"),
        (b'Navn;CV\nKari;"closed" too early\n', "quotation mark is missing or in the wrong place in row 2"),
    ],
)
def test_says_why_a_file_cannot_be_read(content: bytes, says: str) -> None:
    with pytest.raises(UnreadableFile, match=says):
        read_bytes(content)


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.ods", "a", "a.csv.exe"])
def test_refuses_other_kinds_of_files_by_name(name: str) -> None:
    with pytest.raises(UnreadableFile, match="CSV or XLSX"):
        read_bytes(b"Navn;E-post\nKari;k@example.org\n", name)


def test_refuses_too_many_rows_but_not_just_enough() -> None:
    row = "Kari;k@example.org\n"
    assert len(read_bytes(("Navn;E-post\n" + row * limits.ROWS).encode()).rows) == limits.ROWS
    with pytest.raises(UnreadableFile, match="more than 20000 rows"):
        read_bytes(("Navn;E-post\n" + row * (limits.ROWS + 1)).encode())


@pytest.mark.parametrize("content", ["x;" * 100 + "x\ny\n", "x\n" + ";" * 100 + "y\n"])
def test_refuses_too_many_columns(content: str) -> None:
    with pytest.raises(UnreadableFile, match="more than 100 columns"):
        read_bytes(content.encode())


@pytest.mark.parametrize("length", [limits.CELL_CHARACTERS + 1, 5_000_000])
def test_refuses_a_huge_cell_and_says_where(length: int) -> None:
    with pytest.raises(UnreadableFile, match=r"[Rr]ow 2"):
        read_bytes(b"Navn;CV\nKari;" + b"x" * length)
