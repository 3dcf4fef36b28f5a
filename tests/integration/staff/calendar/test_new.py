"""From a marked time to step 1 of inviting."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from samtale.accounts.models import User
from samtale.core import clock as wall_clock
from samtale.recruiting.models import Application, Project, ProjectAccess
from tests.factories.accounts import make_organisation, make_user
from tests.factories.recruiting import give_access, make_application, make_project
from tests.integration.staff.calendar.conftest import Read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MARKED = {"start": "2026-03-16T09:15", "duration": "60"}


def values(soup: BeautifulSoup, *names: str) -> list[str]:
    fields = (soup.select_one(f"input[name={name}]") for name in names)
    return [str(field.get("value", "")) if field else "no field" for field in fields]


def post(client: Client, user: User, status: int = 200, **data: Any) -> BeautifulSoup:
    client.force_login(user)
    response = client.post("/calendar/new/", data)
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def test_keeps_the_marked_time_and_asks_for_the_project(read: Read, owner: User, project: Project) -> None:
    soup = read("/calendar/new/", owner, **MARKED)

    assert values(soup, "date", "time", "duration") == ["2026-03-16", "09:15", "60"]
    assert not soup.select("[aria-invalid=true], .ds-error-summary")
    assert not soup.select("input[name=application]")


def test_a_day_alone_leaves_the_time_open(read: Read, owner: User, project: Project) -> None:
    soup = read("/calendar/new/", owner, start="2026-03-16")
    assert values(soup, "date", "time", "duration") == ["2026-03-16", "", ""]


def test_the_marked_time_is_on_the_readers_clock(read: Read, owner: User, project: Project) -> None:
    make_organisation()
    User.objects.filter(pk=owner.pk).update(time_zone="Europe/Helsinki")

    soup = read("/calendar/new/", owner, start="2026-03-17T00:30")

    assert values(soup, "date", "time") == ["2026-03-16", "23:30"]
    assert "Klokkeslett i norsk tid" in soup.get_text()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"date": "2026-03-29", "time": "02:30"}, "finnes ikke"),
        ({"date": "2026-10-25", "time": "02:30"}, "to ganger"),
    ],
)
def test_a_time_that_no_clock_shows_once_is_refused_here_already(
    client: Client, owner: User, project: Project, typed: dict[str, str], said: str
) -> None:
    amina = make_application(project)
    soup = post(client, owner, 422, go="next", project=project.pk, application=[amina.pk], **typed)
    field = soup.select_one("input[name=time][aria-invalid=true]")
    assert field
    assert said in soup.get_text()
    assert not soup.select("select[name=type]")


@pytest.mark.parametrize(
    ("start", "said"), [("2026-03-08T02:30", "finnes ikke"), ("2026-11-01T01:30", "to ganger")]
)
def test_a_mark_where_the_readers_clock_jumps_is_asked_about(
    read: Read, owner: User, project: Project, start: str, said: str
) -> None:
    User.objects.filter(pk=owner.pk).update(time_zone="America/New_York")
    soup = read("/calendar/new/", owner, start=start)
    assert values(soup, "date", "time") == [start[:10], ""]
    assert said in soup.get_text()
    # The organisation's clock may show twice what the reader's shows once.
    User.objects.filter(pk=owner.pk).update(time_zone="UTC")
    soup = read("/calendar/new/", owner, start="2026-10-25T00:30")
    assert values(soup, "date", "time") == ["2026-10-25", "02:30"]
    assert soup.select("input[name=time][aria-invalid=true]")


@pytest.mark.parametrize("start", ["soon", "9999-99-99", "0001-01-01T00:00", "2026-03-16T09:00Z", "\0"])
def test_nonsense_marks_no_time(read: Read, owner: User, project: Project, start: str) -> None:
    read("/calendar/new/", owner, start=start, duration="long")


def test_offers_projects_where_one_may_invite(read: Read, owner: User, project: Project) -> None:
    make_project(owner=owner, title="Over", completed_at=wall_clock.now())
    make_project(title="Somebody else's")
    readable = make_project(title="Only read")
    give_access(owner, readable, ProjectAccess.Level.READ)

    options = read("/calendar/new/", owner).select("select[name=project] option[value]:not([value=''])")

    assert [option.get_text(strip=True) for option in options] == [project.title]


def test_without_the_right_there_is_nothing_to_choose(read: Read, project: Project) -> None:
    person = make_user(may_invite=False)
    give_access(person, project, ProjectAccess.Level.FULL)
    soup = read("/calendar/new/", person)
    assert "ingen pågående prosjekter" in soup.get_text()


def test_somebody_elses_project_is_refused(read: Read, owner: User, project: Project) -> None:
    other = make_project()
    soup = read("/calendar/new/", owner, project=str(other.pk))
    assert not soup.select("input[name=application]")


def test_offers_applicants_who_can_be_invited(read: Read, owner: User, project: Project) -> None:
    make_application(project, first_name="Amina", last_name="")
    make_application(project, first_name="Gone", last_name="", status=Application.Status.WITHDRAWN)
    make_application(first_name="Elsewhere", last_name="")

    soup = read("/calendar/new/", owner, project=str(project.pk), **MARKED)

    assert [label.get_text(strip=True) for label in soup.select(".pick-list strong")] == ["Amina"]


def test_a_search_keeps_who_is_ticked(client: Client, owner: User, project: Project) -> None:
    amina = make_application(project, first_name="Amina", last_name="")
    for name in ("Bo", "Cai"):
        make_application(project, first_name=name, last_name="")

    soup = post(client, owner, go="find", project=project.pk, q="cai", application=[amina.pk])

    assert [label.get_text(strip=True) for label in soup.select(".pick-list strong")] == ["Amina", "Cai"]
    assert [box["value"] for box in soup.select(".pick-list input[checked]")] == [str(amina.pk)]


def test_a_long_list_asks_for_a_search(read: Read, owner: User, project: Project) -> None:
    for _ in range(51):
        make_application(project)
    soup = read("/calendar/new/", owner, project=str(project.pk))
    assert len(soup.select(".pick-list li")) == 50
    assert "De første 50 vises." in soup.get_text()


def test_goes_on_to_step_1_with_all_of_it(client: Client, owner: User, project: Project) -> None:
    amina, bo = (make_application(project, first_name=name, last_name="") for name in ("Amina", "Bo"))
    chosen = {"project": project.pk, "application": [amina.pk, bo.pk]}

    soup = post(client, owner, go="next", date="2026-03-16", time="09:15", duration="60", **chosen)

    assert values(soup, "date", "time", "duration") == ["2026-03-16", "09:15", "60"]
    assert values(soup, "applications") == [f"{amina.pk},{bo.pk}"]
    assert soup.select_one(f"form[action='/projects/{project.pk}/invite/']")


def test_what_was_left_open_is_step_1s_to_ask_for(client: Client, owner: User, project: Project) -> None:
    amina = make_application(project)
    soup = post(client, owner, go="next", project=project.pk, application=[amina.pk])
    assert values(soup, "date", "duration") == ["", "45"]


def test_nobody_ticked_stays_and_says_so(client: Client, owner: User, project: Project) -> None:
    elsewhere = make_application()
    soup = post(client, owner, go="next", project=project.pk, application=[elsewhere.pk], time="09:15")
    assert "Kryss av for minst én søker." in soup.get_text()
    assert values(soup, "time") == ["09:15"]


def test_a_wrong_time_is_named_beside_its_field(client: Client, owner: User, project: Project) -> None:
    amina = make_application(project)
    chosen = {"project": project.pk, "application": [amina.pk]}

    soup = post(client, owner, 422, go="next", date="2026-02-30", time="9 am", duration="0", **chosen)

    assert {field["name"] for field in soup.select("input[aria-invalid=true]")} == {
        "date",
        "time",
        "duration",
    }
    assert soup.select_one(f"input[value='{amina.pk}'][checked]")
