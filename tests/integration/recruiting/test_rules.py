"""Spec 9, row by row."""

from typing import Any

import pytest

from samtale.accounts.models import User
from samtale.recruiting.domain.queries.projects import projects_allowing, projects_for
from samtale.recruiting.models import Project, ProjectAccess
from tests.factories.accounts import make_department, make_user
from tests.factories.recruiting import give_access, make_project

pytestmark = pytest.mark.django_db

READS = {"view_project"}
WORKS = READS | {"work_in_project"}
FULL = WORKS | {"edit_project"}
ACTS = {
    "invite": "may_invite",
    "overbook": "may_overbook",
    "send_email": "may_send_email",
    "send_sms": "may_send_sms",
    "reject": "may_reject",
    "offer": "may_offer",
    "delete": "may_delete",
}
LOOKS = {"export": "may_export", "see_other_applications": "may_see_other_applications"}
ALL = FULL | ACTS.keys() | LOOKS.keys()
NO_RIGHTS: dict[str, Any] = dict.fromkeys([*ACTS.values(), *LOOKS.values()], False)
ALL_RIGHTS: dict[str, Any] = dict.fromkeys(NO_RIGHTS, True)


def somebody(role: str, project: Project, **rights: Any) -> User:
    if role == "administrator":
        return make_user(is_administrator=True, **rights)
    if role == "department administrator":
        return make_user(administers=(project.department,), **rights)
    if role == "other department's administrator":
        return make_user(administers=(make_department(),), **rights)
    if role == "owner":
        owner = make_user(**rights)
        project.owner = owner
        project.save()
        return owner
    user = make_user(**rights)
    if role != "nobody":
        give_access(user, project, role)
    return user


def granted(user: User, project: Project) -> set[str]:
    return {name for name in ALL if user.has_perm(f"recruiting.{name}", project)}


@pytest.mark.parametrize(
    ("role", "rights", "may"),
    [
        ("administrator", NO_RIGHTS, ALL),
        ("department administrator", NO_RIGHTS, ALL),
        ("other department's administrator", ALL_RIGHTS, set()),
        ("owner", NO_RIGHTS, FULL),
        ("owner", ALL_RIGHTS, ALL),
        (ProjectAccess.Level.FULL, NO_RIGHTS, FULL),
        (ProjectAccess.Level.FULL, ALL_RIGHTS, ALL),
        (ProjectAccess.Level.NORMAL, NO_RIGHTS, WORKS),
        (ProjectAccess.Level.NORMAL, ALL_RIGHTS, ALL - {"edit_project"}),
        (ProjectAccess.Level.READ, NO_RIGHTS, READS),
        (ProjectAccess.Level.READ, ALL_RIGHTS, READS | LOOKS.keys()),
        (ProjectAccess.Level.NONE, ALL_RIGHTS, set()),
        ("nobody", ALL_RIGHTS, set()),
    ],
)
def test_roles(role: str, rights: dict[str, Any], may: Any) -> None:
    project = make_project()
    user = somebody(role, project, **rights)
    assert granted(user, project) == may
    assert projects_for(user).filter(pk=project.pk).exists() == bool(may)


@pytest.mark.parametrize(("act", "flag"), [*ACTS.items(), *LOOKS.items()])
def test_each_right_opens_its_own_act_only(act: str, flag: str) -> None:
    project = make_project()
    user = somebody(ProjectAccess.Level.NORMAL, project, **NO_RIGHTS | {flag: True})
    assert granted(user, project) == WORKS | {act}


@pytest.mark.parametrize("role", ["administrator", "department administrator", "owner", "full"])
def test_who_may_not_log_in_may_nothing(role: str) -> None:
    project = make_project()
    user = somebody(role, project, **ALL_RIGHTS)
    user.is_active = False
    user.save()
    user = User.objects.get(pk=user.pk)
    assert granted(user, project) == set()
    assert not projects_for(user).exists()
    assert not user.has_perm("recruiting.create_project")


@pytest.mark.parametrize(
    ("fields", "may"),
    [
        ({"is_administrator": True, "may_invite": False}, True),
        ({"may_invite": True}, True),
        ({"may_invite": False}, False),
    ],
)
def test_who_may_create_projects(fields: Any, may: Any) -> None:
    assert make_user(**fields).has_perm("recruiting.create_project") is may


def test_department_administrators_may_create_projects() -> None:
    assert make_user(may_invite=False, administers=(make_department(),)).has_perm("recruiting.create_project")


def test_administering_the_organisation_and_departments() -> None:
    mine, other = make_department(), make_department()
    user = make_user(administers=(mine,))
    assert user.has_perm("accounts.administer_department", mine)
    assert not user.has_perm("accounts.administer_department", other)
    assert not user.has_perm("accounts.administer")
    administrator = make_user(is_administrator=True)
    assert administrator.has_perm("accounts.administer")
    assert administrator.has_perm("accounts.administer_department", other)


def test_rights_in_a_new_request_are_the_new_ones() -> None:
    project, user = make_project(), make_user()
    assert not user.has_perm("recruiting.view_project", project)
    give_access(user, project, ProjectAccess.Level.READ)
    assert User.objects.get(pk=user.pk).has_perm("recruiting.view_project", project)


def test_many_questions_about_one_project_ask_the_database_twice(django_assert_max_num_queries: Any) -> None:
    project, user = make_project(), make_user()
    give_access(user, project, ProjectAccess.Level.NORMAL)
    user = User.objects.get(pk=user.pk)
    with django_assert_max_num_queries(2):
        granted(user, project)


@pytest.mark.parametrize("rights", [NO_RIGHTS, ALL_RIGHTS], ids=["no rights", "all rights"])
@pytest.mark.parametrize(
    "role",
    [
        "administrator",
        "department administrator",
        "other department's administrator",
        "owner",
        "nobody",
        *ProjectAccess.Level.values,
    ],
)
def test_the_list_of_projects_where_one_may_act_agrees_with_the_rule(
    role: str, rights: dict[str, Any]
) -> None:
    project = make_project()
    make_project()
    user = somebody(role, project, **rights)
    for act in ("invite", "send_email", "reject"):
        allowed = projects_allowing(user, ACTS[act]).filter(pk=project.pk).exists()
        assert allowed == user.has_perm(f"recruiting.{act}", project), act


def test_who_may_not_log_in_may_act_nowhere() -> None:
    project = make_project(owner=make_user(is_active=False, administers=(make_department(),)))
    assert not projects_allowing(project.owner, "may_invite").exists()
    project.owner.may_invite = False
    assert not projects_allowing(project.owner, "may_invite").exists()
