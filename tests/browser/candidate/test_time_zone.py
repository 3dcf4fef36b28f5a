"""The candidate reads another clock, without JavaScript, on a phone and at a desk, by day and by night."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from samtale.interviews.models import Invitation
from samtale.recruiting.models import Candidate
from tests.browsers import NARROW, axe, fits


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """Open a narrow window without JavaScript and without cookies."""
    context = browser.new_context(java_script_enabled=False, viewport=NARROW)  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    yield context.new_page()
    cookies = context.cookies()
    context.close()
    assert not cookies


def test_without_javascript_a_zone_is_chosen_and_left_and_nothing_typed_is_lost(
    plain: Page, address: str, invitation: Invitation
) -> None:
    card = plain.locator(".appointment")
    plain.goto(address)
    plain.get_by_label("Kontakt meg for nytt tidspunkt").check()
    plain.get_by_label("Melding til oss").fill("Helst om morgenen")
    expect(plain.get_by_label("Tidssone")).to_be_hidden()
    plain.get_by_text("Vis tidspunktet i en annen tidssone").click()
    plain.get_by_label("Tidssone").select_option(label="Los Angeles")
    plain.get_by_role("button", name="Vis tidspunktet der").click()
    expect(card).to_contain_text("(norsk tid)")
    expect(card).to_contain_text("(Los Angeles-tid)")
    expect(plain.get_by_label("Melding til oss")).to_have_value("Helst om morgenen")
    expect(plain.get_by_label("Kontakt meg for nytt tidspunkt")).to_be_checked()
    plain.get_by_role("button", name="English").click()
    expect(card).to_contain_text("(Los Angeles time)")
    expect(plain.get_by_label("Message to us")).to_have_value("Helst om morgenen")
    # Enter in the form still sends the answer.
    plain.get_by_label("Contact me for a new time").press("Enter")
    expect(plain.get_by_role("heading", level=1)).to_have_text(
        "Thank you! We will contact you to find a new time."
    )
    expect(card).to_contain_text("(Los Angeles time)")
    plain.get_by_text("Show the time in another time zone").click()
    plain.get_by_role("button", name="Only Norwegian time").click()
    expect(card).not_to_contain_text("Los Angeles")
    assert Candidate.objects.get(pk=invitation.application.candidate_id).time_zone == ""


@pytest.mark.parametrize("width", [390, 1360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_two_clocks(
    page: Page, address: str, invitation: Invitation, width: int, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 844})
    # The longest that stands on the page: another date, and a long name.
    Candidate.objects.update(time_zone="America/Argentina/Buenos_Aires")
    for language in ("nb", "en", "sv"):
        page.goto(f"{address}?lang={language}")
        page.locator(".time-zone summary").click()
        expect(page.locator("#time-zone")).to_be_visible()
        expect(page.locator("#time-zone optgroup")).to_have_count(6)
        fits(page)
        axe(page)
    page.locator("#choice-1").check()
    page.get_by_role("button", name="Skicka svar").click()
    page.locator(".time-zone summary").click()
    expect(page.locator("#time-zone")).to_be_visible()
    fits(page)
    axe(page)
