"""The list of applicants as a page."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from samtale.accounts.models import User
from samtale.recruiting.models import Application, Project, ProjectAccess
from tests.factories.accounts import make_administrator, make_user
from tests.factories.interviews import make_interview, make_invitation
from tests.factories.recruiting import give_access, make_application, make_applications, make_project

pytestmark = pytest.mark.django_db
S = Application.Status
EVERYBODY = ["Amina Hassan", "David Okafor", "Fatima El Amrani", "Åse Ødegård"]
START = datetime(2026, 3, 12, 8, tzinfo=UTC)  # a Thursday, 09:00 in Oslo


def show(user: User, project: Project, query: str = "") -> Any:
    client = Client()
    client.force_login(user)
    answer = client.get(f"/projects/{project.pk}/applications/{query}")
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def names(page: Any) -> list[str]:
    return [link.text for link in page.select("tbody th a")]


def tiles(page: Any) -> dict[str, int]:
    return {tile.span.text: int(tile.strong.text) for tile in page.select(".stat-tile")}


@pytest.fixture
def project(clock: Any) -> Project:
    project = make_project(owner=make_user(last_name="Lunde", first_name="Kari"))
    amina = make_application(project, first_name="Amina", last_name="Hassan", status=S.INVITED)
    make_invitation(application=amina, meeting_status="accepted", start=START)
    david = make_application(project, first_name="David", last_name="Okafor", status=S.INVITED, language="en")
    make_invitation(application=david, meeting_status="new_time", start=START)
    make_application(project, first_name="Åse", last_name="Ødegård", email="aase@example.org", language="sv")
    make_application(project, first_name="Fatima", last_name="El Amrani", status=S.WITHDRAWN)
    return project


def test_an_interview_in_another_year_says_so(project: Project) -> None:
    far = make_application(project, first_name="Zoe", last_name="", status=S.INVITED)
    make_invitation(application=far, meeting_status="accepted", start=datetime(2027, 3, 29, 8, tzinfo=UTC))
    row = show(project.owner, project).find("a", string="Zoe").find_parent("tr")
    assert "Man 29. mar 2027 10:00 · Akseptert" in row.get_text(" ", strip=True)


def test_a_row_says_status_round_time_and_answer(project: Project) -> None:
    page = show(project.owner, project)
    row = page.find("a", string="Amina Hassan").find_parent("tr")
    cells = [cell.get_text(" ", strip=True) for cell in row.select("td")]
    assert cells == [
        "",
        "Innkalt til intervju · Intervju 1",
        "Tor 12. mar 09:00 · Akseptert",
        "Norsk",
        "1. nov",
    ]


def test_a_row_says_how_it_went_for_that_candidate(project: Project) -> None:
    group = make_interview(project, type="group", start=datetime(2026, 2, 27, 8, tzinfo=UTC), state="held")
    parts = {
        "Came": {"outcome": "attended", "meeting_status": "accepted"},
        "Stayed": {"outcome": "no_show", "meeting_status": "accepted"},
        "Refused": {"meeting_status": "not_accepted"},
        "Left": {"meeting_status": "accepted", "cancelled_at": START - timedelta(days=30)},
    }
    for name, part in parts.items():
        make_invitation(
            group, make_application(project, first_name=name, last_name="", status=S.INVITED), **part
        )
    missed = make_interview(project, start=datetime(2026, 2, 27, 12, tzinfo=UTC), state="missed")
    make_invitation(missed, make_application(project, first_name="Waited", last_name="", status=S.INVITED))
    page = show(project.owner, project)
    said = {
        name: page.find("a", string=name).find_parent("tr").select_one("[data-label=Intervju]").text
        for name in (*parts, "Waited")
    }
    assert said == {
        "Came": "Gjennomført 27. feb",
        "Stayed": "Kandidaten møtte ikke 27. feb",
        "Refused": "Fre 27. feb 09:00 · Ikke akseptert",
        "Left": "Avlyst",
        "Waited": "Vi møtte ikke 27. feb",
    }


def test_the_tiles_count_statuses_and_answers(project: Project) -> None:
    assert tiles(show(project.owner, project)) == {
        "Alle søknader": 4,
        "Nye": 1,
        "Innkalt til intervju": 2,
        "Akseptert": 1,
        "Kontakt for nytt tidspkt.": 1,
        "Trukket seg": 1,
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", EVERYBODY),
        ("?sort=-name", ["Åse Ødegård", "Fatima El Amrani", "David Okafor", "Amina Hassan"]),
        ("?q=%C3%98DEG", ["Åse Ødegård"]),
        ("?status=withdrawn", ["Fatima El Amrani"]),
        ("?answer=new_time", ["David Okafor"]),
        ("?answer=accepted&q=amina", ["Amina Hassan"]),
        ("?status=new&answer=accepted", []),
        ("?q=nobody", []),
        (
            "?q=%00&sort=x&size=9&page=z&status=y&answer=x",
            ["Amina Hassan", "David Okafor", "Fatima El Amrani", "Åse Ødegård"],
        ),
    ],
)
def test_narrowing_and_sorting(project: Project, query: str, expected: list[str]) -> None:
    assert names(show(project.owner, project, query)) == expected


def test_every_standing_invitation_counts(project: Project) -> None:
    amina = Application.objects.get(sort_name="amina hassan")
    make_invitation(application=amina, meeting_status="awaiting", start=START + timedelta(days=30))
    page = show(project.owner, project)
    assert tiles(page)["Akseptert"] == 1
    assert names(show(project.owner, project, "?answer=awaiting")) == ["Amina Hassan"]


def test_who_only_reads_can_tick_nothing(project: Project) -> None:
    reader = make_user()
    give_access(reader, project, ProjectAccess.Level.READ)
    page = show(reader, project)
    assert len(names(page)) == 4
    assert not page.select("[type=checkbox], [name=action]")


def test_the_actions_follow_the_rights(project: Project) -> None:
    worker = make_user(may_invite=False)
    give_access(worker, project, ProjectAccess.Level.NORMAL)
    options = {
        user: [option.text for option in show(user, project).select("[name=action] option")]
        for user in (project.owner, worker)
    }
    assert options == {
        project.owner: ["Inviter til intervju", "Under vurdering", "Intervjuet", "Avslag", "Trukket seg"],
        worker: ["Under vurdering", "Intervjuet", "Avslag", "Trukket seg"],
    }


def test_names_are_never_markup(project: Project) -> None:
    make_application(project, first_name="<b>Bo</b>", last_name='"><script>alert(1)</script>')
    page = show(project.owner, project)
    assert '<b>Bo</b> "><script>alert(1)</script>' in names(page)
    assert not page.select("tbody script, tbody b")


def test_pages() -> None:
    project = make_project()
    make_applications(project, 60)
    page = show(project.owner, project, "?size=25&page=3")
    assert len(names(page)) == 10
    assert "51–60 av 60" in page.select_one(".toolbar-end").text
    assert len(names(show(project.owner, project, "?size=50"))) == 50


@pytest.mark.parametrize("query", ["", "?answer=awaiting", "?q=amina&sort=status&size=100"])
def test_queries_do_not_grow_with_rows(query: str, django_assert_max_num_queries: Any) -> None:
    project, user = make_project(), make_administrator()
    client = Client()
    client.force_login(user)
    counted = []
    for number in (1, 29):
        for application in make_applications(project, number, status=S.INVITED):
            make_invitation(application=application)
        client.get(f"/projects/{project.pk}/applications/{query}")
        with django_assert_max_num_queries(15) as queries:
            client.get(f"/projects/{project.pk}/applications/{query}")
        counted.append(len(queries))
    assert counted[0] == counted[1]
