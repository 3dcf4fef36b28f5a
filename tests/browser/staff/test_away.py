"""The database goes away while a page is open, and comes back."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from samtale.core import clock as wall_clock
from samtale.jobs.models import Job
from samtale.web.away import memory
from tests.browsers import DESKTOP, PHONE, axe, log_in
from tests.factories.accounts import make_organisation, make_user
from tests.factories.recruiting import make_application, make_project

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "En del av siden kunne ikke oppdateres"


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def page(browser: Browser, live_server: LiveServer, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A window whose console may complain: that it does is what these tests bring about."""
    context = browser.new_context(base_url=live_server.url, locale="nb-NO", viewport=request.param)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Say that nobody gets a connection, as after a wait for one; undone, there are some again."""
    with monkeypatch.context() as patch:
        yield patch


def go_away(away: pytest.MonkeyPatch) -> None:
    away.setattr(memory, "_until", float("inf"))


def test_a_page_that_asks_by_itself_says_so(page: Page, away: pytest.MonkeyPatch) -> None:
    make_organisation()
    project = make_project()
    job = Job.objects.create(
        kind="export",
        payload={"format": "csv"},
        result={"exported": 0},
        project_id=project.pk,
        created_by=project.owner,
        created_at=wall_clock.now(),
        total=4,
    )
    log_in(page, project.owner)
    page.goto(f"/jobs/{job.pk}/")
    expect(page.get_by_role("alert")).to_be_empty()

    go_away(away)
    expect(page.get_by_role("alert")).to_contain_text(WORDS)
    expect(page.get_by_text("0 av 4")).to_be_visible()
    axe(page)
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=f"{folder}/request-failed-{page.viewport_size['width']}.png")
    with page.expect_response(lambda answer: answer.status == 503):
        pass
    expect(page.get_by_text(WORDS)).to_have_count(1)

    away.undo()
    expect(page.get_by_role("alert")).to_be_empty()


def test_a_preview_that_cannot_be_had_says_so_and_nothing_typed_is_lost(
    page: Page, away: pytest.MonkeyPatch
) -> None:
    make_organisation()
    application = make_application(first_name="Amina")
    log_in(page, application.project.owner)
    page.goto(f"/projects/{application.project_id}/applications/")
    page.get_by_role("checkbox", name="Amina").check()
    page.get_by_label("Videre fremdrift").select_option(label="Inviter til intervju")
    page.get_by_role("button", name="Utfør").click()
    page.get_by_label("Sted").fill("Rådhuset")
    page.get_by_label("Dato").first.fill("2040-03-12")
    page.get_by_label("Klokkeslett").first.fill("09:00")
    page.get_by_role("button", name="Neste", exact=True).last.click()

    go_away(away)
    subject = page.get_by_label("Emne", exact=True).first
    subject.fill("Mitt emne")
    expect(page.get_by_role("alert").filter(has_text=WORDS)).to_be_visible()
    expect(subject).to_have_value("Mitt emne")
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=f"{folder}/preview-failed-{page.viewport_size['width']}.png")

    away.undo()
    subject.fill("Mitt andre emne")
    expect(page.get_by_text(WORDS)).to_have_count(0)


def test_nobody_is_logged_out_because_the_session_could_not_be_extended(
    page: Page, away: pytest.MonkeyPatch
) -> None:
    log_in(page, make_user(password="a-secret"))
    page.clock.install()
    page.goto("/accounts/password/change/")
    page.clock.fast_forward("27:30")
    warning = page.get_by_role("dialog", name="Er du der fortsatt?")
    go_away(away)
    with page.expect_response(lambda answer: answer.status == 503):
        warning.get_by_role("button", name="Fortsett").click()
    away.undo()
    expect(warning).to_be_visible()
    warning.get_by_role("button", name="Fortsett").click()
    expect(warning).to_be_hidden()
    assert page.url.endswith("/accounts/password/change/")
