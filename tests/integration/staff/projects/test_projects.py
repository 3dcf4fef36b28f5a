"""The overview, a project's page, its editing, and the start page."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from samtale.accounts.models import User
from samtale.recruiting.models import Application, Project, ProjectAccess
from tests.factories.accounts import make_administrator, make_department, make_user
from tests.factories.interviews import make_interview, make_invitation, send_invitations
from tests.factories.recruiting import give_access, make_application, make_applications, make_project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
S = Application.Status


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def show(user: User, address: str) -> Any:
    answer = browser(user).get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def titles(page: Any) -> list[str]:
    return [link.text for link in page.select("tbody th a")]


def test_the_tabs() -> None:
    user = make_administrator()
    make_project(title="Aktiv", deadline=date(2026, 3, 2))
    make_project(title="Utgått", deadline=date(2026, 3, 1))
    make_project(title="Avsluttet", completed_at=NOW)
    page = show(user, "/projects/")
    assert [tab.text for tab in page.select(".tabs a")] == [
        "Nye og aktive (1)",
        "Utgåtte (1)",
        "Avsluttede (1)",
    ]
    shown = {tab: titles(show(user, f"/projects/?tab={tab}")) for tab in ("", "expired", "completed", "x")}
    assert shown == {"": ["Aktiv"], "expired": ["Utgått"], "completed": ["Avsluttet"], "x": ["Aktiv"]}


def test_only_what_the_user_may_see() -> None:
    user = make_user()
    seen = make_project(title="Sett")
    give_access(user, seen, ProjectAccess.Level.READ)
    make_project(title="Skjult")
    assert titles(show(user, "/projects/")) == ["Sett"]
    assert titles(show(user, "/projects/?q=skjult")) == []


def test_the_counts_in_the_overview() -> None:
    project = make_project()
    make_applications(project, 3)
    make_applications(project, 2, status=S.INVITED)
    row = show(project.owner, "/projects/").select_one("tbody tr")
    assert [cell.text for cell in row.select("td.number")] == ["5", "3", "2"]


def test_the_sections_of_a_project() -> None:
    project = make_project(description="Turnus.\n<b>Hver tredje helg</b>")
    make_applications(project, 3)
    make_applications(project, 2, status=S.OFFERED)
    make_application(project, status=S.REJECTED)
    page = show(project.owner, f"/projects/{project.pk}/")
    sections = {
        section.h2.text: [(tile.span.text, tile.strong.text) for tile in section.select(".stat-tile")]
        for section in page.select("section:has(.stat-tile)")
    }
    assert sections == {
        "Sammendrag": [("Ny", "3"), ("Under vurdering", "0"), ("Lagret", "0")],
        "Under behandling": [
            ("Innkalt til intervju", "0"),
            ("Intervjuet", "0"),
            ("Rangering", "0"),
            ("Mottatt jobbtilbud", "2"),
        ],
        "Behandlede": [("Ansatt", "0"), ("Avslag", "1"), ("Trukket seg", "0"), ("Overført", "0")],
    }
    [link] = page.find_all("a", string="Alle søknader (6)")
    assert link["href"] == f"/projects/{project.pk}/applications/"
    assert not page.select(".written b")


def test_completing_and_reopening() -> None:
    project = make_project()
    client = browser(project.owner)
    client.post(f"/projects/{project.pk}/complete/", {"confirmed": "1"})
    assert Project.objects.get().is_completed
    for address in ("", "applications/", "applications/new/", "import/"):
        page = show(project.owner, f"/projects/{project.pk}/{address}")
        assert "Prosjektet ble avsluttet" in page.select_one("main .ds-alert").text
    client.post(f"/projects/{project.pk}/reopen/")
    assert not Project.objects.get().is_completed


def test_completing_asks_first_and_counts_what_waits() -> None:
    project = make_project()
    send_invitations(project, make_applications(project, 2), by=project.owner)
    make_interview(project, start=NOW - timedelta(days=1))
    make_interview(project, state="cancelled")
    send_invitations(make_project(), [make_application()])

    answer = browser(project.owner).post(f"/projects/{project.pk}/complete/")

    assert not Project.objects.get(pk=project.pk).is_completed
    page = BeautifulSoup(answer.content, "html.parser")
    assert [line.text for line in page.select("main .ds-alert li")] == [
        "2 intervjuer gjenstår",
        "2 meldinger venter på å bli sendt",
    ]
    assert page.select("main form input[name=confirmed]")


def test_what_is_missing_is_named() -> None:
    page = BeautifulSoup(browser(make_administrator()).post("/projects/new/", {}).content, "html.parser")
    assert [link.text.rpartition(": ")[2] for link in page.select(".ds-error-summary a")] == [
        "Skriv inn tittel.",
        "Skriv inn referanse.",
        "Velg avdeling.",
        "Velg prosjekteier.",
        "Velg søknadsfrist.",
    ]


def test_completing_a_quiet_project_asks_too() -> None:
    project = make_project()
    answer = browser(project.owner).post(f"/projects/{project.pk}/complete/").content.decode()
    assert "Ingen intervjuer gjenstår" in answer
    assert not Project.objects.get().is_completed


def values(**fields: Any) -> dict[str, Any]:
    return {
        "title": "Lærer",
        "reference": "2026-L",
        "position": "",
        "department": make_department().pk,
        "owner": make_user().pk,
        "deadline": "2026-04-01",
        "description": "",
    } | fields


def test_a_new_project_with_its_team() -> None:
    user, colleague = make_user(), make_user()
    answer = browser(user).post(
        "/projects/new/", values(owner=user.pk, **{f"access_{colleague.pk}": "normal"})
    )
    project = Project.objects.get()
    assert answer.headers["Location"] == f"/projects/{project.pk}/"
    assert (project.owner, project.deadline) == (user, date(2026, 4, 1))
    assert list(project.accesses.values_list("user", "level")) == [(colleague.pk, "normal")]


def test_the_maker_is_proposed_as_owner_and_no_choice_is_dashes() -> None:
    maker = make_user()
    page = show(maker, "/projects/new/")
    assert [option.text for option in page.select("#id_owner option[selected]")] == [str(maker)]
    assert "" not in [option["value"] for option in page.select("#id_owner option")]
    assert page.select_one("#id_department option[value='']").text == "Velg avdeling"
    assert "-----" not in page.text


def test_one_who_gives_the_project_away_returns_to_the_overview() -> None:
    answer = browser(make_user()).post("/projects/new/", values())
    assert answer.headers["Location"] == "/projects/"


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", ""), ("reference", "taken"), ("department", "0"), ("owner", ""), ("deadline", "soon")],
)
def test_what_is_wrong_is_shown_and_nothing_stored(field: str, value: str) -> None:
    make_project(reference="TAKEN")
    answer = browser(make_user()).post("/projects/new/", values(**{field: value}))
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {field}
    assert Project.objects.count() == 1


def test_editing_keeps_the_team_that_was_not_shown() -> None:
    project, shown, unshown = make_project(), make_user(), make_user()
    for user in (shown, unshown):
        give_access(user, project, ProjectAccess.Level.READ)
    data = values(owner=project.owner_id, **{f"access_{shown.pk}": "none"})
    browser(project.owner).post(f"/projects/{project.pk}/edit/", data)
    assert dict(project.accesses.values_list("user", "level")) == {shown.pk: "none", unshown.pk: "read"}
    assert Project.objects.get().title == "Lærer"


@pytest.mark.parametrize(
    ("level", "codes"),
    [
        (ProjectAccess.Level.NONE, (404, 404, 404)),
        (ProjectAccess.Level.READ, (200, 403, 403)),
        (ProjectAccess.Level.NORMAL, (200, 403, 403)),
        (ProjectAccess.Level.FULL, (200, 200, 200)),
    ],
)
def test_rights(level: str, codes: tuple[int, int, int]) -> None:
    project, user = make_project(), make_user()
    give_access(user, project, level)
    client, address = browser(user), f"/projects/{project.pk}/"
    assert (
        client.get(address).status_code,
        client.get(f"{address}edit/").status_code,
        client.post(f"{address}complete/").status_code,
    ) == codes


def test_who_may_not_invite_creates_no_projects() -> None:
    user = make_user(may_invite=False)
    assert browser(user).get("/projects/new/").status_code == 403
    assert not show(user, "/projects/").select('a[href="/projects/new/"]')


def test_the_start_page_shows_today_and_what_waits() -> None:
    project = make_project(title="Lærer", owner=make_user(first_name="Kari"))
    amina = make_application(project, first_name="Amina", last_name="Hassan")
    make_invitation(application=amina, start=NOW, meeting_status="accepted")
    bo = make_application(project, first_name="Bo", last_name="Lie")
    make_invitation(application=bo, meeting_status="new_time", wishes="Helst onsdag")
    page = show(project.owner, "/")
    assert page.h1.text == "Hei, Kari"
    assert page.select_one(".page-subtitle").text == "Mandag 2. mars 2026"
    assert [item.text for item in page.select(".agenda time")] == ["10:00–10:45"]
    assert "Amina Hassan" in page.select_one(".agenda").text
    waiting = page.find(id="waiting").find_parent("section")
    assert waiting.h3.text == "1 kandidat ber om nytt tidspunkt"
    assert "Bo Lie" in waiting.text
    assert "Helst onsdag" in waiting.text
    assert titles(page) == ["Lærer"]


def test_a_full_day_leads_on_to_the_calendar() -> None:
    project = make_project()
    for number in range(13):
        make_invitation(application=make_application(project), start=NOW + timedelta(minutes=number))
    page = show(project.owner, "/")
    assert len(page.select(".agenda > li")) == 12
    assert page.find("a", string="Det er flere i dag: se kalenderen")["href"] == "/calendar/?view=day"


def test_the_start_page_of_one_who_has_nothing() -> None:
    page = show(make_user(), "/")
    assert page.text.count("Ingenting akkurat nå.") == 1


@pytest.mark.parametrize("address", ["/", "/projects/"])
def test_queries_do_not_grow_with_rows(address: str, django_assert_max_num_queries: Any) -> None:
    user = make_administrator()
    client, counted = browser(user), []
    for number in (1, 5):
        for _each in range(number):
            project = make_project(owner=user)
            make_invitation(application=make_application(project), start=NOW)
            make_invitation(application=make_application(project), meeting_status="new_time")
        client.get(address)
        with django_assert_max_num_queries(15) as queries:
            client.get(address)
        counted.append(len(queries))
    assert counted[0] == counted[1]
