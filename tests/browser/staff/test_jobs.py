"""The page of a job: how far it is, without reloading, and what came of it."""

import pytest
from playwright.sync_api import Page, expect

from samtale.accounts.models import User
from samtale.core import clock as wall_clock
from samtale.jobs.domain.run import JobRunner
from samtale.jobs.models import Job
from samtale.recruiting.models import Application
from tests.browser.staff.test_outbox import picture
from tests.browsers import DESKTOP, PHONE, axe, log_in
from tests.factories.accounts import make_organisation, make_user
from tests.factories.recruiting import make_applications, make_project

pytestmark = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])


@pytest.fixture
def owner(transactional_db: None) -> User:
    """Somebody with 1,240 applicants in a project."""
    make_organisation()
    owner = make_user(may_export=True)
    make_applications(make_project(owner=owner), 1240)
    return owner


def runner() -> JobRunner:
    return JobRunner(clock=wall_clock.now, owner="test", should_stop=lambda: False)


def test_an_export_shows_how_far_it_is_and_gives_its_file(page: Page, owner: User) -> None:
    log_in(page, owner)
    project = Application.objects.order_by("pk")[0].project_id
    page.goto(f"/projects/{project}/applications/")
    axe(page)
    picture(page, "export")
    page.get_by_label("Eksporter 1240 søkere som").select_option("csv")
    page.get_by_role("button", name="Eksporter listen").click()
    expect(page.get_by_role("heading", name="Eksport av søkere")).to_be_visible()
    expect(page.get_by_text("0 av 1 240")).to_be_visible()

    worker = runner()
    worker.step(), worker.step(), worker.step()
    expect(page.get_by_text("600 av 1 240")).to_be_visible()
    expect(page.get_by_role("progressbar", name="Fremdrift")).to_have_attribute("value", "600")
    expect(page.get_by_role("status").filter(has_text="Ferdig.")).to_have_count(0)
    axe(page)
    picture(page, "job-running")

    while worker.step():
        pass
    expect(page.get_by_role("status").filter(has_text="Ferdig.")).to_have_count(1)
    axe(page)
    picture(page, "job-done")
    with page.expect_download() as download:
        page.get_by_role("link", name="Last ned filen").click()
    assert len(download.value.path().read_bytes().splitlines()) == 1241


def test_a_job_is_stopped_from_its_page(page: Page, owner: User) -> None:
    log_in(page, owner)
    project = Application.objects.order_by("pk")[0].project_id
    page.goto(f"/projects/{project}/applications/")
    page.get_by_role("button", name="Eksporter listen").click()
    page.get_by_role("button", name="Stopp").click()
    expect(page.get_by_text("Stopper")).to_be_visible()
    runner().step()
    expect(page.get_by_role("status").filter(has_text="Arbeidet ble stoppet.")).to_have_count(1)
    assert Job.objects.get().state == Job.State.STOPPED
    axe(page)
    picture(page, "job-stopped")
