import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samtale.accounts.models import User
from samtale.core.audit import history
from samtale.recruiting.domain.import_applicants import (
    Duplicate,
    Field,
    ImportResult,
    MissingColumns,
    NothingImported,
    Report,
    check,
    match_columns,
    read,
    run,
)
from samtale.recruiting.domain.import_applicants.wording import duplicates, errors
from samtale.recruiting.models import Application, Candidate, Project
from tests.factories.accounts import make_organisation, make_user
from tests.factories.recruiting import make_application, make_candidate, make_project
from tests.factories.spreadsheets import HEADERS, applicant_rows, csv_file, xlsx_file

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
KARI = ["Kari", "Lunde", "kari@example.org", "400 00 000", "norsk", "12.11.2025"]


@pytest.fixture
def project() -> Project:
    return make_project()


def report_on(project: Project, *rows: Sequence[str]) -> Report:
    return check(read(csv_file(rows), "a.csv"), match_columns(HEADERS), project, now=NOW)


def import_into(
    project: Project, *rows: Sequence[str], only_good: bool = True, by: Any = "test"
) -> ImportResult:
    table = read(csv_file(rows), "søkere.csv")
    return run(
        project=project,
        table=table,
        mapping=match_columns(table.headers),
        only_good=only_good,
        filename="søkere.csv",
        by=by,
        now=NOW,
    )


def test_a_row_becomes_a_candidate_with_an_application(project: Project) -> None:
    make_organisation(time_zone="Europe/Oslo")
    result = import_into(project, KARI)
    application = Application.objects.get(project=project)
    candidate = application.candidate
    assert result.created == 1
    assert (candidate.first_name, candidate.last_name, candidate.email) == (
        "Kari",
        "Lunde",
        "kari@example.org",
    )
    assert (candidate.mobile, candidate.language) == ("+4740000000", "nb")
    assert application.status == Application.Status.NEW
    assert application.applied_at == datetime(2025, 11, 11, 23, tzinfo=UTC)
    assert "kari@example.org" in application.search_text


def test_an_import_and_one_by_hand_sort_and_search_alike(project: Project) -> None:
    import_into(project, ["Ærlig", "Åsøy", "x@example.org", "", "", ""])
    other = make_application(first_name="Ærlig", last_name="Åsøy", email="y@example.org")
    assert Application.objects.get(project=project).sort_name == other.sort_name


def test_who_did_it_is_written_down_with_the_project_and_each_application(project: Project) -> None:
    user: User = make_user()
    import_into(project, KARI, ["", "", "bad", "", "", ""], by=user)
    (row,) = history(project)
    assert (row.verb, row.actor_id, row.at) == ("project.imported", user.pk, NOW)
    assert row.data == {"filename": "søkere.csv", "imported": 1, "errors": 1, "repeated": 0}
    assert [row.verb for row in history(Application.objects.get())] == ["application.imported"]


def test_errors_are_told_by_row_and_column(project: Project) -> None:
    table = read(csv_file([KARI, ["Ola", "", "ola@", "12", "dansk", "31.02.2025"]]), "a.csv")
    mapping = match_columns(table.headers)
    found = [tuple(finding) for finding in errors(check(table, mapping, project, now=NOW), table, mapping)]
    assert found == [
        (3, "B: Etternavn", "Missing."),
        (3, "C: E-post", "“ola@” is not an e-mail address."),
        (3, "D: Mobil", "“12” is not a phone number."),
        (3, "E: Språk", "“dansk” is not a language that can be used."),
        (3, "F: Søkt dato", "“31.02.2025” is not a date."),
    ]


def test_a_value_beyond_the_header_is_an_error_of_the_row(project: Project) -> None:
    table = read(csv_file([[*KARI, "", "?"]]), "a.csv")
    (finding,) = errors(check(table, match_columns(HEADERS), project, now=NOW), table, match_columns(HEADERS))
    assert (finding.column, finding.message) == ("", "There is a value in column H, which has no header.")


def test_all_good_rows_or_none(project: Project) -> None:
    bad = ["Ola", "Moe", "ola@", "", "", ""]
    with pytest.raises(NothingImported) as refusal:
        import_into(project, KARI, bad, only_good=False)
    assert refusal.value.report and len(refusal.value.report.bad) == 1
    assert not Application.objects.exists()
    assert not Candidate.objects.exists()
    assert import_into(project, KARI, bad, only_good=True).created == 1


