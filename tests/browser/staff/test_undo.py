"""Undo after Send, in a browser: back in step 2 with the texts, and sent once in the end."""

import os
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from samtale.accounts.models import User
from samtale.core import clock as wall_clock
from samtale.outbox.domain.deliver import deliver_due
from samtale.outbox.models import Message
from tests.browsers import DESKTOP, PHONE, axe, log_in
from tests.factories.accounts import make_organisation
from tests.factories.recruiting import make_application
from tests.mail_server import MailServer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.undo_window]


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_send_undo_send(
    page: Page, transactional_db: None, smtp_server: MailServer, viewport: dict[str, int]
):
    make_organisation()
    application = make_application(first_name="Amina", last_name="Hassan")
    log_in(page, User.objects.get(pk=application.project.owner_id))
    page.goto(f"/projects/{application.project_id}/applications/")
    page.get_by_role("checkbox", name="Amina Hassan").check()
    page.get_by_label("Videre fremdrift").select_option(label="Inviter til intervju")
    page.get_by_role("button", name="Utfør").click()
    page.get_by_label("Sted").fill("Rådhuset")
    page.get_by_label("Dato").first.fill((wall_clock.now() + timedelta(days=14)).date().isoformat())
    page.get_by_label("Klokkeslett").first.fill("09:00")
    page.get_by_role("button", name="Neste", exact=True).last.click()
    page.get_by_label("Emne", exact=True).first.fill("Velkommen, {first-name}")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("button", name="Angre")).to_be_visible()
    axe(page)
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=f"{folder}/undo-{viewport['width']}.png")

    page.get_by_role("button", name="Angre").click()
    expect(page.get_by_label("Emne", exact=True).first).to_have_value("Velkommen, {first-name}")
    expect(page.get_by_text("Utsendingen er angret")).to_be_visible()
    axe(page)
    if folder:
        page.screenshot(path=f"{folder}/undone-{viewport['width']}.png")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("button", name="Angre")).to_be_visible()

    assert not deliver_due(clock=wall_clock.now).handled
    deliver_due(clock=lambda: wall_clock.now() + timedelta(seconds=31))
    assert sorted(Message.objects.exclude(kind__startswith="reminder").values_list("state", flat=True)) == [
        "cancelled",
        "sent",
    ]
