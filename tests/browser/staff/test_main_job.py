"""The main job as the seed describes it, by its visible Norwegian words: invite, answer, remind.

A real browser, a real SMTP server, and the worker's own code between them.
"""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from samtale.accounts.models import User
from samtale.core import clock as wall_clock
from samtale.interviews.models import Interview, Invitation
from samtale.outbox.models import Message
from samtale.outbox.worker import Worker
from samtale.recruiting.models import Application, Project
from tests.browsers import DESKTOP, PHONE, axe, fits
from tests.factories.accounts import make_department, make_organisation, make_user
from tests.factories.recruiting import give_access, make_application, make_project
from tests.mail_server import MailServer

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "et-langt-passord-42"


@pytest.fixture
def kari(transactional_db) -> User:
    make_organisation(name="Bergen kommune", sender_email="jobb@example.org")
    return make_user(
        email="kari@example.org", first_name="Kari", last_name="Lunde", may_send_sms=True, password=PASSWORD
    )


@pytest.fixture
def project(kari: User) -> Project:
    department = make_department(name="Hjemmetjenesten", directions="Inngang B")
    project = make_project(
        title="Sykepleier, hjemmetjenesten",
        owner=kari,
        department=department,
        deadline=wall_clock.now().date() + timedelta(days=3),
    )
    give_access(make_user(first_name="Per", last_name="Vik"), project, "normal")
    for first, last, language, mobile in [
        ("Amina", "Hassan", "nb", "+4740000001"),
        ("David", "Okafor", "en", ""),
        ("Elin", "Sjöberg", "sv", "+46701740605"),
        ("Gunnar", "Moe", "nb", "+4740000002"),
    ]:
        make_application(
            project,
            first_name=first,
            last_name=last,
            language=language,
            mobile=mobile,
            email=f"{first.lower()}@example.org",
        )
    return project


def monday() -> date:
    """Return the Monday after next, so that every reminder is possible."""
    today = wall_clock.now().date()
    return today + timedelta(days=14 - today.weekday())


def look(page: Page) -> None:
    """Fail if the page hinders someone, or has to be dragged sideways."""
    axe(page)
    fits(page)


def log_in_by_hand(page: Page) -> None:
    page.goto("/")
    page.get_by_label("E-post").fill("kari@example.org")
    page.get_by_label("Passord", exact=True).fill(PASSWORD)
    look(page)
    page.get_by_role("button", name="Logg inn").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kari")


def go_to_all_applications(page: Page, project: Project) -> None:
    """Follow the seed's steps 1 to 3."""
    look(page)
    quick_link = page.get_by_role("link", name="Rekrutteringsoversikt").filter(visible=True)
    if not quick_link.count():
        page.get_by_text("Meny").click()
    quick_link.first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Oversikt over rekrutteringsprosjekt")
    look(page)
    page.get_by_role("link", name=project.title).click()
    expect(page.get_by_text("Søknadshåndtering").first).to_be_visible()
    expect(page.get_by_role("heading", name="Sammendrag")).to_be_visible()
    look(page)
    page.get_by_role("link", name=re.compile("Alle søknader")).first.click()
    expect(page.get_by_label("Videre fremdrift")).to_be_visible()
    look(page)


def tick_and_execute(page: Page, *names: str) -> None:
    for name in names:
        page.get_by_role("checkbox", name=name).check()
    expect(page.get_by_text(f"{len(names)} valgt")).to_be_visible()
    page.get_by_label("Videre fremdrift").select_option(label="Inviter til intervju")
    look(page)
    page.get_by_role("button", name="Utfør").click()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_invite_several_and_let_them_answer(page: Page, project: Project, smtp_server: MailServer):
    log_in_by_hand(page)
    go_to_all_applications(page, project)
    tick_and_execute(page, "Amina Hassan", "David Okafor")

    expect(page.get_by_role("heading", level=1)).to_have_text("Inviter 2 søkere til intervju")
    page.get_by_label("Intervjutype").select_option(label="Personlig intervju")
    page.get_by_label("Aktivitet").select_option(label="Intervju 1")
    page.get_by_role("group", name="Rekrutterer(e) som deltar på intervjuet").get_by_label("Per Vik").check()
    page.get_by_label("Sted").fill("Rådhuset, møterom 4B")
    page.get_by_label("Dato").first.fill(monday().isoformat())
    page.get_by_label("Klokkeslett").first.fill("09:00")
    page.get_by_label("Varighet").fill("30")
    page.get_by_label("Pause mellom intervjuene").fill("15")
    page.get_by_label("Pause mellom intervjuene").blur()
    slots = page.locator("#slots input[type=time]")
    expect(slots.nth(1)).to_have_value("09:45")
    page.wait_for_timeout(300)  # let late answers come in: nobody types within these milliseconds
    slots.nth(1).fill("10:30")
    look(page)
    page.get_by_role("button", name="Neste", exact=True).last.click()

    expect(page.get_by_label("Handling")).to_have_value("send")
    expect(page.locator("#preview")).to_contain_text("Hei Amina")
    page.get_by_label("Emne", exact=True).first.fill("Velkommen til intervju, {first-name}")
    expect(page.locator("#preview")).to_contain_text("Velkommen til intervju, Amina")
    page.get_by_label("Kandidat", exact=True).select_option(label="David Okafor")
    expect(page.locator("#preview")).to_contain_text("10:30")
    page.get_by_label("Send både e-post og SMS-påminnelse").check()
    page.get_by_label("Når påminnelsen sendes").select_option(label="3 dager før")
    expect(page.get_by_text("David Okafor").last).to_be_visible()
    look(page)
    page.get_by_role("button", name="Tilbake").click()
    expect(page.get_by_label("Varighet")).to_have_value("30")
    page.get_by_role("button", name="Neste", exact=True).last.click()
    expect(page.get_by_label("Emne", exact=True).first).to_have_value("Velkommen til intervju, {first-name}")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Mangler mobilnummer og får")).to_contain_text("David Okafor")
    assert not Interview.objects.exists()
    page.get_by_role("button", name="Send", exact=True).click()

    expect(page.get_by_text("2 søkere er innkalt til intervju.")).to_be_visible()
    row = page.get_by_role("row").filter(has_text="Amina Hassan")
    expect(row).to_contain_text("Innkalt til intervju · Intervju 1")
    expect(row).to_contain_text("09:00")
    expect(row).to_contain_text("Venter svar")
    look(page)
    reminders = Message.objects.filter(kind__startswith="reminder").values_list("channel", "recipient_name")
    assert sorted(reminders) == [
        ("email", "Amina Hassan"),
        ("email", "David Okafor"),
        ("sms", "Amina Hassan"),
    ]

    answer_as_candidate(page, delivered(smtp_server)["amina@example.org"])
    see_the_answer(page, project)


