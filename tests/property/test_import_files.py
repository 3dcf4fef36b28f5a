"""Whatever people are called, a file with their names comes back as it was written."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samtale.core.text import is_blank, plain_text
from samtale.recruiting.domain.import_applicants import read
from tests.factories.spreadsheets import csv_file, xlsx_file

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # on a busy machine
HEADERS = ["Fornavn", "Etternavn"]


def shown(text: str) -> str:
    """Return `text` without what hides, which nobody can miss."""
    return "" if is_blank(text) else plain_text(text).strip()


written = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=40).map(shown)
in_windows = st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]), max_size=40).map(shown)


def people(text: st.SearchStrategy[str]) -> st.SearchStrategy[list[list[str]]]:
    return st.lists(st.tuples(text, text).filter(any).map(list), min_size=1, max_size=5)


@patient
@given(people(written), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), st.sampled_from(";\t,"))
def test_unicode_in_csv(rows: list[list[str]], encoding: str, delimiter: str) -> None:
    table = read(csv_file(rows, headers=HEADERS, encoding=encoding, delimiter=delimiter), "a.csv")
    assert [row.cells for row in table.rows] == rows


@patient
@given(people(in_windows), st.sampled_from(";\t,"))
def test_windows_1252_in_csv(rows: list[list[str]], delimiter: str) -> None:
    headers = [*HEADERS, "Ærlighet"]  # what makes it not UTF-8
    table = read(csv_file(rows, headers=headers, encoding="cp1252", delimiter=delimiter), "a.csv")
    assert [row.cells[:2] for row in table.rows] == rows


@patient
@given(people(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=40)))
def test_names_in_workbooks(rows: list[list[str]]) -> None:
    rows = [[shown(name.lstrip("= ")) for name in row] for row in rows]
    table = read(xlsx_file([["Å", "Ø"], *rows], headers=HEADERS), "a.xlsx")
    assert [row.cells for row in table.rows[1:]] == [row for row in rows if any(row)]
