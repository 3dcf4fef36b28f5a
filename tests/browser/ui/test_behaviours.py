"""What the scripts add, shown on the gallery."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def gallery(page: Page) -> Page:
    page.goto("/gallery/")
    return page


def rows(page: Page):
    return page.locator("[data-bulk-row]")


def test_the_header_ticks_the_rows_and_the_bar_counts(gallery: Page):
    count, header = gallery.locator("[data-bulk-count]"), gallery.get_by_label("Velg alle på denne siden")
    expect(count).to_have_text("0 valgt")
    gallery.get_by_label("Velg Bjørn Aasen").check()
    expect(count).to_have_text("1 valgt")
    assert header.evaluate("box => box.indeterminate")
    header.check()
    expect(count).to_have_text("4 valgt")
    for row in rows(gallery).all():
        expect(row).to_be_checked()
    header.uncheck()
    expect(count).to_have_text("0 valgt")


def test_every_row_of_every_page_can_be_chosen_and_given_back(gallery: Page):
    count, every = gallery.locator("[data-bulk-count]"), gallery.get_by_role("button", name="Velg alle 214")
    expect(every).to_be_hidden()
    gallery.get_by_label("Velg alle på denne siden").check()
    every.click()
    expect(count).to_have_text("214 valgt")
    expect(gallery.locator("input[name=all]")).to_have_value("1")
    gallery.get_by_label("Velg Cecilie Dahl").uncheck()
    expect(count).to_have_text("3 valgt")
    expect(gallery.locator("input[name=all]")).to_have_value("")


def test_shift_ticks_the_rows_between(gallery: Page):
    rows(gallery).nth(0).click()
    rows(gallery).nth(2).click(modifiers=["Shift"])
    expect(gallery.locator("[data-bulk-count]")).to_have_text("3 valgt")


def test_what_was_ticked_is_counted_after_back(gallery: Page):
    gallery.get_by_label("Velg Amina Hassan").check()
    gallery.goto("/accounts/login/")
    gallery.go_back()
    ticked = gallery.locator("[data-bulk-row]:checked").count()
    expect(gallery.locator("[data-bulk-count]")).to_have_text(f"{ticked} valgt")


def test_a_tag_lands_where_the_cursor_was(gallery: Page):
    text = gallery.get_by_label("SMS", exact=True)
    text.evaluate("field => { field.focus(); field.setSelectionRange(3, 3) }")
    gallery.get_by_role("button", name="{vacancy}").click()
    expect(text).to_have_value("Hei{vacancy} {first-name}!")
    expect(text).to_be_focused()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "0 tegn, 0 SMS"),
        ("a" * 160, "160 tegn, 1 SMS"),
        ("a" * 161, "161 tegn, 2 SMS"),
        ("a" * 306, "306 tegn, 2 SMS"),
        ("a" * 307, "307 tegn, 3 SMS"),
        ("€" * 80, "160 tegn, 1 SMS"),
        ("æøåÆØÅ" * 10, "60 tegn, 1 SMS"),
        ("š" * 70, "70 tegn, 1 SMS (med spesialtegn)"),
        ("š" * 71, "71 tegn, 2 SMS (med spesialtegn)"),
        ("😀" * 35, "70 tegn, 1 SMS (med spesialtegn)"),
    ],
)
def test_an_sms_is_measured_while_it_is_written(gallery: Page, text: str, says: str):
    gallery.get_by_label("SMS", exact=True).fill(text)
    expect(gallery.locator("[data-sms-counter]")).to_have_text(says)


def test_a_field_is_shown_and_sent_only_while_its_condition_holds(gallery: Page):
    days = gallery.get_by_label("Dager før")
    expect(days).to_be_hidden()
    expect(days).to_be_disabled()
    gallery.get_by_label("Send påminnelse").check()
    expect(days).to_be_visible()
    expect(days).to_be_enabled()


def test_a_dialog_opens_closes_and_gives_focus_back(gallery: Page):
    button = gallery.get_by_role("button", name="Åpne en dialog")
    button.click()
    expect(gallery.get_by_role("dialog", name="En dialog")).to_be_visible()
    gallery.keyboard.press("Escape")
    expect(gallery.get_by_role("dialog")).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    gallery.get_by_role("button", name="Lukk").click()
    expect(gallery.get_by_role("dialog")).to_be_hidden()


def test_without_scripts_everything_is_there(browser, live_server):
    context = browser.new_context(java_script_enabled=False, locale="nb-NO", base_url=live_server.url)
    page = context.new_page()
    page.goto("/gallery/")
    expect(page.get_by_label("Dager før")).to_be_visible()
    expect(page.get_by_role("button", name="Utfør")).to_be_visible()
    expect(page.get_by_role("group", name=re.compile("Rett opp"))).to_be_visible()
    context.close()
