from datetime import UTC, datetime
from typing import Any

import pytest

from samtale.core import audit
from samtale.core.transitions import IllegalTransition
from samtale.recruiting import followers
from samtale.recruiting.domain.progress import set_status
from samtale.recruiting.domain.queries.process import process_list
from samtale.recruiting.models import Application
from tests.factories.accounts import make_user
from tests.factories.recruiting import make_application, make_applications, make_project

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
S = Application.Status


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> Any:
    told = []
    monkeypatch.setattr(
        followers, "application_closed", [lambda applications, *, by, now: told.extend(applications)]
    )
    return told


def test_the_status_and_its_history_change_together() -> None:
    application, user = make_application(), make_user()
    changed = set_status(applications=[application], status=S.UNDER_REVIEW, by=user, now=NOW)
    assert changed == [application]
    assert application.status == Application.objects.get().status == S.UNDER_REVIEW
    [row] = audit.history(application)
    assert (row.verb, row.at, row.actor_id) == ("application.status_set", NOW, user.pk)
    [step] = process_list(application)
    assert (step.who, step.what) == (str(user), "Status endret fra «Ny» til «Under vurdering»")


def test_repeating_changes_nothing() -> None:
    application = make_application(status=S.INVITED)
    assert set_status(applications=[application], status=S.INVITED, by="system", now=NOW) == []
    assert not audit.history(application)


def test_all_or_none() -> None:
    project = make_project()
    fine, hired = make_application(project), make_application(project, status=S.HIRED)
    with pytest.raises(IllegalTransition):
        set_status(applications=[fine, hired], status=S.INVITED, by="system", now=NOW)
    assert set(Application.objects.values_list("status", flat=True)) == {S.NEW, S.HIRED}
    assert fine.status == S.NEW


def test_the_database_and_not_the_object_decides() -> None:
    stale = make_application()
    Application.objects.update(status=S.WITHDRAWN)
    with pytest.raises(IllegalTransition):
        set_status(applications=[stale], status=S.INVITED, by="system", now=NOW)


@pytest.mark.parametrize("status", [S.WITHDRAWN, S.REJECTED, S.TRANSFERRED])
def test_followers_hear_of_those_that_close(status: str, closed: list[Application]) -> None:
    project = make_project()
    open_one, closed_one = make_application(project), make_application(project, status=status)
    set_status(applications=[open_one, closed_one], status=status, by="system", now=NOW)
    assert closed == [open_one]


def test_followers_hear_nothing_of_others(closed: list[Application]) -> None:
    set_status(applications=[make_application()], status=S.INVITED, by="system", now=NOW)
    assert closed == []


def test_a_follower_that_fails_undoes_the_change(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(applications: list[Application], *, by: Any, now: datetime) -> None:
        raise RuntimeError

    monkeypatch.setattr(followers, "application_closed", [fail])
    application = make_application()
    with pytest.raises(RuntimeError):
        set_status(applications=[application], status=S.WITHDRAWN, by="system", now=NOW)
    assert Application.objects.get().status == S.NEW
    assert not audit.history(application)


def test_deleted_applications_keep_their_status() -> None:
    application = make_application(deleted_at=NOW)
    assert set_status(applications=[application], status=S.INVITED, by="system", now=NOW) == []
    assert Application.objects.get().status == S.NEW


def test_many_cost_a_few_queries(django_assert_max_num_queries: Any) -> None:
    applications = make_applications(make_project(), 1200)
    with django_assert_max_num_queries(20):
        set_status(applications=applications, status=S.INVITED, by="system", now=NOW)
    assert Application.objects.filter(status=S.INVITED).count() == 1200
