"""Moving an interview, calling it off and recording how it went, in a browser."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from samtale.accounts.models import User
from samtale.core import clock
from samtale.interviews.models import Interview, Invitation
from samtale.outbox.models import Message
from tests.browser.staff.test_outbox import picture
from tests.browsers import DESKTOP, PHONE, axe, log_in
from tests.factories.accounts import make_organisation
from tests.factories.interviews import make_interview, make_invitation
from tests.factories.recruiting import make_application, make_project

pytestmark = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])


def group(**fields: object) -> Interview:
    make_organisation()
    project = make_project()
    interview = make_interview(project, type="group", **fields)
    for first, last, language in (("Amina", "Hassan", "nb"), ("David", "Okafor", "en")):
        application = make_application(
            project, first_name=first, last_name=last, language=language, status="invited"
        )
        make_invitation(interview, application, meeting_status="accepted")
    return interview


def test_an_interview_is_moved_and_one_is_told(page: Page, transactional_db: None) -> None:
    interview = group()
    log_in(page, User.objects.get(pk=interview.project.owner_id))
    page.goto(f"/interviews/{interview.pk}/")
    axe(page)
    picture(page, "interview")
    page.get_by_role("link", name="Flytt intervjuet").click()
    expect(page.locator("#preview")).to_contain_text("Intervjuet ditt er flyttet.")
    axe(page)
    picture(page, "move")

    # Beside it stands how it will be, and the letter says so.
    page.get_by_label("Dato").fill("2031-03-04")
    page.get_by_label("Klokkeslett").fill("13:30")
    page.get_by_label("Varighet").fill("60")
    page.get_by_label("Varighet").press("Tab")
    expect(page.locator("#as-it-would-be")).to_contain_text("13:30–14:30")
    expect(page.locator("#preview")).to_contain_text("tirsdag 4. mars 2031 kl. 13:30, 60 minutter")
    page.get_by_role("checkbox", name="David Okafor").uncheck()
    page.get_by_label("Innhold").first.fill("Hei {first-name}, vi må flytte.\n{confirmlink}")
    expect(page.locator("#preview")).to_contain_text("Hei Amina, vi må flytte.")
    axe(page)
    picture(page, "move-filled")
    page.get_by_role("button", name="Lagre endringer").click()
    expect(page.get_by_text("Intervjuet er endret, og 1 kandidat får beskjed.")).to_be_visible()
    expect(page.get_by_text("kjenner bare det gamle tidspunktet: David Okafor")).to_be_visible()
    axe(page)
    assert f"{Interview.objects.get().start:%Y-%m-%d %H:%M}" == "2031-03-04 12:30"
    assert Message.objects.get().recipient_name == "Amina Hassan"


def test_one_is_called_off_and_then_all(page: Page, transactional_db: None) -> None:
    interview = group()
    log_in(page, User.objects.get(pk=interview.project.owner_id))
    page.goto(f"/interviews/{interview.pk}/")
    page.get_by_role("link", name="Avlys for denne kandidaten").nth(1).click()
    page.get_by_label("Begrunnelse").fill("Wrong group")
    expect(page.locator("#preview")).to_contain_text("Wrong group")
    axe(page)
    picture(page, "cancel-one")
    page.get_by_role("button", name="Avlys for én kandidat").click()
    expect(page.get_by_text("David Okafor er ikke lenger innkalt til intervjuet.")).to_be_visible()
    axe(page)
    picture(page, "interview-called-off")
    page.get_by_role("link", name="Avlys intervjuet").click()
    page.get_by_label("Ingen e-post").check()
    axe(page)
    page.get_by_role("button", name="Avlys intervjuet").click()
    expect(page.get_by_text("Intervjuet er avlyst.")).to_be_visible()
    assert Message.objects.get().recipient_name == "David Okafor"


def test_the_outcome_is_recorded(page: Page, transactional_db: None) -> None:
    interview = group(start=clock.now() - timedelta(hours=2))
    log_in(page, User.objects.get(pk=interview.project.owner_id))
    page.goto(f"/interviews/{interview.pk}/")
    page.get_by_role("link", name="Registrer utfallet").click()
    page.get_by_label("David Okafor").select_option(label="Kandidaten møtte ikke")
    axe(page)
    picture(page, "outcome")
    page.get_by_role("button", name="Lagre").click()
    expect(page.get_by_text("Utfallet er registrert.")).to_be_visible()
    axe(page)
    picture(page, "interview-held")
    found = Invitation.objects.order_by("application__sort_name").values_list(
        "outcome", "application__status"
    )
    assert list(found) == [("attended", "interviewed"), ("no_show", "invited")]


def test_who_waits_is_followed_up(page: Page, transactional_db: None) -> None:
    interview = group()
    Invitation.objects.filter(application__candidate__first_name="Amina").update(
        meeting_status="new_time", wishes="Helst etter klokken 15.", answered_at=clock.now()
    )
    Invitation.objects.filter(application__candidate__first_name="David").update(meeting_status="awaiting")
    log_in(page, User.objects.get(pk=interview.project.owner_id))
    page.goto("/")
    axe(page)
    page.get_by_role("link", name="Følg opp").click()
    expect(page.get_by_text("Helst etter klokken 15.")).to_be_visible()
    page.get_by_role("checkbox", name="David Okafor").check()
    axe(page)
    picture(page, "follow-up")
    page.get_by_role("button", name="Send purring til de avkryssede").click()
    expect(page.get_by_text("Purring på svar er på vei til 1 kandidat.")).to_be_visible()
    picture(page, "followed-up")
    assert Message.objects.get().kind == "answer.reminder"
