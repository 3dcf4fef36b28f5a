"""The warning before the session ends, with the browser's clock moved ahead."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browsers import axe, log_in
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def logged_in(page: Page) -> Page:
    log_in(page, make_user(password="a-secret"))
    page.emulate_media(reduced_motion="reduce")  # axe measures colours, also those of a dialog fading in
    page.clock.install()
    page.goto(reverse("account_change_password"))
    return page


def test_there_is_a_warning_and_one_may_go_on(logged_in: Page):
    page = logged_in
    warning = page.get_by_role("dialog", name="Er du der fortsatt?")
    page.clock.fast_forward("25:30")
    expect(warning).to_be_hidden()
    page.clock.fast_forward("01:30")
    expect(warning).to_contain_text("2 minutter igjen")
    axe(page)
    with page.expect_response(
        lambda answer: answer.url.endswith(reverse("staff:session-extend"))
    ) as extended:
        warning.get_by_role("button", name="Fortsett").click()
    assert extended.value.status == 204
    expect(warning).to_be_hidden()
    page.clock.fast_forward("20:00")
    expect(warning).to_be_hidden()


def test_another_tab_in_use_keeps_this_one_quiet(logged_in: Page):
    page = logged_in
    page.clock.fast_forward("27:00")
    warning = page.get_by_role("dialog", name="Er du der fortsatt?")
    expect(warning).to_be_visible()
    page.evaluate("localStorage.setItem('samtale.active', String(Date.now()))")
    page.clock.run_for(1500)
    expect(warning).to_be_hidden()


def test_at_the_end_one_is_logged_out_and_told_why(logged_in: Page):
    page = logged_in
    page.clock.fast_forward("30:00")
    expect(page).to_have_url(re.compile(r"/accounts/login/\?.*ended=1"))
    expect(page.get_by_text("Du ble logget ut fordi siden ikke har vært i bruk")).to_be_visible()
    assert not any(session.get_decoded().get("_auth_user_id") for session in Session.objects.all())
    page.get_by_label("E-post").fill("x")
    assert reverse("account_change_password") in page.url.replace("%2F", "/")
