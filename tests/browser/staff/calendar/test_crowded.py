"""Many interviews at one time: what is shown can be read, and the keyboard reaches the rest."""

import re

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from samtale.accounts.models import User
from samtale.interviews.models import Interview
from samtale.recruiting.models import Project
from tests.browser.staff.calendar.steps import BOTH, at, event, invited, opened, picture
from tests.browsers import DESKTOP, axe

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONE_TIME = 8


@pytest.fixture
def crowd(project: Project) -> list[Interview]:
    return [
        invited(project, f"Candidate {number}", start=at(1, 9), duration=60) for number in range(AT_ONE_TIME)
    ]


def box_of(found: Locator) -> FloatRect:
    box = found.bounding_box()
    assert box
    return box


def more(page: Page) -> Locator:
    return page.get_by_role("button", name=re.compile(r"^Vis \d+ intervjuer til$"))


@BOTH
def test_a_crowded_hour_shows_what_has_room_and_says_how_many_more(
    page: Page, owner: User, crowd: list[Interview]
) -> None:
    opened(page, owner)
    button = box_of(more(page))
    shown = page.locator("a.cal-event").all()
    assert len(shown) < AT_ONE_TIME
    expect(more(page)).to_have_accessible_name(f"Vis {AT_ONE_TIME - len(shown)} intervjuer til")
    assert min(button["width"], button["height"]) >= 24

    is_wide = page.viewport_size == DESKTOP
    for box in map(box_of, shown):
        assert box["width"] >= (48 if is_wide else 32)  # pixels: a symbol and the beginning of a name
        if is_wide:
            assert box["x"] + box["width"] <= button["x"]
    axe(page)
    picture(page, "crowded")


@BOTH
def test_in_the_month_everything_is_large_enough_to_press(
    page: Page, owner: User, crowd: list[Interview]
) -> None:
    opened(page, owner, "month")
    number = page.get_by_role("link", name=re.compile(r"^Gå til \d+\. \w+ \d{4}$")).first
    for found in (page.locator("a.cal-event").first, more(page), number):
        box = box_of(found)
        assert min(box["width"], box["height"]) >= 24, found


def test_where_the_rest_is_out_of_view_a_line_says_so_and_leads_to_the_list(
    page: Page, owner: User, crowd: list[Interview]
) -> None:
    opened(page, owner)
    expect(event(page, "Candidate 0")).to_be_visible()
    said = page.get_by_text("intervjuer har ikke plass her.")
    expect(said).to_be_hidden()  # the button stands beside those that are drawn
    page.set_viewport_size({"width": 360, "height": 740})
    expect(said).to_have_text(f"{AT_ONE_TIME - 1} av {AT_ONE_TIME} intervjuer har ikke plass her.")
    axe(page)
    page.get_by_role("link", name="Vis listen").click()
    expect(page.get_by_role("row").filter(has_text="Candidate")).to_have_count(AT_ONE_TIME)


def test_the_window_decides_how_many_stand_beside_each_other(
    page: Page, owner: User, crowd: list[Interview]
) -> None:
    opened(page, owner)
    expect(page.locator("a.cal-event")).to_have_count(2)
    page.set_viewport_size({"width": 1900, "height": 900})
    expect(page.locator("a.cal-event")).to_have_count(3)
    page.get_by_role("link", name="Dag", exact=True).click()
    expect(page.locator("a.cal-event")).to_have_count(AT_ONE_TIME)


@BOTH
@pytest.mark.parametrize("view", ["month", "week"])
def test_the_keyboard_opens_the_rest_and_comes_back_step_by_step(
    page: Page, owner: User, crowd: list[Interview], view: str
) -> None:
    opened(page, owner, view)
    more(page).focus()
    page.keyboard.press("Enter")
    rest = page.get_by_role("dialog", name=re.compile("^tirsdag"))
    expect(rest.get_by_role("button", name="Lukk")).to_be_focused()
    axe(page)

    page.keyboard.press("Tab")
    first = rest.locator("a.cal-event").first
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    interview = page.locator("dialog[open]")
    expect(interview.get_by_role("heading", name="Intervju 1")).to_be_focused()
    page.keyboard.press("Escape")
    expect(interview).to_have_count(0)
    expect(first).to_be_focused()
    page.keyboard.press("Escape")
    expect(rest).to_have_count(0)
    expect(more(page)).to_be_focused()


def test_the_day_is_heard_with_each_interview_and_read_in_the_tab(
    page: Page, owner: User, amina: Interview
) -> None:
    opened(page, owner)
    expect(event(page, "Amina")).to_have_accessible_name(re.compile(r", tirsdag \d+\. \w+$"))
    expect(page).to_have_title(re.compile(r"\d – Rekrutteringskalender – Samtale$"))
    assert page.get_by_label("Timed").count() == 0


@pytest.mark.parametrize("viewport", [DESKTOP], ids=["desktop"])
def test_in_a_crowded_day_the_name_is_the_last_to_give_way(page: Page, owner: User, project: Project) -> None:
    for number in range(AT_ONE_TIME):
        invited(project, f"Kandidat{number}", start=at(1, 9), duration=30)
    opened(page, owner, "day")
    for found in page.locator("a.cal-event").all():
        name = found.locator(".cal-name").evaluate("each => [each.clientWidth, each.scrollWidth]")
        what = found.locator(".cal-head > .cal-what").evaluate_all("all => all.map(each => each.clientWidth)")
        assert name[0] == name[1] or not any(what), (name, what)