def delivered(smtp_server: MailServer) -> dict[str, str]:
    """Let the worker send, and return each candidate's link from the plain text of their own letter."""
    Worker(clock=wall_clock.now).drain()
    links = {}
    for letter in smtp_server.received:
        (recipient,) = letter.recipients
        plain = letter.message.get_body(("plain",))
        assert plain is not None
        (links[recipient],) = re.findall(r"https://samtale\.example\.org(/a/\S+)", plain.get_content())
    assert set(links) == {"amina@example.org", "david@example.org"}
    return links


def answer_as_candidate(page: Page, link: str) -> None:
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Amina")
    expect(page.get_by_text("Rådhuset, møterom 4B")).to_be_visible()
    look(page)
    page.get_by_label("Kontakt meg for nytt tidspunkt").check()
    page.get_by_label(re.compile("Melding")).fill("Gjerne etter klokken 12")
    page.get_by_role("button", name="Send svar").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("nytt tidspunkt")
    look(page)
    assert Invitation.objects.get(application__candidate__first_name="Amina").meeting_status == "new_time"


def see_the_answer(page: Page, project: Project) -> None:
    page.goto(f"/projects/{project.pk}/applications/")
    row = page.get_by_role("row").filter(has_text="Amina Hassan")
    expect(row).to_contain_text("Kontakt for nytt tidspkt.")
    page.goto("/calendar/")
    expect(page.get_by_text("Aks. tidspkt").first).to_be_attached()
    expect(page.get_by_text("Kontakt for nytt tidspkt.").filter(visible=True).last).to_be_visible()
    look(page)
    page.goto("/calendar/?view=list")
    page.get_by_role("link", name="Amina Hassan", exact=True).first.click()
    expect(page.get_by_role("heading", name="Prosessliste")).to_be_visible()
    expect(page.get_by_text("Gjerne etter klokken 12").first).to_be_visible()
    look(page)
    page.get_by_role("link", name="Endre møteinnkallingen").click()
    page.get_by_label("Klokkeslett").fill("12:30")
    page.get_by_label("Møtestatus").select_option(label="Akseptert")
    look(page)
    page.get_by_role("button", name="Lagre endringer").click()
    expect(page.get_by_text("12:30").first).to_be_visible()
    invitation = Invitation.objects.get(application__candidate__first_name="Amina")
    assert invitation.meeting_status == "accepted"
    assert invitation.interview.local_start.strftime("%H:%M") == "12:30"
    page.goto("/outbox/")
    expect(page.get_by_text("Amina Hassan").first).to_be_visible()
    look(page)


def test_no_email_but_a_reminder(page: Page, project: Project):
    log_in_by_hand(page)
    go_to_all_applications(page, project)
    tick_and_execute(page, "Gunnar Moe")
    page.get_by_label("Dato").fill(monday().isoformat())
    page.get_by_label("Klokkeslett").fill("12:00")
    page.get_by_label("Sted").fill("Rådhuset")
    page.get_by_role("button", name="Neste", exact=True).last.click()
    page.get_by_label("Handling").select_option(label="Ingen e-post")
    expect(page.get_by_label("Innhold", exact=True)).to_be_hidden()
    page.get_by_label("Send påminnelse i e-post").check()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("1 søker er innkalt til intervju.")).to_be_visible()
    assert Message.objects.get().kind == "reminder.email"


def test_errors_take_focus_and_keep_what_was_typed(page: Page, project: Project):
    log_in_by_hand(page)
    go_to_all_applications(page, project)
    tick_and_execute(page, "Amina Hassan")
    page.get_by_label("Dato").fill("2020-01-01")
    page.get_by_label("Klokkeslett").fill("09:00")
    page.get_by_label("Varighet").fill("0")
    page.get_by_role("button", name="Neste", exact=True).last.click()
    summary = page.locator(".ds-error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Datoen er passert.")
    expect(page.get_by_label("Varighet")).to_have_value("0")
    expect(page.get_by_label("Varighet")).to_have_attribute("aria-invalid", "true")
    look(page)


def test_a_double_click_on_send_creates_one_interview(page: Page, project: Project):
    log_in_by_hand(page)
    go_to_all_applications(page, project)
    tick_and_execute(page, "Amina Hassan")
    page.get_by_label("Dato").fill(monday().isoformat())
    page.get_by_label("Klokkeslett").fill("09:00")
    page.get_by_label("Sted").fill("Rådhuset")
    page.get_by_role("button", name="Neste", exact=True).last.click()
    page.get_by_role("button", name="Send", exact=True).dblclick()
    expect(page.get_by_text("innkalt til intervju.")).to_be_visible()
    assert Interview.objects.count() == 1
    assert Application.objects.filter(status="invited").count() == 1
