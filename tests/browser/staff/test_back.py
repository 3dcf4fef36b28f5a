"""The browser's Back button among pages that answer a form."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from samtale.accounts.models import User
from samtale.core import clock as wall_clock
from samtale.recruiting.models import Application
from tests.browsers import log_in
from tests.factories.recruiting import make_application


@pytest.fixture
def application(page: Page, transactional_db: None) -> Application:
    application = make_application(first_name="Amina", last_name="Hassan")
    log_in(page, User.objects.get(pk=application.project.owner_id))
    return application


def test_it_leads_from_step_2_of_inviting_to_step_1(page: Page, application: Application) -> None:
    page.goto(f"/projects/{application.project_id}/applications/")
    page.get_by_role("checkbox", name="Amina Hassan").check()
    page.get_by_label("Videre fremdrift").select_option(label="Inviter til intervju")
    page.get_by_role("button", name="Utfør").click()
    page.get_by_label("Sted").fill("Rådhuset")
    page.get_by_label("Dato").first.fill((wall_clock.now() + timedelta(days=14)).date().isoformat())
    page.get_by_label("Klokkeslett").first.fill("09:00")
    page.get_by_label("Varighet").fill("35")
    page.get_by_role("button", name="Neste", exact=True).last.click()
    expect(page.get_by_label("Handling")).to_be_visible()

    page.go_back()

    expect(page.get_by_role("heading", level=1)).to_have_text("Inviter 1 søker til intervju")
