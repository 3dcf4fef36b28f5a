from datetime import UTC, datetime, timedelta

import pytest

from samtale.accounts.models import User
from samtale.jobs.domain.clean import clean
from samtale.recruiting.domain.import_applicants import MissingColumns, drafts, match_columns, read
from samtale.recruiting.models import Application, ImportDraft, Project
from tests.at_once import at_once
from tests.factories.accounts import make_user
from tests.factories.recruiting import make_project
from tests.factories.spreadsheets import HEADERS, applicant_rows, csv_file

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def user() -> User:
    return make_user()


@pytest.fixture
def project() -> Project:
    return make_project()


def keep(project: Project, user: User, now: datetime = NOW) -> ImportDraft:
    table = read(csv_file(applicant_rows(3)), "a.csv")
    return drafts.keep(project=project, table=table, filename="a.csv", by=user, now=now)


def run(project: Project, draft: ImportDraft, user: User) -> int:
    mapping = match_columns(HEADERS)
    return drafts.run_draft(
        project=project, draft_id=draft.pk, mapping=mapping, only_good=False, by=user, now=NOW
    ).created


@pytest.mark.django_db
class TestDraft:
    def test_keeps_the_table_as_it_was_read(self, project: Project, user: User) -> None:
        draft = keep(project, user)
        draft.refresh_from_db()
        assert drafts.table_of(draft) == read(csv_file(applicant_rows(3)), "a.csv")

    def test_is_gone_after_the_import(self, project: Project, user: User) -> None:
        draft = keep(project, user)
        assert run(project, draft, user) == 3
        with pytest.raises(drafts.DraftGone):
            run(project, draft, user)
        assert Application.objects.count() == 3

    def test_stays_when_the_import_is_refused(self, project: Project, user: User) -> None:
        draft = keep(project, user)
        with pytest.raises(MissingColumns):
            drafts.run_draft(project=project, draft_id=draft.pk, mapping={}, only_good=True, by=user, now=NOW)
        assert drafts.find(project=project, draft_id=draft.pk, by=user, now=NOW) == draft

    def test_belongs_to_one_user_and_one_project(self, project: Project, user: User) -> None:
        draft = keep(project, user)
        for other_project, other_user in [(make_project(), user), (project, make_user())]:
            with pytest.raises(drafts.DraftGone):
                drafts.find(project=other_project, draft_id=draft.pk, by=other_user, now=NOW)

    def test_lasts_a_day_and_the_next_upload_removes_it(self, project: Project, user: User) -> None:
        old = keep(project, make_user(), now=NOW - timedelta(days=1, seconds=1))
        with pytest.raises(drafts.DraftGone):
            drafts.find(project=project, draft_id=old.pk, by=old.by, now=NOW)
        young = keep(project, user, now=NOW - timedelta(hours=23))
        newest = keep(project, user)
        assert set(ImportDraft.objects.all()) == {young, newest}

    def test_goes_after_a_day_though_nobody_uploads_anything(self, project: Project, user: User) -> None:
        draft = keep(project, user)
        clean(now=NOW + timedelta(hours=23))
        assert list(ImportDraft.objects.all()) == [draft]
        clean(now=NOW + timedelta(days=1, seconds=1))
        assert not ImportDraft.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_pressing_import_twice_at_once_imports_once(project: Project, user: User) -> None:
    draft = keep(project, user)

    outcomes = at_once([lambda: run(project, draft, user)] * 2, expected=(drafts.DraftGone,))

    assert sum(outcome == 3 for outcome in outcomes) == 1
    assert sum(isinstance(outcome, drafts.DraftGone) for outcome in outcomes) == 1
    assert Application.objects.count() == 3
