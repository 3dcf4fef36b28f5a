"""Step 1 of inviting with scripts: who is taken shows while one chooses, before anybody goes on."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from samtale.calendars.models import BusyBlock
from samtale.core import clock as wall_clock
from samtale.interviews.models import Interview, Room
from samtale.recruiting.models import Project
from tests.browsers import axe, log_in
from tests.factories.accounts import make_organisation, make_user
from tests.factories.interviews import make_interview
from tests.factories.recruiting import make_application, make_project

pytestmark = pytest.mark.django_db(transaction=True)
OSLO = ZoneInfo("Europe/Oslo")


def monday() -> date:
    day = wall_clock.now().astimezone(OSLO).date() + timedelta(days=14)
    return day - timedelta(days=day.weekday())


def at(hour: int, minute: int = 0) -> datetime:
    return datetime.combine(monday(), time(hour, minute), OSLO).astimezone(UTC)


@pytest.fixture
def step_1(page: Page, transactional_db) -> Page:
    """Two applicants and a room. Kari is in an interview at 09:00, and busy from 10:30 to 11:00."""
    make_organisation()
    owner = make_user(first_name="Kari", last_name="Lunde", may_overbook=True)
    project = make_project(owner=owner)
    Room.objects.create(name="4B", address="Rådhuset", capacity=3, department=project.department)
    make_interview(project, start=at(9))
    BusyBlock.objects.create(user=owner, start=at(10, 30), end=at(11))
    for name in ("Amina", "Bo"):
        make_application(project, first_name=name, last_name=name[0])
    log_in(page, owner)
    page.goto(f"/projects/{project.pk}/applications/")
    for box in page.locator("[data-bulk-row]").all():
        box.check()
    page.get_by_label("Videre fremdrift").select_option(label="Inviter til intervju")
    page.get_by_role("button", name="Utfør").click()
    return page


def choose(page: Page, clock: str) -> None:
    page.get_by_label("Dato").first.fill(monday().isoformat())
    page.get_by_label("Klokkeslett").first.fill(clock)
    page.get_by_label("Klokkeslett").first.blur()


def test_who_is_taken_shows_at_once_and_a_free_time_is_one_click_away(step_1: Page):
    expect(step_1.get_by_role("heading", name="Første tid alle kan")).to_be_visible()
    choose(step_1, "09:15")
    checks = step_1.locator("#checks")
    expect(checks).to_contain_text("Amina A, 09:15: Kari Lunde er opptatt")
    expect(checks).to_contain_text("Bo B, 10:00: Kari Lunde er opptatt")
    expect(checks).to_contain_text("egen kalender")
    axe(step_1)
    step_1.locator("button[name=take_time]").first.click()
    expect(step_1.get_by_label("Klokkeslett").first).to_have_value("11:00")
    expect(step_1.locator("#slots input[type=time]").nth(1)).to_have_value("11:45")
    expect(step_1.locator("#checks")).to_contain_text("Ingen er meldt opptatt")
    step_1.get_by_role("button", name="Neste").last.click()
    expect(step_1.get_by_label("Emne").first).to_be_visible()


def test_one_who_may_books_anyway(step_1: Page):
    choose(step_1, "09:00")
    step_1.get_by_label("Book likevel").check()
    step_1.get_by_label("Varighet").fill("40")
    step_1.get_by_label("Varighet").blur()
    expect(step_1.get_by_label("Book likevel")).not_to_be_checked()
    step_1.get_by_role("button", name="Neste").last.click()
    expect(step_1.get_by_role("group", name="Se på dette før du går videre")).to_be_focused()
    step_1.get_by_label("Book likevel").check()
    step_1.get_by_role("button", name="Neste").last.click()
    step_1.get_by_role("button", name="Send").last.click()
    step_1.wait_for_url("**/applications/")
    assert Interview.objects.count() == 3


def test_a_time_marked_in_the_calendar_is_looked_at_before_anything_is_changed(step_1: Page):
    project = Project.objects.get()
    for names in (["Amina A"], ["Amina A", "Bo B"]):
        step_1.goto(f"/calendar/new/?start={monday()}T09:15&project={project.pk}")
        for name in names:
            step_1.get_by_label(name).check()
        step_1.get_by_role("button", name="Neste").click()
        expect(step_1.locator("#checks")).to_contain_text("Kari Lunde er opptatt")
    expect(step_1.locator("#slots").get_by_label("Klokkeslett").nth(1)).to_have_value("10:00")


def test_the_place_is_the_rooms_unless_one_writes_another(step_1: Page):
    step_1.get_by_label("Intervjutype").select_option("in_person")
    place, room = step_1.get_by_label("Sted"), step_1.get_by_label("Rom", exact=True)
    before = place.input_value()
    room.select_option(label="4B")
    expect(place).to_have_value("Rådhuset, 4B")
    room.select_option(label="Uten rom")
    expect(place).to_have_value(before)
    place.fill("Kantina, 1. etasje")
    room.select_option(label="4B")
    expect(place).to_have_value("Kantina, 1. etasje")
