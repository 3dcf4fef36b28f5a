from datetime import UTC, date, datetime
from typing import Any

import pytest

from samtale.accounts.models import User
from samtale.core import audit
from samtale.outbox.models import Message
from samtale.recruiting.domain.projects import (
    ReferenceTaken,
    complete_project,
    create_project,
    reopen_project,
    set_access,
    update_project,
)
from samtale.recruiting.domain.queries.correspondence import messages_about, messages_for
from samtale.recruiting.domain.queries.projects import my_projects, overview, status_counts, summary
from samtale.recruiting.models import Application, Correspondence, Project, ProjectAccess
from tests.factories.accounts import make_administrator, make_department, make_user
from tests.factories.recruiting import give_access, make_application, make_applications, make_project

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = date(2026, 11, 22)
S = Application.Status


def facts(**fields: Any) -> Any:
    return {
        "title": "Lærer",
        "reference": "2026-L1",
        "department": make_department(),
        "owner": make_user(),
        "deadline": TODAY,
        "position": "",
        "description": "",
        "by": make_administrator(),
        "now": NOW,
    } | fields


def test_a_reference_is_given_once() -> None:
    create_project(**facts())
    other = make_project()
    with pytest.raises(ReferenceTaken):
        create_project(**facts(reference=" 2026-l1 "))
    with pytest.raises(ReferenceTaken):
        update_project(project=other, **facts())


def test_a_change_names_its_fields() -> None:
    values = facts()
    project = create_project(**values)
    update_project(project=project, **values | {"title": "Lærer, 1.–4. trinn"})
    update_project(project=project, **values | {"title": "Lærer, 1.–4. trinn"})
    assert [row.data for row in audit.history(project)] == [{"title": "Lærer"}, {"fields": ["title"]}]


def test_completing_and_reopening() -> None:
    project, user = make_project(), make_user()
    for _ in range(2):
        complete_project(project=project, by=user, now=NOW)
    assert Project.objects.get().completed_at == NOW
    for _ in range(2):
        reopen_project(project=project, by=user, now=NOW)
    assert Project.objects.get().completed_at is None
    assert [row.verb for row in audit.history(project)] == ["project.completed", "project.reopened"]


def test_access_is_set_changed_and_taken() -> None:
    project, kari, per = make_project(), make_user(), make_user()
    set_access(project=project, levels={kari: "normal", per: "none"}, by=kari, now=NOW)
    set_access(project=project, levels={kari: "full"}, by=kari, now=NOW)
    assert list(project.accesses.values_list("user", "level")) == [(kari.pk, "full")]
    set_access(project=project, levels={kari: "none"}, by=kari, now=NOW)
    assert not User.objects.get(pk=kari.pk).has_perm("recruiting.view_project", project)
    assert [row.data["level"] for row in audit.history(project)] == ["normal", "full", "none"]


def test_the_tabs_of_the_overview() -> None:
    user = make_administrator()
    today = make_project(deadline=TODAY)
    yesterday = make_project(deadline=date(2026, 11, 21))
    done = make_project(deadline=TODAY, completed_at=NOW)
    tabs = {tab: list(overview(user, tab=tab, today=TODAY)) for tab in ("active", "expired", "completed")}
    assert tabs == {"active": [today], "expired": [yesterday], "completed": [done]}


@pytest.mark.parametrize("search", ["LÆRER", "barneskolen lærer", "l-77"])
def test_search_in_the_overview(search: str) -> None:
    found = make_project(title="Lærer, Barneskolen", reference="L-77")
    make_project(title="Rørlegger")
    assert list(overview(make_administrator(), tab="active", search=search, today=TODAY)) == [found]


def test_my_projects_are_those_i_take_part_in() -> None:
    user = make_administrator()
    own, shared = make_project(owner=user), make_project()
    give_access(user, shared, ProjectAccess.Level.READ)
    give_access(user, make_project(), ProjectAccess.Level.NONE)
    make_project()
    make_project(owner=user, completed_at=NOW)
    assert set(my_projects(user, limit=10)) == {own, shared}
    assert len(my_projects(user, limit=1)) == 1


def test_the_summary_counts_by_section() -> None:
    project = make_project()
    for status, number in [(S.NEW, 3), (S.SAVED, 1), (S.INVITED, 2), (S.OFFERED, 1), (S.REJECTED, 2)]:
        make_applications(project, number, status=status)
    make_application(project, deleted_at=NOW)
    make_application()
    counts = summary(project)
    assert (counts.all, counts.waiting, counts.in_progress, counts.handled) == (9, 4, 3, 2)
    assert dict(counts.in_order())[S.NEW] == 3


def test_counts_of_many_projects_take_one_query(django_assert_num_queries: Any) -> None:
    projects = [make_application().project for _ in range(5)]
    with django_assert_num_queries(1):
        counts = status_counts(projects)
    assert [counts[project.pk].total() for project in projects] == [1] * 5


def make_message(**fields: Any) -> Any:
    fields = {
        "kind": "account.welcome",
        "channel": "email",
        "language": "nb",
        "recipient_name": "Amina",
        "recipient_address": "amina@example.org",
        "content": [],
        "created_at": NOW,
        "due_at": NOW,
        "try_at": NOW,
    } | fields
    return Message.objects.create(**fields)


def test_letters_are_seen_by_those_who_see_the_project() -> None:
    application = make_application()
    letter, general = make_message(), make_message()
    Correspondence.objects.create(message=letter, project=application.project, application=application)
    assert list(messages_for(application.project.owner)) == [letter]
    assert not messages_for(make_user()).exists()
    assert set(messages_for(make_administrator())) == {letter, general}
    assert messages_about(application, limit=5) == [letter]
