"""Every page of the calendar and of interviews, light on a desk and dark on a phone: nothing hinders."""

from datetime import timedelta
from typing import Literal

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from samtale.accounts.models import User
from samtale.calendars.models import OutsideCalendar
from samtale.core import clock
from samtale.interviews.models import Interview, Invitation, Room
from samtale.recruiting.models import Project
from tests.browser.staff.calendar.steps import at, day, event, invited, opened
from tests.browsers import DESKTOP, NARROW, axe, fits, log_in
from tests.factories.accounts import make_administrator, make_organisation
from tests.factories.calendars import make_caldav_calendar, make_feed
from tests.factories.interviews import make_interview, make_invitation
from tests.factories.recruiting import make_application, make_project

pytestmark = pytest.mark.parametrize("viewport", [DESKTOP, NARROW], ids=["desktop", "phone"])


@pytest.fixture
def scheme(viewport: ViewportSize, page: Page) -> Literal["light", "dark"]:
    """Light on the desk, dark on the phone: neither changes what the other shows."""
    scheme: Literal["light", "dark"] = "light" if viewport == DESKTOP else "dark"
    page.emulate_media(color_scheme=scheme)
    return scheme


@pytest.fixture
def owner(transactional_db: None) -> User:
    make_organisation(undo_seconds=60)
    return make_administrator(first_name="Kari", last_name="Lunde")


@pytest.fixture
def project(owner: User) -> Project:
    """Interviews with each answer: ahead, over, called off, and one with several candidates."""
    project = make_project(owner=owner)
    for hour, status in enumerate(("accepted", "awaiting", "new_time", "not_accepted"), start=9):
        invited(project, f"Candidate {hour}", start=at(1, hour), meeting_status=status)
    invited(project, "Off", start=at(2, 9), state="cancelled")
    over = clock.now() - timedelta(hours=3)
    for name in ("Over", "Also over"):
        invited(project, name, start=over, meeting_status="accepted")
    group = make_interview(project, start=at(3, 9), type="group")
    for name in ("Amina", "Bo"):
        make_invitation(group, make_application(project, first_name=name), meeting_status="accepted")
    Invitation.objects.filter(meeting_status="new_time").update(
        wishes="Helst etter klokken 15.", answered_at=clock.now()
    )
    return project


def hinders_nobody(page: Page, address: str) -> None:
    """Axe finds nothing, nothing sticks out, and the page says by its one heading what it is."""
    expect(page.locator("h1")).to_have_count(1)
    fits(page)
    axe(page)


def test_month_week_day_and_an_interviews_dialog(
    page: Page, owner: User, project: Project, scheme: str
) -> None:
    for view in ("month", "week", "day"):
        opened(page, owner, view)
        hinders_nobody(page, view)
    event(page, "Candidate 9").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.wait_for_timeout(400)  # until it has come to rest, for its contrast is measured
    hinders_nobody(page, "dialog")


def test_lists_and_forms(page: Page, owner: User, project: Project, scheme: str) -> None:
    group = Interview.objects.get(type="group")
    leaver = group.invitations.all()[0]
    over = Interview.objects.filter(start__lt=clock.now(), project=project).order_by("pk")
    log_in(page, owner)
    for address in (
        f"/calendar/?view=list&date_from={day(0)}",
        f"/calendar/?view=print&date={day(1)}",
        f"/calendar/new/?start={day(1)}T13:00",
        f"/calendar/new/?start={day(1)}T13:00&project={project.pk}",
        f"/interviews/{group.pk}/",
        f"/interviews/{group.pk}/move/",
        f"/interviews/{group.pk}/cancel/",
        f"/interviews/{group.pk}/cancel/?invitation={leaver.pk}",
        f"/interviews/{over[0].pk}/outcome/",
        f"/interviews/outcome/?interview={over[0].pk}&interview={over[1].pk}",
        "/follow-up/",
    ):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert page.url.endswith(address)
        hinders_nobody(page, address)


def test_rooms_and_ones_own_calendars(page: Page, owner: User, scheme: str) -> None:
    Room.objects.create(name="Møterom 4B", address="Rådhuset", capacity=8)
    make_feed(owner)
    calendar = make_caldav_calendar("https://calendar.example.org/kari/", owner)
    OutsideCalendar.objects.filter(pk=calendar.pk).update(problem="refused", failed_at=clock.now())
    log_in(page, owner)
    for address in (
        "/settings/rooms/",
        "/settings/rooms/new/",
        "/settings/profile/calendars/",
        "/settings/profile/calendars/feeds/new/",
        "/settings/profile/calendars/connect/",
    ):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert page.url.endswith(address)
        hinders_nobody(page, address)


def test_conflicts_in_step_1_and_the_letter_to_the_ticked(
    page: Page, owner: User, project: Project, scheme: str
) -> None:
    make_application(project, first_name="Dina", last_name="Dahl")
    log_in(page, owner)
    page.goto(f"/calendar/new/?start={day(1)}T09:15&project={project.pk}")
    page.get_by_label("Dina Dahl").check()
    page.get_by_role("button", name="Neste").click()
    expect(page.get_by_role("heading", name="Første tid alle kan")).to_be_visible()
    expect(page.locator("#checks")).to_contain_text("Kari Lunde er opptatt")
    hinders_nobody(page, "step 1")

    page.goto(f"/calendar/?view=list&date_from={day(1)}")
    page.get_by_label("Velg Candidate 9 Hassan").check()
    page.get_by_role("button", name="Utfør").click()
    expect(page.get_by_role("heading", name="Send e-post til 1 kandidat")).to_be_visible()
    hinders_nobody(page, "letter")


def test_paper_is_light_where_the_screen_is_dark(page: Page, owner: User, project: Project) -> None:
    page.emulate_media(color_scheme="dark", media="print")
    opened(page, owner, "print")
    hinders_nobody(page, "sheet")
    opened(page, owner, "week")
    for words in (page.locator("h1"), event(page, "Candidate 9").locator(".cal-name")):
        red, green, blue = words.evaluate(
            "each => getComputedStyle(each).color.match(/[0-9.]+/g).slice(0, 3).map(Number)"
        )
        assert max(red, green, blue) < 128, "dark letters"
