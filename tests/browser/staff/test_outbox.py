"""A recruiter steers the outbox: edits what waits, handles many at once, and corrects an address."""

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from samtale.accounts.models import User
from samtale.core import clock as wall_clock
from samtale.outbox.domain.receipts import Report, record
from samtale.outbox.models import Delivery, Message
from samtale.outbox.models.message import State
from samtale.recruiting.models import Project
from samtale.recruiting.notifications import BOUNCE
from tests.browsers import DESKTOP, PHONE, axe, log_in
from tests.factories.accounts import make_organisation, make_user
from tests.factories.interviews import make_letters, send_invitations
from tests.factories.recruiting import make_application, make_project

pytestmark = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])


@pytest.fixture
def owner(transactional_db: None) -> User:
    """A recruiter whose Send to three candidates waits, reminders and all."""
    make_organisation(sms_sender="Bergen")
    owner = make_user(may_send_sms=True)
    project = make_project(owner=owner)
    applications = [
        make_application(project, first_name=name, last_name="Hassan", mobile=f"+474000000{number}")
        for number, name in enumerate(("Amina", "Bilal", "Chen"))
    ]
    plan = make_letters(includes_link=True, reminder="both", reminder_days=2)
    start = (wall_clock.now() + timedelta(days=14)).replace(hour=9, minute=0, second=0, microsecond=0)
    send_invitations(project, applications, by=owner, letters=plan, start=start)
    return owner


def picture(page: Page, name: str) -> None:
    """Keep a picture where somebody wants to look at the page."""
    if folder := os.environ.get("PICTURES"):
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=str(Path(folder) / f"{name}-{width}.png"), full_page=True)


def test_what_waits_is_edited_with_its_preview(page: Page, owner: User) -> None:
    message = Message.objects.filter(kind="reminder.email").order_by("pk")[0]
    log_in(page, owner)
    page.goto(f"/outbox/{message.pk}/")
    axe(page)
    picture(page, "waiting")
    page.get_by_role("link", name="Endre tekst og tidspunkt").click()

    page.get_by_role("textbox", name="Tekst").fill("Kjære {first-name}, ta med {noe}")
    expect(page.locator("#preview")).to_contain_text("Teksten kan ikke vises: En tagg")
    page.get_by_role("button", name="Lagre").click()
    expect(page.get_by_text("Taggen {noe} finnes ikke").first).to_be_visible()
    axe(page)
    picture(page, "edit-wrong")

    page.get_by_role("textbox", name="Tekst").fill("Kjære {first-name}, ta med CV")
    expect(page.locator("#preview")).to_contain_text("Kjære Amina, ta med CV")
    axe(page)
    picture(page, "edit")
    page.get_by_role("button", name="Lagre").click()

    expect(page.get_by_text("Meldingen er endret.")).to_be_visible()
    expect(page.get_by_text("Kjære Amina, ta med CV").first).to_be_visible()


def test_an_sms_is_counted_while_it_is_written(page: Page, owner: User) -> None:
    message = Message.objects.filter(kind="reminder.sms").order_by("pk")[0]
    log_in(page, owner)
    page.goto(f"/outbox/{message.pk}/edit/")
    page.get_by_role("textbox", name="Tekst").fill("x" * 200)
    expect(page.locator("[data-sms-counter]")).to_contain_text("200 tegn, 2 SMS")
    expect(page.locator("#preview")).to_contain_text("200 tegn, 2 SMS")
    axe(page)


def test_ticked_messages_are_handled_together(page: Page, owner: User) -> None:
    log_in(page, owner)
    Message.objects.filter(kind="reminder.sms").update(state=State.SENT)
    page.goto("/outbox/")
    axe(page)
    picture(page, "outbox")
    for box in page.locator("tbody [data-bulk-row]").all():
        box.check()
    axe(page)
    picture(page, "outbox-ticked")
    page.get_by_label("Med de valgte meldingene").select_option("stop")
    page.get_by_role("button", name="Utfør").click()

    expect(page.get_by_text("6 meldinger er stoppet.")).to_be_visible()
    expect(page.get_by_text(re.compile("Ikke utført for 3 meldinger: .*Den er sendt"))).to_be_visible()
    axe(page)
    picture(page, "outbox-done")


def test_a_wrong_address_is_corrected_from_the_start_page_on(page: Page, owner: User) -> None:
    first = Message.objects.order_by("pk")[0]
    wrong = Message.objects.filter(recipient_address=first.recipient_address)
    wrong.update(state=State.FAILED, reason="550 5.1.1 No such user")
    log_in(page, owner)
    page.goto("/")
    axe(page)
    picture(page, "start")
    page.get_by_role("main").get_by_role("link", name="2 meldinger kunne ikke sendes").click()
    page.locator("tbody a").last.click()
    page.get_by_label("Riktig e-postadresse").fill("ikke en adresse")
    page.get_by_role("button", name="Rett og send på nytt").click()
    expect(page.get_by_label("Riktig e-postadresse")).to_have_value("ikke en adresse")
    axe(page)
    picture(page, "address")
    page.get_by_label("Riktig e-postadresse").fill("riktig@example.org")
    page.get_by_role("button", name="Rett og send på nytt").click()

    expect(page.get_by_text("2 meldinger blir sendt på nytt.")).to_be_visible()
    assert set(Message.objects.filter(state=State.FAILED)) == set()
    axe(page)
    picture(page, "corrected")


def test_what_came_back_is_seen_everywhere(page: Page, owner: User) -> None:
    messages = list(Message.objects.filter(kind__startswith="invitation").order_by("pk"))
    Message.objects.filter(pk__in=[message.pk for message in messages]).update(state=State.SENT)
    outcomes = (Delivery.Outcome.BOUNCED, Delivery.Outcome.COMPLAINED, Delivery.Outcome.DELIVERED)
    now = wall_clock.now()
    for message, outcome in zip(messages, outcomes, strict=True):
        words = "550 5.1.1 The email account that you tried to reach does not exist"
        report = Report(channel="email", outcome=outcome, at=now, words=words, public_id=message.public_id)
        record(report, now=now)
    log_in(page, owner)
    project, application = Project.objects.get(), messages[0].correspondence.application
    assert application
    notice = Message.objects.get(kind=BOUNCE)

    for name, address, words in (
        ("came-back-applicant", f"/applications/{application.pk}/", "kom i retur"),
        ("came-back-list", f"/projects/{project.pk}/applications/", "E-post kom i retur"),
        ("came-back-outbox", f"/outbox/?state=came_back&project={project.pk}", "Meldt som uønsket"),
        ("came-back-message", f"/outbox/{messages[0].pk}/", "Kom i retur"),
        ("came-back-notice", f"/outbox/{notice.pk}/", "2 meldinger"),
    ):
        page.goto(address)
        expect(page.locator("main").get_by_text(words).locator("visible=true").first).to_be_visible()
        axe(page)
        picture(page, name)
