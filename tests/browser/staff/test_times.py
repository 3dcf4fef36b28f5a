"""Step 1 of inviting with scripts: what is typed into the applicants' times stays."""

from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from samtale.core import clock as wall_clock
from tests.browsers import axe, log_in
from tests.factories.accounts import make_organisation, make_user
from tests.factories.recruiting import make_application, make_project

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def step_1(page: Page, transactional_db) -> Page:
    """Four applicants with proposed times: 09:00, 09:55, 10:50 and 11:45."""
    make_organisation()
    owner = make_user(first_name="Kari", last_name="Lunde")
    project = make_project(owner=owner)
    for name in ("Amina", "Bo", "Cai", "David"):
        make_application(project, first_name=name, last_name=name[0])
    log_in(page, owner)
    page.goto(f"/projects/{project.pk}/applications/")
    for box in page.locator("[data-bulk-row]").all():
        box.check()
    page.get_by_label("Videre fremdrift").select_option(label="Inviter til intervju")
    page.get_by_role("button", name="Utfør").click()
    page.get_by_label("Dato").first.fill((wall_clock.now() + timedelta(days=14)).date().isoformat())
    page.get_by_label("Klokkeslett").first.fill("09:00")
    page.get_by_label("Pause mellom intervjuene").fill("10")
    page.get_by_label("Pause mellom intervjuene").blur()
    expect(times(page).nth(3)).to_have_value("11:45")
    page.wait_for_load_state("networkidle")
    return page


def times(page: Page) -> Locator:
    return page.locator("#slots input[type=time]")


def test_a_typed_time_outlives_every_other_choice(step_1: Page):
    times(step_1).nth(1).fill("13:00")
    step_1.get_by_label("Intervjutype").select_option(label="Videointervju")
    step_1.wait_for_load_state("networkidle")
    expect(times(step_1).nth(1)).to_have_value("13:00")
    step_1.get_by_label("Varighet").fill("30")
    step_1.get_by_label("Varighet").blur()
    expect(times(step_1).nth(2)).to_have_value("09:40")
    expect(times(step_1).nth(1)).to_have_value("13:00")
    expect(step_1.get_by_role("status")).to_contain_text("Tider som er endret for hånd, er beholdt: Bo B.")
    axe(step_1)
    step_1.get_by_role("button", name="Fjern Amina A").click()
    expect(times(step_1)).to_have_count(3)
    expect(times(step_1).nth(0)).to_have_value("13:00")
    expect(times(step_1).nth(1)).to_have_value("09:00")
    step_1.get_by_label("Intervjutype").select_option(label="Gruppeintervju")
    expect(times(step_1)).to_have_count(0)
    step_1.get_by_label("Intervjutype").select_option(label="Telefonintervju")
    expect(times(step_1).nth(0)).to_have_value("13:00")


def test_what_is_typed_while_times_are_being_proposed_is_not_undone(step_1: Page):
    held: list[Route] = []
    step_1.route("**/slots/", lambda route: route.continue_() if held else held.append(route))
    step_1.get_by_label("Varighet").fill("30")
    step_1.get_by_label("Varighet").blur()
    times(step_1).nth(1).fill("13:00")  # the answer, which does not know of it, is still on its way
    with step_1.expect_response("**/slots/"):
        held[0].continue_()
    expect(times(step_1).nth(1)).to_have_value("13:00")
    expect(times(step_1).nth(1)).to_be_focused()
    times(step_1).nth(1).blur()
    expect(times(step_1).nth(2)).to_have_value("09:40")  # asked for again
    expect(times(step_1).nth(1)).to_have_value("13:00")
