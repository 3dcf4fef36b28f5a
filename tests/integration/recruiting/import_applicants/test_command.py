import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from samtale.recruiting.models import Application, Project
from tests.factories.recruiting import make_project
from tests.factories.spreadsheets import applicant_rows, csv_file

pytestmark = pytest.mark.django_db
BAD = ["Ola", "Moe", "ola@", "", "", ""]


@pytest.fixture
def project() -> Project:
    return make_project(reference="2026-17")


def run(path: Path, *options: str) -> str:
    output = io.StringIO()
    call_command("import", str(path), "--project", "2026-17", *options, stdout=output)
    return output.getvalue()


def written(folder: Path, *rows: list[str]) -> Path:
    path = folder / "søkere.csv"
    path.write_bytes(csv_file(rows, encoding="cp1252").getvalue())
    return path


def test_imports_and_says_what_was_wrong(project: Project, tmp_path: Path) -> None:
    output = run(written(tmp_path, *applicant_rows(2), BAD))
    assert "E-mail ← C: E-post" in output
    assert "Row 4, C: E-post. “ola@” is not an e-mail address." in output
    assert "Imported applicants: 2." in output
    assert Application.objects.filter(project=project).count() == 2


def test_a_dry_run_changes_nothing(project: Project, tmp_path: Path) -> None:
    assert "Rows that would be imported: 2." in run(written(tmp_path, *applicant_rows(2)), "--dry-run")
    assert not Application.objects.exists()


@pytest.mark.parametrize("options", [["--all-or-nothing"], ["--all-or-nothing", "--dry-run"]])
def test_all_or_nothing_fails_at_one_error(project: Project, tmp_path: Path, options: list[str]) -> None:
    with pytest.raises(CommandError, match="Nothing was imported") as refusal:
        run(written(tmp_path, *applicant_rows(2), BAD), *options)
    assert refusal.value.returncode == 1
    assert not Application.objects.exists()


def test_a_second_run_imports_nobody_and_fails(project: Project, tmp_path: Path) -> None:
    path = written(tmp_path, *applicant_rows(2))
    run(path)
    with pytest.raises(CommandError, match="no row could be used"):
        run(path)


def test_an_unknown_project_a_missing_and_an_unreadable_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no project with the reference “2026-17”"):
        run(written(tmp_path, *applicant_rows(1)))
    make_project(reference="2026-17")
    with pytest.raises(CommandError, match="No such file"):
        run(tmp_path / "none.csv")
    with (tmp_path / "big.csv").open("wb") as big:
        big.truncate(200 * 1024 * 1024)
    with pytest.raises(CommandError, match="limit is 10 MB"):
        run(tmp_path / "big.csv")
