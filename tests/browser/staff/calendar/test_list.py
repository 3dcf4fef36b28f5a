"""The list, the letter to the ticked, and the day's sheet."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from samtale.accounts.models import User
from samtale.interviews.models import Interview
from samtale.outbox.models import Message
from samtale.recruiting.models import Project
from tests.browser.staff.calendar.steps import (
    BOTH,
    asked_for,
    at,
    day,
    invited,
    opened,
    picture,
)
from tests.browsers import PHONE, axe

pytestmark = pytest.mark.django_db(transaction=True)


@BOTH
def test_the_days_sheet_is_printed_without_what_belongs_to_the_screen(
    page: Page, owner: User, amina: Interview
) -> None:
    opened(page, owner, "day")
    page.get_by_role("link", name="Skriv ut dagen").click()
    page.wait_for_url("**view=print**")
    page.emulate_media(media="print")
    expect(page.locator(".sheet-people")).to_contain_text("Amina Hassan")
    expect(page.locator(".sheet-people")).to_contain_text("+47 40 00 00 00")
    for screen in (".shell-side", ".shell-bar", ".sheet-steps", ".page-actions"):
        expect(page.locator(screen)).to_be_hidden()
    picture(page, "paper")


@BOTH
def test_ticked_candidates_are_written_to(page: Page, owner: User, project: Project) -> None:
    invited(project, "Amina", start=at(1, 10))
    invited(project, "Bo", start=at(1, 11))
    opened(page, owner, "list", date_from=str(day(0)))
    page.get_by_label("Velg Amina Hassan").check()
    page.get_by_label("Velg Bo Hassan").check()
    page.get_by_role("button", name="Utfør").click()

    expect(page.get_by_role("heading", name="Send e-post til 2 kandidater")).to_be_visible()
    page.get_by_label("Innhold").fill("Hei {first-name}, husk vitnemål {interviewdate}.")
    expect(page.locator("#preview")).to_contain_text("Hei Amina, husk vitnemål tirsdag")
    page.get_by_label("Kandidat", exact=True).select_option(label="Bo Hassan")
    expect(page.locator("#preview")).to_contain_text("Hei Bo, husk vitnemål tirsdag")
    axe(page)
    picture(page, "letter")
    page.get_by_role("button", name="Send").click()

    expect(page.get_by_text("E-posten er på vei til 2 kandidater.")).to_be_visible()
    assert "view=list" in page.url
    assert Message.objects.filter(kind="free.email").count() == 2


def test_without_scripts_the_list_takes_its_place(
    browser: Browser, live_server: LiveServer, owner: User, amina: Interview
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="nb-NO", base_url=live_server.url)
    page = context.new_page()
    try:
        opened(page, owner, "week", type="in_person")
        page.wait_for_url("**view=list**")
        assert asked_for(page)["type"] == "in_person"
        expect(page.get_by_role("link", name="Amina Hassan", exact=True)).to_be_visible()
        page.get_by_label("Velg Amina Hassan").check()
        page.get_by_role("button", name="Utfør").click()
        expect(page.get_by_role("heading", name="Send e-post til 1 kandidat")).to_be_visible()
    finally:
        context.close()


@pytest.mark.parametrize("viewport", [PHONE], ids=["phone"])
def test_a_long_word_breaks_in_the_list(page: Page, owner: User, project: Project) -> None:
    project.title = "Å" * 120
    project.save()
    invited(project, "Amina", start=at(1, 10), place="https://example.org/" + "a" * 300)
    opened(page, owner, "list", date_from=str(day(0)))
    widths = page.locator(".table-scroll").evaluate("box => [box.scrollWidth, box.clientWidth]")
    assert widths[0] <= widths[1]
