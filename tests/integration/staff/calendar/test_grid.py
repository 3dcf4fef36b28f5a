"""Month, week and day: the page around the script, and what it says without one."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup

from samtale.accounts.models import User
from samtale.recruiting.models import Project, ProjectAccess
from tests.factories.accounts import make_department, make_organisation, make_user
from tests.factories.interviews import make_invitation
from tests.factories.recruiting import give_access, make_application
from tests.integration.staff.calendar.conftest import Read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def settings(soup: BeautifulSoup) -> dict[str, Any]:
    place = soup.select_one("[data-calendar]")
    assert place
    found: dict[str, Any] = json.loads(str(place["data-calendar"]))
    return found


@pytest.mark.parametrize(
    ("query", "view", "day", "is_chosen"),
    [
        ({}, "week", "2026-03-02", False),
        ({"view": "month", "date": "2026-12-24"}, "month", "2026-12-24", True),
        ({"view": "day"}, "day", "2026-03-02", True),
        ({"view": "nothing", "date": "never"}, "week", "2026-03-02", False),
        ({"view": "week", "date": "0001-01-01"}, "week", "2026-03-02", True),
    ],
)
def test_the_address_says_what_is_shown(
    read: Read, owner: User, query: dict[str, str], view: str, day: str, is_chosen: bool
) -> None:
    found = settings(read("/calendar/", owner, **query))
    assert (found["view"], found["date"], found["isChosen"]) == (view, day, is_chosen)


def test_today_is_the_readers(read: Read, owner: User) -> None:
    # In Auckland it is Monday evening still; in Honolulu it is Sunday.
    User.objects.filter(pk=owner.pk).update(time_zone="Pacific/Honolulu")
    found = settings(read("/calendar/", owner))
    assert (found["date"], found["zone"]) == ("2026-03-01", "Pacific/Honolulu")


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ({"view": "week", "date": "2026-03-04"}, "2026-03-02", "2026-03-08"),
        ({"view": "month", "date": "2026-02-10"}, "2026-02-01", "2026-02-28"),
        ({"view": "day", "date": "2026-03-04"}, "2026-03-04", "2026-03-04"),
    ],
)
def test_without_scripts_the_list_of_the_same_days_takes_its_place(
    read: Read, owner: User, query: dict[str, str], first: str, last: str
) -> None:
    soup = read("/calendar/", owner, type="phone", **query)

    refresh = soup.select_one("head noscript meta[http-equiv=refresh]")
    link = soup.select_one("[data-view=list]")
    assert refresh
    assert link
    for address in (str(refresh["content"]), str(link["href"])):
        for part in ("view=list", f"date_from={first}", f"date_to={last}", "type=phone"):
            assert part in address


def test_the_periods_beside_keep_the_filters(read: Read, owner: User) -> None:
    soup = read("/calendar/", owner, view="month", date="2026-01-31", status="accepted")

    before, _today, after = (str(link["href"]) for link in soup.select("[data-calendar-step]"))

    assert "date=2025-12-31" in before
    assert "date=2026-02-01" in after
    assert all("status=accepted" in each for each in (before, after))


def test_the_filters_offer_departments_and_oneself(read: Read, owner: User, project: Project) -> None:
    make_department(name="Somebody else's")
    make_invitation(application=make_application(project), start=datetime(2026, 3, 3, 8, tzinfo=UTC))

    soup = read("/calendar/", owner)

    def offered(name: str) -> list[str]:
        return [option.get_text(strip=True) for option in soup.select(f"select[name={name}] option")]

    assert offered("department") == ["Alle", project.department.name]
    assert offered("interviewer") == ["Alle", "Mine intervjuer", str(owner)]


def test_every_meeting_status_is_explained(read: Read, owner: User) -> None:
    legend = read("/calendar/", owner).select_one(".calendar-legend")
    assert legend
    for status in ("Akseptert", "Venter svar", "Kontakt for nytt tidspkt.", "Ikke akseptert", "Avlyst"):
        assert status in legend.get_text()


@pytest.mark.parametrize(
    ("may_invite", "level", "offered"),
    [
        (True, ProjectAccess.Level.NORMAL, True),
        (True, ProjectAccess.Level.READ, False),
        (False, ProjectAccess.Level.NORMAL, False),
    ],
)
def test_only_who_may_invite_somewhere_can_mark_a_time(
    read: Read, project: Project, may_invite: bool, level: str, offered: bool
) -> None:
    person = make_user(may_invite=may_invite)
    give_access(person, project, level)

    soup = read("/calendar/", person)

    assert bool(settings(soup)["create"]) == offered
    assert bool(soup.select("[data-calendar-new]")) == offered


def test_the_zone_is_named_where_it_is_not_the_organisations(read: Read, owner: User) -> None:
    make_organisation()
    assert read("/calendar/", owner).select_one("[data-calendar-zone][hidden]")
    User.objects.filter(pk=owner.pk).update(time_zone="Europe/Helsinki")

    named = read("/calendar/", owner).select_one("[data-calendar-zone]:not([hidden])")

    assert named
    assert named.get_text(strip=True) == "Klokkeslett i Helsingfors-tid"


@pytest.mark.parametrize("filters", [{"project": "987"}, {"status": "bogus"}, {"interviewer": "none"}])
def test_a_filter_that_cannot_be_is_said_beside_it_as_in_the_list(
    read: Read, owner: User, filters: dict[str, str]
) -> None:
    (field,) = filters
    for view in ("list", "week"):
        soup = read("/calendar/", owner, view=view, **filters)
        control = soup.select_one(f"#id_{field}")
        assert control
        assert control.get("aria-invalid") == "true", view
        assert soup.select_one(".ds-error-summary, ds-error-summary"), view
    assert settings(soup)["isRefused"]
    assert not settings(read("/calendar/", owner, view="week"))["isRefused"]
