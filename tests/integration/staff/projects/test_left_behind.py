"""Whoever takes somebody's access away is told which of their letters will be sent all the same."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from samtale.accounts.models import User
from samtale.core import clock as wall_clock
from samtale.outbox.domain.queue import STOPPABLE, cancel
from samtale.outbox.models import Message
from samtale.recruiting.models import Project, ProjectAccess
from tests.factories.accounts import make_administrator, make_department, make_user
from tests.factories.interviews import send_invitations
from tests.factories.recruiting import give_access, make_applications, make_project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
Level = ProjectAccess.Level


@pytest.fixture
def project() -> Project:
    return make_project()


@pytest.fixture
def colleague(project: Project) -> User:
    """One who works in the project, and has invited two applicants to it and one to another."""
    user = make_user(first_name="Kari", last_name="Lunde")
    other = make_project()
    give_access(user, project, Level.NORMAL)
    give_access(user, other, Level.NORMAL)
    send_invitations(project, make_applications(project, 2), by=user)
    send_invitations(other, make_applications(other, 1), by=user)
    return user


def waiting(project: Project, user: User) -> list[Message]:
    found = Message.objects.filter(correspondence__project=project, created_by=user, state__in=STOPPABLE)
    return list(found.order_by("pk"))


def save(project: Project, by: User | None = None, **fields: Any) -> tuple[Client, Any]:
    """Save the project's page with `fields`, and return what the next page says besides."""
    client = Client()
    client.force_login(by or project.owner)
    data = {
        "title": project.title,
        "reference": project.reference,
        "department": project.department_id,
        "owner": project.owner_id,
        "deadline": "2026-04-01",
    }
    answer = client.post(f"/projects/{project.pk}/edit/", data | fields, follow=True)
    alerts = BeautifulSoup(answer.content, "html.parser").select(".page-messages .ds-alert")
    assert alerts[0].text == "Prosjektet er lagret."
    return client, alerts[1:]


@pytest.mark.parametrize("level", [Level.NONE, Level.READ])
def test_lowered_access_tells_what_waits_and_where(project: Project, colleague: User, level: str) -> None:
    letters = waiting(project, colleague)
    client, [alert] = save(project, **{f"access_{colleague.pk}": level})
    assert f"{len(letters)} meldinger fra Kari Lunde i dette prosjektet venter fortsatt" in alert.text
    outbox = BeautifulSoup(client.get(alert.a["href"]).content, "html.parser")
    assert len(outbox.select("tbody tr")) == len(letters)
    assert [chip.contents[0].strip() for chip in outbox.select("ul.cluster a")] == ["Fra Kari Lunde"]
    assert waiting(project, colleague) == letters


def test_stopped_letters_are_not_counted(project: Project, colleague: User) -> None:
    first, *rest = waiting(project, colleague)
    cancel([each.pk for each in rest], by=project.owner, now=wall_clock.now(), reason="")
    _client, [alert] = save(project, **{f"access_{colleague.pk}": Level.NONE})
    assert "1 melding fra Kari Lunde i dette prosjektet venter fortsatt" in alert.text
    cancel([first.pk], by=project.owner, now=wall_clock.now(), reason="")
    give_access(colleague, make_project(), Level.NORMAL)
    save(project, **{f"access_{colleague.pk}": Level.NORMAL})
    assert save(project, **{f"access_{colleague.pk}": Level.NONE})[1] == []


@pytest.mark.parametrize("level", [Level.NORMAL, Level.FULL])
def test_who_still_works_there_is_not_named(project: Project, colleague: User, level: str) -> None:
    give_or_raise = {f"access_{colleague.pk}": level}
    assert save(project, **give_or_raise)[1] == []
    assert save(project, title="Lærer", **give_or_raise)[1] == []


def test_who_governs_the_department_has_lost_nothing(project: Project, colleague: User) -> None:
    colleague.administers.add(project.department)
    assert save(project, **{f"access_{colleague.pk}": Level.NONE})[1] == []
    _client, [alert] = save(project, by=make_administrator(), department=make_department().pk)
    assert "Kari Lunde" in alert.text


def test_an_owner_who_gives_the_project_away_has_no_way_to_the_letters(project: Project) -> None:
    send_invitations(project, make_applications(project, 1), by=project.owner)
    _client, [alert] = save(project, owner=make_user().pk)
    assert str(project.owner) in alert.text
    assert alert.a is None


def test_the_outbox_names_a_sender_only_to_who_sees_their_letters(project: Project, colleague: User) -> None:
    client = Client()
    client.force_login(make_user())
    page = client.get("/outbox/", {"sender": colleague.pk}).content.decode()
    assert "Fra Kari Lunde" not in page
    assert "Fra noen andre" in page


def test_a_closed_log_in_leads_to_the_letters_too(project: Project, colleague: User) -> None:
    client = Client()
    client.force_login(make_administrator())
    data = {"first_name": "Kari", "last_name": "Lunde", "email": colleague.email, "language": "nb"}
    data |= {"may_send_email": "on", "may_invite": "on"}
    answer = client.post(f"/settings/users/{colleague.pk}/", data, follow=True)
    number = Message.objects.filter(created_by=colleague, state__in=STOPPABLE).count()
    [alert] = BeautifulSoup(answer.content, "html.parser").select(".page-messages .ds-alert:has(a)")
    assert f"{number} meldinger fra Kari Lunde venter fortsatt" in alert.text
    outbox = BeautifulSoup(client.get(alert.a["href"]).content, "html.parser")
    assert len(outbox.select("tbody tr")) == number


def test_a_right_that_is_taken_leads_to_what_was_stopped(project: Project, colleague: User) -> None:
    client = Client()
    client.force_login(make_administrator())
    data = {"first_name": "Kari", "last_name": "Lunde", "email": colleague.email, "language": "nb"}
    answer = client.post(f"/settings/users/{colleague.pk}/", data | {"is_active": "on"}, follow=True)
    [alert] = BeautifulSoup(answer.content, "html.parser").select(".page-messages .ds-alert:has(a)")
    number = Message.objects.filter(created_by=colleague, state="cancelled").count()
    assert f"{number} meldinger som Kari Lunde ikke lenger har tilgang til å sende, ble stoppet" in alert.text
    outbox = BeautifulSoup(client.get(alert.a["href"]).content, "html.parser")
    assert len(outbox.select("tbody tr")) == number
