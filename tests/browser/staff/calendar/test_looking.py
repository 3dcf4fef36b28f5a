"""Month, week and day: looking, filtering, opening."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from samtale.accounts.models import User
from samtale.interviews.models import Interview
from samtale.recruiting.models import Project
from tests.browser.staff.calendar.steps import (
    BOTH,
    asked_for,
    at,
    day,
    event,
    invited,
    opened,
    picture,
)
from tests.browsers import DESKTOP, NARROW, axe, fits, log_in
from tests.factories.accounts import make_user
from tests.factories.interviews import make_interview, make_invitation
from tests.factories.recruiting import make_application

pytestmark = pytest.mark.django_db(transaction=True)


@BOTH
@pytest.mark.parametrize("view", ["month", "week", "day"])
def test_every_view_shows_the_interview_and_hinders_nobody(
    page: Page, owner: User, amina: Interview, view: str
) -> None:
    opened(page, owner, view)

    shown = page.locator("a.cal-event")
    expect(shown).to_have_count(1)
    expect(shown).to_have_accessible_name(
        re.compile(r"10:00–10:45, Amina Hassan, Intervju 1, Akseptert, Du deltar, Sykepleier")
    )
    expect(page.locator("[data-calendar-says]")).to_contain_text("1 intervju vises")
    fits(page)
    axe(page)
    picture(page, view)


@BOTH
def test_the_other_pages_hinder_nobody_either(
    page: Page, owner: User, project: Project, amina: Interview
) -> None:
    opened(page, owner, "list")
    for address in (
        f"/calendar/?view=list&date_from={day(0)}",
        f"/calendar/?view=print&date={day(1)}",
        f"/calendar/new/?start={day(1)}T13:00&project={project.pk}",
    ):
        page.goto(address)
        expect(page.get_by_text("Amina Hassan").first).to_be_visible()
        fits(page)
        axe(page)
        picture(page, address.split("=")[1].split("&")[0])


@pytest.mark.parametrize(("viewport", "view"), [(DESKTOP, "week"), (NARROW, "day")])
def test_a_phone_begins_with_the_day(page: Page, owner: User, view: str) -> None:
    log_in(page, owner)
    page.goto("/calendar/")
    expect(page.locator(f"[data-view={view}]")).to_have_attribute("aria-current", "true")


def test_view_and_date_live_in_the_address(page: Page, owner: User, amina: Interview) -> None:
    opened(page, owner)
    title = page.locator("#calendar-title").inner_text()
    page.get_by_role("link", name="Neste periode").click()
    assert asked_for(page) == {"view": "week", "date": str(day(7))}
    expect(event(page, "Amina")).to_have_count(0)

    page.get_by_role("link", name="Måned", exact=True).click()
    assert asked_for(page)["view"] == "month"
    page.reload()
    expect(page.locator("[data-view=month]")).to_have_attribute("aria-current", "true")

    page.go_back()
    expect(page.locator("[data-view=week]")).to_have_attribute("aria-current", "true")
    page.go_back()
    expect(page.locator("#calendar-title")).to_have_text(title)
    expect(event(page, "Amina")).to_be_visible()
    page.get_by_role("link", name="Liste", exact=True).click()
    assert asked_for(page) == {"view": "list", "date_from": str(day(0)), "date_to": str(day(6))}


def test_filters_survive_views_reload_and_back(page: Page, owner: User, project: Project) -> None:
    invited(project, "Amina", start=at(1, 10), meeting_status="accepted")
    invited(project, "Bo", start=at(2, 10), interviewers=[make_user()])
    opened(page, owner)
    expect(page.locator("a.cal-event")).to_have_count(2)

    page.get_by_label("Aks. tidspkt").select_option(label="Venter svar")
    page.wait_for_url("**status=awaiting**")
    expect(page.locator("a.cal-event")).to_have_count(1)
    expect(event(page, "Bo")).to_be_visible()
    assert asked_for(page) == {"view": "week", "date": str(day(1)), "status": "awaiting"}

    page.get_by_role("link", name="Dag", exact=True).click()
    page.get_by_role("link", name="Neste periode").click()
    expect(event(page, "Bo")).to_be_visible()
    page.get_by_label("Intervjuer").select_option(label="Mine intervjuer")
    page.wait_for_url("**interviewer=me**")
    expect(page.locator("a.cal-event")).to_have_count(0)
    assert asked_for(page)["view"] == "day"
    page.go_back()
    expect(event(page, "Bo")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Aks. tidspkt")).to_have_value("awaiting")


def test_symbols_and_words_say_what_colours_say(page: Page, owner: User, project: Project) -> None:
    for number, status in enumerate(("accepted", "awaiting", "new_time", "not_accepted", "not_relevant")):
        invited(project, f"Candidate {number}", start=at(number, 9), meeting_status=status)
    invited(project, "Off", start=at(0, 12), state="cancelled")
    group = make_interview(project, start=at(1, 12), type="group", duration=90)
    for status in ("accepted", "awaiting"):
        make_invitation(group, make_application(project), meeting_status=status)

    opened(page, owner)

    shown = page.locator("a.cal-event")
    expect(shown).to_have_count(7)
    symbols = {each.locator("use").first.get_attribute("href") for each in shown.all()}
    assert len(symbols) == 6  # the group shows that somebody has not answered
    expect(event(page, "1 av 2 kommer")).to_be_visible()
    off = event(page, "Off")
    expect(off).to_have_accessible_name(re.compile("Avlyst"))
    assert off.locator(".cal-name").evaluate("each => getComputedStyle(each).textDecorationLine") == (
        "line-through"
    )


def test_the_keyboard_opens_the_interview_and_leads_to_its_move(
    page: Page, owner: User, amina: Interview
) -> None:
    opened(page, owner)
    event(page, "Amina").focus()
    page.keyboard.press("Enter")

    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Amina Hassan")
    expect(dialog.get_by_role("heading", name="Intervju 1 · Personlig intervju")).to_be_focused()
    page.wait_for_timeout(400)  # until it has come to rest, for its contrast is measured
    axe(page)
    picture(page, "dialog")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(event(page, "Amina")).to_be_focused()

    page.keyboard.press("Enter")
    page.get_by_role("link", name="Flytt").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/interviews/"))
    assert asked_for(page)["next"] == f"/calendar/?view=week&date={day(1)}"


def test_an_open_calendar_catches_up_when_one_comes_back_to_it(
    page: Page, owner: User, project: Project, amina: Interview
) -> None:
    page.clock.install()
    opened(page, owner)
    expect(event(page, "Amina")).to_be_visible()
    invited(project, "Bo", start=at(2, 10))
    page.clock.fast_forward(60_000)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(event(page, "Bo")).to_be_visible()


def test_a_lost_connection_is_told_and_tried_again(page: Page, owner: User, amina: Interview) -> None:
    log_in(page, owner)
    page.route("**/calendar/events/**", lambda route: route.abort())
    page.goto(f"/calendar/?view=week&date={day(1)}")
    failed = page.locator("[data-calendar-failed]")
    expect(failed).to_contain_text("Intervjuene kunne ikke hentes.")
    page.unroute("**/calendar/events/**")
    failed.get_by_role("button", name="Prøv igjen").click()
    expect(event(page, "Amina")).to_be_visible()
    expect(failed).to_be_hidden()


def test_a_full_day_says_how_many_more_there_are(page: Page, owner: User, project: Project) -> None:
    for number in range(12):
        invited(project, f"Candidate {number}", start=at(1, 8) + timedelta(minutes=30 * number))
    opened(page, owner, "month")
    more = page.get_by_role("button", name=re.compile(r"^Vis \d+ intervjuer til$"))
    expect(more).to_have_count(1)
    more.click()
    expect(event(page, "Candidate 11")).to_be_visible()
    picture(page, "more")
