"""Rejecting in a browser: from the ticked applicants to the letter."""

import pytest
from playwright.sync_api import Page, expect

from samtale.accounts.models import User
from samtale.outbox.models import Message
from samtale.recruiting.models import Application
from tests.browser.staff.test_outbox import picture
from tests.browsers import DESKTOP, PHONE, axe, log_in
from tests.factories.accounts import make_organisation
from tests.factories.recruiting import make_application

pytestmark = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])


def test_two_are_rejected_in_their_languages(page: Page, transactional_db: None) -> None:
    make_organisation()
    first = make_application(first_name="Amina", last_name="Hassan")
    make_application(first.project, first_name="David", last_name="Okafor", language="en")
    log_in(page, User.objects.get(pk=first.project.owner_id))
    page.goto(f"/projects/{first.project_id}/applications/")
    page.get_by_role("checkbox", name="Amina Hassan").check()
    page.get_by_role("checkbox", name="David Okafor").check()
    page.get_by_label("Videre fremdrift").select_option(label="Avslag")
    page.get_by_role("button", name="Utfør").click()
    expect(page.get_by_role("heading", name="Gi 2 søkere avslag")).to_be_visible()
    axe(page)
    picture(page, "reject")

    # The letter follows the type, and the preview follows the letter.
    page.get_by_label("Type avslag").select_option(label="Etter intervju 1")
    expect(page.locator("#preview")).to_contain_text("tok deg tid til intervju")
    page.get_by_label("Innhold").first.fill("Hei {first-name}, takk for praten.")
    expect(page.locator("#preview")).to_contain_text("Hei Amina, takk for praten.")

    page.get_by_role("button", name="Gi 2 søkere avslag").click()
    expect(page.locator(".ds-error-summary")).to_contain_text("Velg en årsak.")
    axe(page)
    page.get_by_label("Årsak").select_option(label="For lite erfaring")
    page.get_by_label("På et annet tidspunkt").check()
    page.get_by_label("Dato").fill("2030-03-04")
    page.get_by_label("Klokkeslett").fill("09:00")
    axe(page)
    picture(page, "reject-filled")
    page.get_by_role("button", name="Gi 2 søkere avslag").click()
    expect(page.get_by_text("2 søkere har fått avslag.")).to_be_visible()
    assert set(Application.objects.values_list("status", flat=True)) == {"rejected"}
    assert sorted(Message.objects.values_list("language", flat=True)) == ["en", "nb"]
    assert f"{Message.objects.all()[0].due_at:%Y-%m-%d %H:%M}" == "2030-03-04 08:00"
