"""Dragging and marking: both lead to pages that ask first."""

import re
from datetime import date, datetime, time, timedelta

import pytest
from playwright.sync_api import Page, expect

from samtale.accounts.models import User
from samtale.core import clock as wall_clock
from samtale.interviews.models import Interview
from samtale.recruiting.models import Project
from tests.browser.staff.calendar.steps import (
    BOTH,
    OSLO,
    asked_for,
    at,
    day,
    drag,
    event,
    hours,
    invited,
    opened,
    picture,
)
from tests.browsers import log_in
from tests.factories.recruiting import make_project

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("zone", ["", "Asia/Tokyo"])
def test_a_drop_leads_to_the_page_that_asks_and_moves_nothing(
    page: Page, owner: User, amina: Interview, zone: str
) -> None:
    """Whatever zone the reader has, and the browser another, the time is the interview's own there."""
    User.objects.filter(pk=owner.pk).update(time_zone=zone)
    opened(page, owner)
    shown = event(page, "Amina")
    shown.scroll_into_view_if_needed()
    box = shown.bounding_box()
    assert box
    middle = box["x"] + box["width"] / 2, box["y"] + 7

    drag(page, middle, (middle[0] + box["width"], middle[1] + hours(page, 1.25)))

    page.wait_for_url(re.compile("/interviews/"))
    found = asked_for(page)
    assert (found["start"], found["duration"]) == (f"{day(2)}T11:15", "45")
    amina.refresh_from_db()
    assert amina.start == at(1, 10), "nothing moves by itself"
    page.go_back()
    expect(event(page, "Amina")).to_have_accessible_name(re.compile("10:00" if not zone else "1[78]:00"))


def test_a_longer_interview_is_asked_for_by_its_edge(page: Page, owner: User, amina: Interview) -> None:
    opened(page, owner)
    shown = event(page, "Amina")
    shown.hover()
    box = shown.bounding_box()
    assert box
    edge = box["x"] + box["width"] / 2, box["y"] + box["height"] - 2

    drag(page, edge, (edge[0], edge[1] + hours(page, 0.5)))

    page.wait_for_url(re.compile("/interviews/"))
    found = asked_for(page)
    assert (found["start"], found["duration"]) == (f"{day(1)}T10:00", "75")


def test_what_is_off_or_not_ones_own_to_move_stays_where_it_is(
    page: Page, owner: User, project: Project
) -> None:
    invited(project, "Off", start=at(1, 10), state="cancelled")
    theirs = invited(make_project(), "Theirs", start=at(2, 10), interviewers=[owner])
    opened(page, owner)
    for words in ("Off", "Theirs"):
        shown = event(page, words)
        box = shown.bounding_box()
        assert box
        middle = box["x"] + box["width"] / 2, box["y"] + 12
        drag(page, middle, (middle[0], middle[1] + hours(page, 2)))
        assert "/calendar/" in page.url
        expect(shown).to_have_accessible_name(re.compile("^10:00"))
    theirs.refresh_from_db()
    assert theirs.start == at(2, 10)


def test_a_marked_time_becomes_step_1_of_inviting(
    page: Page, owner: User, project: Project, amina: Interview
) -> None:
    opened(page, owner)
    box = event(page, "Amina").bounding_box()
    assert box
    start = box["x"] + box["width"] / 2, box["y"] + hours(page, 3) + 4

    drag(page, start, (start[0], start[1] + hours(page, 0.9)))

    page.wait_for_url("**/calendar/new/**")
    expect(page.get_by_label("Klokkeslett")).to_have_value("13:00")
    page.get_by_label("Prosjekt").select_option(label=project.title)
    page.get_by_role("button", name="Velg søkere").click()
    page.get_by_label("Finn søkere").fill("amina")
    page.keyboard.press("Enter")
    page.locator(".pick-list").get_by_text("Amina Hassan").click()
    picture(page, "pick")
    page.get_by_role("button", name="Neste").click()

    expect(page.get_by_role("heading", name="Inviter 1 søker til intervju")).to_be_visible()
    expect(page.get_by_label("Dato").first).to_have_value(str(day(1)))
    expect(page.get_by_label("Klokkeslett").first).to_have_value("13:00")
    expect(page.get_by_label("Varighet")).to_have_value("60")


@BOTH
def test_a_new_interview_begins_by_keyboard_too(page: Page, owner: User, project: Project) -> None:
    opened(page, owner, "day")
    page.get_by_role("link", name="Nytt intervju").press("Enter")
    page.wait_for_url("**/calendar/new/**")
    expect(page.get_by_label("Dato")).to_have_value(str(day(1)))


def test_an_interview_in_the_night_that_clocks_change_keeps_its_length(
    page: Page, owner: User, project: Project
) -> None:
    today = wall_clock.now().astimezone(OSLO).date()
    sundays = [
        date(year, 10, 31) - timedelta(days=(date(year, 10, 31).weekday() + 1) % 7)
        for year in (today.year, today.year + 1)
    ]
    night = next(each for each in sundays if each - timedelta(days=1) > today)
    invited(project, "Amina", start=datetime.combine(night, time(1, 30), OSLO), duration=120)
    log_in(page, owner)
    page.goto(f"/calendar/?view=week&date={night}")
    page.wait_for_load_state("networkidle")
    shown = event(page, "Amina")
    expect(shown).to_have_accessible_name(re.compile("^01:30–02:30"))
    shown.scroll_into_view_if_needed()
    box = shown.bounding_box()
    assert box
    middle = box["x"] + box["width"] / 2, box["y"] + 7

    drag(page, middle, (middle[0] - box["width"], middle[1]))

    page.wait_for_url(re.compile("/interviews/"))
    found = asked_for(page)
    assert (found["start"], found["duration"]) == (f"{night - timedelta(days=1)}T01:30", "120")


def test_a_filter_that_cannot_be_is_not_blamed_on_the_connection(
    page: Page, owner: User, amina: Interview
) -> None:
    opened(page, owner, status="bogus")
    expect(page.locator("[data-calendar-failed]")).to_contain_text("et filter ikke kan brukes")
    expect(page.get_by_role("button", name="Prøv igjen")).to_be_hidden()
    expect(page.get_by_label("Aks. tidspkt")).to_have_attribute("aria-invalid", "true")
