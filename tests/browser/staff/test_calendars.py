"""A recruiter makes a subscription and copies its address, and connects a calendar."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from samtale.accounts.models import User
from samtale.calendars.models import OutsideCalendar
from samtale.core import clock as wall_clock
from tests.browsers import DESKTOP, PHONE, axe, fits, log_in
from tests.factories.accounts import make_organisation, make_user
from tests.factories.calendars import make_caldav_calendar, make_feed

pytestmark = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])


@pytest.fixture
def kari(transactional_db: None, page: Page) -> User:
    make_organisation()
    user = make_user()
    log_in(page, user)
    return user


def test_a_subscription_is_made_and_its_address_copied(page: Page, kari: User):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/settings/profile/")
    page.get_by_role("link", name="Mine kalendere").click()
    page.get_by_role("link", name="Nytt abonnement").click()
    axe(page)
    page.get_by_label("Navn", exact=True).fill("Outlook")
    page.get_by_role("button", name="Lag adressen").click()
    address = page.get_by_label("Adressen til Outlook")
    expect(address).to_have_value(re.compile(r"/feed/.+\.ics$"))
    page.get_by_role("button", name="Kopier").click()
    expect(page.get_by_role("status").filter(has_text="Kopiert")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == address.input_value()
    page.get_by_role("button", name="Ny adresse").click()
    axe(page)
    page.get_by_role("button", name="Ny adresse").click()
    expect(page.get_by_text("har fått ny adresse")).to_be_visible()


def test_the_fields_of_a_caldav_calendar_are_there_when_it_is_one(page: Page, kari: User):
    page.goto("/settings/profile/calendars/connect/")
    expect(page.get_by_label("Passord")).to_be_hidden()
    page.get_by_label("CalDAV-kalender").check()
    expect(page.get_by_label("Passord")).to_be_visible()
    axe(page)
    page.get_by_label("Navn", exact=True).fill("Jobb")
    page.get_by_label("Adresse", exact=True).fill("https://127.0.0.1/")
    page.get_by_role("button", name="Koble til").click()
    expect(page.get_by_text("Samtale kan ikke bruke denne adressen").first).to_be_visible()
    expect(page.get_by_label("Navn", exact=True)).to_have_value("Jobb")
    axe(page)


def test_what_is_wrong_with_a_calendar_is_on_the_page(page: Page, kari: User):
    make_feed(kari)
    make_caldav_calendar("https://sky.example.org/a/", kari, receives_interviews=True)
    before = wall_clock.now() - timedelta(hours=3)
    OutsideCalendar.objects.update(problem="refused", failed_at=wall_clock.now(), refreshed_at=before)
    page.goto("/settings/profile/calendars/")
    expect(page.get_by_text("Serveren godtar ikke brukernavnet og passordet.")).to_be_visible()
    axe(page)
    fits(page)
    page.get_by_role("link", name="Skriv dem inn på nytt").click()
    expect(page.get_by_label("Passord")).to_be_visible()
    axe(page)