def test_nothing_good_is_nothing_imported(project: Project) -> None:
    with pytest.raises(NothingImported):
        import_into(project, ["Ola", "Moe", "ola@", "", "", ""])
    assert not history(project).exists()


def test_a_repeated_address_is_imported_once(project: Project) -> None:
    report = report_on(project, KARI, ["KARI", "Lunde", "Kari@Example.org", "", "", ""])
    assert [row.duplicate for row in report.rows] == [None, Duplicate.IN_FILE]
    assert import_into(project, KARI, KARI, only_good=False).created == 1


def test_two_people_with_one_address_are_an_error_and_not_lost(project: Project) -> None:
    report = report_on(project, KARI, ["Per", "Lunde", "kari@example.org", "", "", ""])
    assert [(error.field, error.message) for error in report.bad[0].errors] == [
        (Field.EMAIL, "Kari Lunde in row 2 has the same e-mail address.")
    ]


@pytest.mark.parametrize(
    ("deleted_at", "duplicate"), [(None, Duplicate.IN_PROJECT), (NOW, Duplicate.DELETED)]
)
def test_who_has_applied_already_is_pointed_out_and_left_out(
    project: Project, deleted_at: datetime | None, duplicate: Duplicate
) -> None:
    make_application(project, email="kari@example.org", deleted_at=deleted_at)
    report = report_on(project, KARI)
    assert report.rows[0].duplicate == duplicate
    assert report.skipped and not report.good and not report.bad


def test_a_candidate_known_from_elsewhere_is_used_again_and_only_filled_in(project: Project) -> None:
    known = make_candidate(
        first_name="Kari", last_name="Berg", email="kari@example.org", mobile="", language="en"
    )
    table = read(csv_file([KARI]), "a.csv")
    report = check(table, match_columns(HEADERS), project, now=NOW)
    (finding,) = duplicates(report, table, match_columns(HEADERS))
    assert finding.message.startswith("Kari Berg is known from another project.")

    import_into(project, KARI, only_good=False)
    application = Application.objects.get(project=project)
    assert application.candidate == known
    assert application.sort_name == make_application(candidate=known).sort_name
    known.refresh_from_db()
    assert (known.last_name, known.language, known.mobile) == ("Berg", "en", "+4740000000")


def test_importing_again_adds_nobody(project: Project) -> None:
    import_into(project, KARI)
    with pytest.raises(NothingImported):
        import_into(project, KARI)
    assert Application.objects.count() == Candidate.objects.count() == 1


def test_necessary_columns_are_named(project: Project) -> None:
    table = read(csv_file([["Kari"]], headers=["Fornavn"]), "a.csv")
    with pytest.raises(MissingColumns, match="Last name, E-mail"):
        check(table, match_columns(table.headers), project, now=NOW)


def test_hostile_text_is_kept_as_text(project: Project) -> None:
    import_into(
        project, ['=HYPERLINK("http://evil.example")', "<script>{vacancy}", "x@example.org", "", "", ""]
    )
    candidate = Candidate.objects.get()
    assert candidate.name == '=HYPERLINK("http://evil.example") <script>{vacancy}'


@pytest.mark.parametrize("write", [csv_file, xlsx_file])
def test_5000_rows_take_a_few_seconds(project: Project, write: Callable[..., Any]) -> None:
    file = write(applicant_rows(5000))
    started = time.monotonic()
    table = read(file, "a.csv")
    result = run(
        project=project,
        table=table,
        mapping=match_columns(table.headers),
        only_good=False,
        filename="a.csv",
        by="test",
        now=NOW,
    )
    assert result.created == Application.objects.filter(project=project).count() == 5000
    assert time.monotonic() - started < 15  # about 3 seconds on an idle machine


def test_queries_are_for_hundreds_of_rows_each() -> None:
    for known in ("ase0", "ase1"):
        make_candidate(email=f"{known}@example.org", mobile="")
    counts = []
    for rows in (applicant_rows(2), applicant_rows(400)):
        project = make_project()
        with CaptureQueriesContext(connection) as queries:
            import_into(project, *rows)
        counts.append(len(queries))
        Candidate.objects.filter(email__in=["ase0@example.org", "ase1@example.org"]).update(mobile="")
    # SQLite takes 999 values in a statement, which is a hundred rows; PostgreSQL takes them all.
    assert counts[1] - counts[0] <= 10
