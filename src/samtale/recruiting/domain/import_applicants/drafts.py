"""Keeps an uploaded file between the preview and the import, and makes sure it is imported once."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from samtale.accounts.models import User
from samtale.recruiting.domain.import_applicants.columns import Mapping
from samtale.recruiting.domain.import_applicants.run import ImportResult, run
from samtale.recruiting.domain.import_applicants.table import Row, Table
from samtale.recruiting.domain.person import Person
from samtale.recruiting.models import ImportDraft, Project

KEPT_FOR = timedelta(days=1)


class DraftGone(Exception):
    """The draft was imported or thrown away already, is too old, or is somebody else's."""

    def __init__(self) -> None:
        super().__init__(_("This file has been imported already, or was uploaded too long ago."))


@transaction.atomic
def keep(*, project: Project, table: Table, filename: str, by: User, now: datetime) -> ImportDraft:
    """Store `table` until it is imported. Everyone's drafts that are older than a day go."""
    delete_old(now=now)
    return ImportDraft.objects.create(
        project=project,
        by=by,
        created_at=now,
        filename=filename[-200:],
        headers=table.headers,
        rows=table.rows,
        ignored_sheets=list(table.ignored_sheets),
    )


def find(*, project: Project, draft_id: int, by: User, now: datetime) -> ImportDraft:
    """Return the user's own draft. Raises `DraftGone`."""
    return _found(project, draft_id, by, now, lock=False)


def locked(*, project: Project, draft_id: int, by: User, now: datetime) -> ImportDraft:
    """Return the user's own draft, held until the transaction ends. Raises `DraftGone`."""
    return _found(project, draft_id, by, now, lock=True)


def table_of(draft: ImportDraft) -> Table:
    """Return the table that was kept."""
    return Table(draft.headers, [Row(*row) for row in draft.rows], tuple(draft.ignored_sheets))


@transaction.atomic
def run_draft(
    *, project: Project, draft_id: int, mapping: Mapping, only_good: bool, by: User, now: datetime
) -> ImportResult:
    """Import the draft and throw it away, in one transaction, so that pressing twice imports once.

    Raises:
        DraftGone: see there.
        MissingColumns, NothingImported: see `run`. The draft stays.
    """
    draft = _found(project, draft_id, by, now, lock=True)
    result = run(
        project=project,
        table=table_of(draft),
        mapping=mapping,
        only_good=only_good,
        filename=draft.filename,
        by=by,
        now=now,
    )
    draft.delete()
    return result


def _found(project: Project, draft_id: int, by: User, now: datetime, *, lock: bool) -> ImportDraft:
    drafts = ImportDraft.objects.select_for_update() if lock else ImportDraft.objects.all()
    draft = drafts.filter(pk=draft_id, project=project, by=by, created_at__gte=now - KEPT_FOR).first()
    if draft is None:
        raise DraftGone
    return draft


def delete_old(*, now: datetime) -> int:
    """Delete everyone's drafts that are older than a day, and return how many those were. Joins
    `jobs.followers.cleaning`."""
    return ImportDraft.objects.filter(created_at__lt=now - KEPT_FOR).delete()[0]


def hold_all() -> None:
    """Let nobody import a draft before the transaction ends."""
    list(ImportDraft.objects.select_for_update().order_by("pk").values_list("pk", flat=True))


def delete_naming(person: Person) -> int:
    """Delete everyone's drafts that hold `person`, whatever project they are for; return how many."""
    drafts = ImportDraft.objects.order_by("pk").only("pk", "filename", "rows")
    naming = [
        draft.pk
        for draft in drafts.iterator(chunk_size=1)
        if person.is_in(draft.filename) or any(person.is_row(cells) for _number, cells in draft.rows)
    ]
    ImportDraft.objects.filter(pk__in=naming).delete()
    return len(naming)


def discard(*, project: Project, draft_id: int, by: User) -> None:
    """Throw the user's draft away, if it is still there."""
    ImportDraft.objects.filter(pk=draft_id, project=project, by=by).delete()
