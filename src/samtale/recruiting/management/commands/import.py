"""`samtale import FILE --project REF`: applicants from a spreadsheet, without a browser."""  # noqa: N999

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from samtale.core import clock
from samtale.recruiting.domain.import_applicants import (
    Mapping,
    MissingColumns,
    NothingImported,
    Report,
    Table,
    UnreadableFile,
    check,
    match_columns,
    read,
    refuse,
    run,
)
from samtale.recruiting.domain.import_applicants.wording import column_name, duplicates, errors
from samtale.recruiting.models import Project


class Command(BaseCommand):
    help = "Import applicants into a project from a CSV or XLSX file."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV (semicolon, comma or tab) or XLSX")
        parser.add_argument("--project", required=True, metavar="REF", help="the project's reference")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, and change nothing"
        )
        parser.add_argument(
            "--all-or-nothing", action="store_true", help="import nothing if a row has errors"
        )

    def handle(
        self, *args: Any, file: Path, project: str, dry_run: bool, all_or_nothing: bool, **options: Any
    ) -> None:
        """End with 1 if nothing was imported, or would be in a dry run."""
        try:
            self._import(_project(project), file, dry_run=dry_run, only_good=not all_or_nothing)
        except (UnreadableFile, MissingColumns, NothingImported) as error:
            raise CommandError(str(error)) from error

    def _import(self, project: Project, file: Path, *, dry_run: bool, only_good: bool) -> None:
        table, now = _table(file), clock.now()
        mapping = match_columns(table.headers)
        for field, index in mapping.items():
            self.stdout.write(f"{field.label} ← {column_name(table, index)}")
        report = check(table, mapping, project, now=now)
        self._say(report, table, mapping)
        if dry_run:
            refuse(report, only_good=only_good)
            self.stdout.write(
                _("Rows that would be imported: %(count)s. Nothing was changed.")
                % {"count": len(report.good)}
            )
            return
        result = run(
            project=project,
            table=table,
            mapping=mapping,
            only_good=only_good,
            filename=file.name,
            by="samtale import",
            now=now,
        )
        self.stdout.write(_("Imported applicants: %(count)s.") % {"count": result.created})

    def _say(self, report: Report, table: Table, mapping: Mapping) -> None:
        for finding in (*errors(report, table, mapping), *duplicates(report, table, mapping)):
            place = _("Row %(row)s") % {"row": finding.row}
            self.stdout.write(", ".join(filter(None, [place, finding.column])) + f". {finding.message}")


def _project(reference: str) -> Project:
    project = Project.objects.filter(reference__iexact=reference).first()
    if project is None:
        raise CommandError(
            _("There is no project with the reference “%(reference)s”.") % {"reference": reference}
        )
    return project


def _table(file: Path) -> Table:
    try:
        with file.open("rb") as content:
            return read(content, file.name)
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}") from error
