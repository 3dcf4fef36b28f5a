"""A candidate answers: without JavaScript, on a narrow screen, by keyboard, in every language."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from samtale.interviews.models import Interview, Invitation
from samtale.recruiting.models import Application
from tests.browsers import NARROW, PHONE, axe, fits

LANGUAGES = ["nb", "en", "sv"]


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """Open a narrow window without JavaScript and without cookies."""
    context = browser.new_context(java_script_enabled=False, viewport=NARROW)  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    yield context.new_page()
    cookies = context.cookies()
    context.close()
    assert not cookies


def test_answer_change_and_withdraw_without_javascript(
    plain: Page, address: str, invitation: Invitation
) -> None:
    plain.goto(address)
    expect(plain.get_by_role("heading", level=1)).to_have_text("Hei Amina, kan du komme på intervju?")
    plain.get_by_label("Ja, jeg kommer").check()
    plain.get_by_label("Melding til oss").fill("Jeg kommer med buss.")
    plain.get_by_role("button", name="Send svar").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Takk! Vi har registrert at du kommer.")
    expect(plain.get_by_text("Jeg kommer med buss.")).to_be_visible()
    plain.reload()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Takk! Vi har registrert at du kommer.")

    with plain.expect_download() as download:
        plain.get_by_role("link", name="Legg til i kalenderen").click()
    assert download.value.suggested_filename == "interview.ics"

    plain.get_by_role("link", name="Endre svaret ditt").click()
    expect(plain.get_by_label("Ja, jeg kommer")).to_be_checked()
    plain.get_by_label("Jeg ønsker å trekke min søknad").check()
    plain.get_by_role("button", name="Send svar").click()
    plain.get_by_role("button", name="Nei, tilbake").click()
    expect(plain.get_by_label("Melding til oss")).to_have_value("Jeg kommer med buss.")
    assert stored_status(invitation) == ("accepted", "invited")

    plain.get_by_role("button", name="Send svar").click()
    plain.get_by_role("button", name="Ja, trekk søknaden").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Søknaden din er trukket")
    assert stored_status(invitation) == ("not_relevant", "withdrawn")


def test_the_error_takes_the_focus_without_javascript(plain: Page, address: str) -> None:
    plain.goto(address)
    plain.get_by_role("button", name="Send svar").click()
    expect(plain.locator(".ds-error-summary")).to_be_focused()
    plain.get_by_role("link", name="Velg ett av svarene.").press("Enter")
    expect(plain).to_have_url(re.compile("#choice-1$"))
    plain.keyboard.press("Space")
    expect(plain.get_by_label("Ja, jeg kommer")).to_be_checked()


def test_what_is_typed_survives_a_change_of_language_without_javascript(plain: Page, address: str) -> None:
    plain.goto(address)
    plain.get_by_role("button", name="Send svar").click()
    plain.get_by_label("Melding til oss").fill("Jeg er i tvil.")
    plain.get_by_role("button", name="English").click()
    expect(plain.get_by_role("link", name="Choose one of the answers.")).to_be_visible()
    expect(plain.get_by_label("Message to us")).to_have_value("Jeg er i tvil.")
    # Enter sends the answer, as everywhere, and is no choice of language.
    plain.get_by_label("I want to withdraw my application").check()
    plain.get_by_label("I want to withdraw my application").press("Enter")
    expect(plain.get_by_role("heading", level=1)).to_have_text("Do you want to withdraw your application?")
    plain.get_by_role("button", name="Norsk").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Vil du trekke søknaden din?")
    plain.get_by_role("button", name="Nei, tilbake").click()
    expect(plain.get_by_label("Melding til oss")).to_have_value("Jeg er i tvil.")
    expect(plain.get_by_label("Jeg ønsker å trekke min søknad")).to_be_checked()


@pytest.mark.parametrize("viewport", [NARROW])
def test_everything_is_reached_by_keyboard(page: Page, address: str) -> None:
    page.goto(address)
    reached = []
    for _step in range(9):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.innerText || document.activeElement.name"))
    assert reached == [
        "Hopp til innholdet",
        "English",
        "Svenska",
        "Slik finner du oss",
        "Vis tidspunktet i en annen tidssone",
        "choice",
        "wishes",
        "Send svar",
        "Legg til i kalenderen (.ics)",
    ]
    page.get_by_label("Ja, jeg kommer").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Kontakt meg for nytt tidspunkt")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("Helst over lunsj")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Takk! Vi tar kontakt for å finne et nytt tidspunkt."
    )
    expect(page.get_by_text("Helst over lunsj")).to_be_visible()


@pytest.mark.parametrize("viewport", [NARROW])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_any_page(
    page: Page, address: str, invitation: Invitation, language: str, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")

    def look() -> None:
        expect(page.locator("h1")).to_have_count(1)
        expect(page.locator("html")).to_have_attribute("lang", language)
        fits(page)
        axe(page)

    send = page.locator("main form button").last
    page.goto(f"{address}?lang={language}")
    for summary in page.locator("summary").all():
        summary.click()
    look()
    send.click()
    expect(page.locator(".ds-error-summary")).to_be_focused()
    look()
    page.locator("#choice-4").check()
    send.click()
    expect(page.locator("#choice-4")).to_have_count(0)
    look()
    page.locator("main form button").first.click()
    page.locator("#choice-1").check()
    page.locator("#wishes").fill("Hei! " * 30)
    send.click()
    expect(page.locator("#choice-1")).to_have_count(0)
    look()
    page.goto(f"{address}?lang={language}&change=1")
    look()
    Interview.objects.update(state=Interview.State.CANCELLED)
    page.goto(f"{address}?lang={language}")
    look()
    page.goto(re.sub("/a/.*", f"/a/wrong/?lang={language}", address))
    look()


@pytest.mark.parametrize("width", [180, 320, 1360])
def test_nothing_is_cut_off_at_any_width(
    page: Page, address: str, invitation: Invitation, width: int
) -> None:
    """180 pixels are a 360-pixel screen at 200 % zoom."""
    candidate = invitation.application.candidate
    candidate.first_name = "Karl-Alexander-Maximilian-Ferdinand-Wolfgang"
    candidate.save()
    page.set_viewport_size({"width": width, "height": PHONE["height"]})
    for end in ("", "?lang=en", "?lang=sv"):
        page.goto(address + end)
        fits(page)
    page.get_by_label("Jag vill dra tillbaka min ansökan").check()
    page.get_by_role("button", name="Skicka svar").click()
    expect(page.get_by_label("Jag vill dra tillbaka min ansökan")).to_have_count(0)
    fits(page)


@pytest.mark.parametrize("viewport", [NARROW])
def test_what_is_pressed_is_big_enough(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(".time-zone summary").click()
    expect(page.locator("#time-zone")).to_be_visible()
    small = page.locator("main .choices .ds-field, main button, .candidate-languages [lang], summary")
    for target in small.all():
        box = target.bounding_box()
        assert box
        assert box["height"] >= 24, target
    page.get_by_role("button", name="Send svar").click()
    expect(page.get_by_role("group", name="Svaret ditt er ikke sendt ennå")).to_be_visible()
    page.locator(".time-zone summary").click()
    expect(page.locator("#time-zone")).to_be_visible()
    for target in small.all():
        box = target.bounding_box()
        assert box
        assert box["height"] >= 24, target
    for target in page.locator("main .choices .ds-field, main button").all():
        box = target.bounding_box()
        assert box
        assert box["height"] >= 44, target


def stored_status(invitation: Invitation) -> tuple[str, str]:
    invitation.refresh_from_db()
    return invitation.meeting_status, Application.objects.get(pk=invitation.application_id).status
