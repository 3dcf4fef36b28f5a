"""The gallery and the pages before log-in hinder nobody, at both widths, light and dark."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browsers import DESKTOP, NARROW, axe, fits

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("viewport", [DESKTOP, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["/gallery/?page=4", "/accounts/login/", "/accounts/password/reset/"])
def test_a_page_is_accessible_and_fits(page: Page, scheme, address: str):
    page.emulate_media(color_scheme=scheme)
    page.goto(address)
    axe(page)
    fits(page)


def test_errors_at_log_in_take_focus_and_lead_to_their_field(page: Page):
    page.goto(reverse("account_login"))
    page.get_by_role("button", name="Logg inn").click()
    summary = page.get_by_role("group", name="Rett opp følgende")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Passord").click()
    expect(page.get_by_label("Passord")).to_be_focused()
    axe(page)


def test_the_keyboard_reaches_the_content_first(page: Page):
    page.goto("/accounts/login/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hopp til innholdet")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
