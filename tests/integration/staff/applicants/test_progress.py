"""Videre fremdrift: what happens with the ticked applicants."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.test import Client

from samtale.accounts.models import User
from samtale.recruiting.models import Application, Project, ProjectAccess
from tests.factories.accounts import make_user
from tests.factories.recruiting import give_access, make_application, make_applications, make_project

pytestmark = pytest.mark.django_db
S = Application.Status


def post(user: User, project: Project, query: str = "", **data: Any) -> Any:
    client = Client()
    client.force_login(user)
    return client.post(f"/projects/{project.pk}/applications/progress/{query}", data)


def said(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def statuses() -> list[str]:
    return list(Application.objects.order_by("pk").values_list("status", flat=True))


def test_the_ticked_ones_move_and_the_list_comes_back_as_it_was() -> None:
    project = make_project()
    first, _second, third = make_applications(project, 3)
    answer = post(
        project.owner, project, "?sort=-name", action="under_review", application=[first.pk, third.pk]
    )
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        f"/projects/{project.pk}/applications/?sort=-name",
    )
    assert statuses() == [S.UNDER_REVIEW, S.NEW, S.UNDER_REVIEW]
    assert said(answer) == ["2 søkere har nå statusen «Under vurdering»."]


@pytest.mark.parametrize("data", [{}, {"application": ["x", "-1", "99999999999999999999"]}])
def test_nothing_ticked(data: dict[str, Any]) -> None:
    project = make_project()
    make_applications(project, 2)
    answer = post(project.owner, project, action="under_review", **data)
    assert said(answer) == ["Ingen søkere er valgt. Kryss av for søkerne først, og velg deretter Utfør."]
    assert statuses() == [S.NEW, S.NEW]


def test_an_action_that_does_not_exist() -> None:
    application = make_application()
    answer = post(application.project.owner, application.project, action="hire", application=application.pk)
    assert said(answer) == ["Velg hva som skal skje med søkerne du har merket."]


def test_all_means_all_that_the_list_finds() -> None:
    project = make_project()
    make_applications(project, 30)
    make_applications(project, 2, status=S.SAVED)
    post(project.owner, project, "?status=new", action="under_review", all="1")
    assert statuses().count(S.UNDER_REVIEW) == 30
    assert statuses().count(S.SAVED) == 2


def test_other_projects_are_out_of_reach() -> None:
    project, other = make_project(), make_application()
    answer = post(project.owner, project, action="under_review", application=other.pk)
    assert len(said(answer)) == 1
    assert statuses() == [S.NEW]


def test_withdrawing_asks_first() -> None:
    project = make_project()
    open_one = make_application(project, first_name="Amina", last_name="Hassan")
    hired = make_application(project, status=S.TRANSFERRED, first_name="Bo", last_name="Lie")
    answer = post(project.owner, project, action="withdrawn", application=[open_one.pk, hired.pk])
    page: Any = BeautifulSoup(answer.content, "html.parser")
    assert page.h1.text == "Gi 1 søker statusen «Trukket seg»?"
    assert [item.text for item in page.select("main .ds-card li")] == ["Amina Hassan"]
    assert "Bo Lie" in page.select_one(".ds-alert").text
    assert statuses() == [S.NEW, S.TRANSFERRED]

    fields = {field["name"]: field["value"] for field in page.select("main .ds-card input[type=hidden]")}
    fields.pop("csrfmiddlewaretoken", None)
    post(project.owner, project, **fields)
    assert statuses() == [S.WITHDRAWN, S.TRANSFERRED]


def test_those_that_cannot_move_are_named() -> None:
    project = make_project()
    make_application(project)
    make_application(project, status=S.TRANSFERRED, first_name="Bo", last_name="Lie")
    answer = post(project.owner, project, action="under_review", all="1")
    assert said(answer) == [
        "1 søker har nå statusen «Under vurdering».",
        "Statusen «Under vurdering» kan ikke følge etter den de har nå: Bo Lie.",
    ]


def test_inviting_leads_to_step_1() -> None:
    application = make_application()
    answer = post(application.project.owner, application.project, action="invite", application=application.pk)
    assert answer.status_code == 200
    assert application.candidate.name in answer.content.decode()
    assert statuses() == [S.NEW]


@pytest.mark.parametrize(
    ("level", "may_invite", "action", "code"),
    [
        (ProjectAccess.Level.NONE, True, "under_review", 404),
        (ProjectAccess.Level.READ, True, "under_review", 403),
        (ProjectAccess.Level.NORMAL, False, "invite", 403),
        (ProjectAccess.Level.NORMAL, True, "invite", 200),
    ],
)
def test_rights(level: str, may_invite: bool, action: str, code: int) -> None:
    application, user = make_application(), make_user(may_invite=may_invite)
    give_access(user, application.project, level)
    answer = post(user, application.project, action=action, application=application.pk)
    assert answer.status_code == code


def test_a_get_changes_nothing() -> None:
    application = make_application()
    client = Client()
    client.force_login(application.project.owner)
    answer = client.get(
        f"/projects/{application.project_id}/applications/progress/?action=withdrawn&application={application.pk}"
    )
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/projects/{application.project_id}/applications/"
    application.refresh_from_db()
    assert application.status == Application.Status.NEW
