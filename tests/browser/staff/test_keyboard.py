"""A recruiter without a mouse moves an interview, calls it off, and records how it went."""

from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from samtale.accounts.models import User
from samtale.core import clock
from samtale.interviews.models import Interview, Invitation
from samtale.recruiting.models import Project
from tests.browser.staff.calendar.steps import at, day, event, invited, opened
from tests.browsers import DESKTOP, NARROW, log_in
from tests.factories.accounts import make_organisation, make_user
from tests.factories.recruiting import make_project

pytestmark = pytest.mark.parametrize("viewport", [DESKTOP, NARROW], ids=["desktop", "phone"])

# Whether one sees where one is: a ring around what has the focus, or around the field it is in. The parts
# of a date or time have marks of the browser's own, and at the end of the page the browser has the focus.
SHOWS_FOCUS = """() => {
  const each = document.activeElement;
  if (each === document.body || /^(date|time)$/.test(each.type)) return true;
  const rings = place => {
    const { outlineStyle, outlineWidth } = getComputedStyle(place);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  };
  const { top, bottom } = each.getBoundingClientRect();
  const isSeen = bottom > 0 && top < innerHeight;
  return isSeen && (rings(each) || rings(each.closest(".ds-field, label") ?? each));
}"""


@pytest.fixture
def owner(transactional_db: None) -> User:
    make_organisation(undo_seconds=60)
    return make_user(first_name="Kari", last_name="Lunde")


@pytest.fixture
def project(owner: User) -> Project:
    return make_project(owner=owner)


def tab_to(page: Page, wanted: Locator, *, at_most: int = 80) -> None:
    """Press Tab until `wanted` has the focus; everywhere on the way it must be seen where one is."""
    expect(wanted).to_be_attached()  # on the page that was just asked for
    for _ in range(at_most):
        page.keyboard.press("Tab")
        shown = page.evaluate(SHOWS_FOCUS)
        assert shown, page.evaluate("document.activeElement.outerHTML")
        if wanted.evaluate("each => each === document.activeElement"):
            return
    raise AssertionError(f"{at_most} presses of Tab did not reach {wanted}")


def press(page: Page, wanted: Locator) -> None:
    tab_to(page, wanted)
    page.keyboard.press("Enter")


def without_e_mail(page: Page) -> None:
    tab_to(page, page.get_by_role("radio", name="Send e-post"))
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Ingen e-post")).to_be_checked()


def test_an_interview_is_moved_and_called_off(page: Page, owner: User, project: Project) -> None:
    interview = invited(project, "Amina", start=at(1, 10), meeting_status="accepted")
    opened(page, owner)

    press(page, event(page, "Amina"))
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="Intervju 1")).to_be_focused()
    press(page, dialog.get_by_role("link", name="Flytt"))
    page.wait_for_url("**/move/**")
    tab_to(page, page.get_by_label("Klokkeslett"))
    page.keyboard.press("ArrowUp")  # the hour
    expect(page.locator("#as-it-would-be")).to_contain_text("11:00–11:45")
    without_e_mail(page)
    press(page, page.get_by_role("button", name="Lagre endringer"))
    expect(page.get_by_text("Intervjuet er endret.")).to_be_visible()
    interview.refresh_from_db()
    assert interview.start == at(1, 11)

    # It leads back to the week that it began in.
    expect(page.get_by_role("link", name="Uke", exact=True)).to_have_attribute("aria-current", "true")
    press(page, event(page, "Amina"))
    press(page, dialog.get_by_role("link", name="Avlys intervjuet"))
    page.wait_for_url("**/cancel/**")
    without_e_mail(page)
    press(page, page.get_by_role("button", name="Avlys intervjuet"))
    expect(page.get_by_text("Intervjuet er avlyst.")).to_be_visible()
    interview.refresh_from_db()
    assert interview.state == Interview.State.CANCELLED


def test_what_is_wrong_is_told_where_the_keyboard_is(page: Page, owner: User, project: Project) -> None:
    interview = invited(project, "Amina", start=at(1, 10))
    log_in(page, owner)
    page.goto(f"/interviews/{interview.pk}/move/")
    duration = page.get_by_label("Varighet")
    tab_to(page, duration)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Delete")
    press(page, page.get_by_role("button", name="Lagre endringer"))

    expect(page.get_by_role("group", name="Rett opp følgende")).to_be_focused()
    press(page, page.get_by_role("link", name="Varigheten må være"))
    expect(duration).to_be_focused()
    expect(duration).to_have_accessible_description(
        "Minutter Varigheten må være mellom 1 minutt og 12 timer."
    )

    page.goto(f"/calendar/?view=list&date_from={day(0)}")
    press(page, page.get_by_role("button", name="Utfør"))
    expect(page.get_by_role("alert").filter(has_text="Ingen er krysset av.")).to_be_visible()


def test_the_outcome_of_one_and_of_several_is_recorded(page: Page, owner: User, project: Project) -> None:
    now = clock.now()
    for hours, name in enumerate(("Amina", "Bo", "Cecilie"), start=2):
        invited(project, name, start=now - timedelta(hours=hours), meeting_status="accepted")
    first = Interview.objects.get(invitations__application__candidate__first_name="Amina")
    log_in(page, owner)
    page.goto(f"/interviews/{first.pk}/")
    press(page, page.get_by_role("link", name="Registrer utfallet"))
    tab_to(page, page.get_by_label("Amina Hassan"))
    page.keyboard.press("ArrowDown")
    press(page, page.get_by_role("button", name="Lagre"))
    expect(page.get_by_text("Utfallet er registrert.")).to_be_visible()

    yesterday = (now - timedelta(days=1)).date()
    page.goto(f"/calendar/?view=list&date_from={yesterday}")
    for name in ("Cecilie", "Bo"):  # in the order of the list: the earliest first
        tab_to(page, page.get_by_label(f"Velg {name} Hassan"))
        page.keyboard.press("Space")
    tab_to(page, page.get_by_label("Videre fremdrift"))
    page.keyboard.press("ArrowDown")
    press(page, page.get_by_role("button", name="Utfør"))
    press(page, page.get_by_role("button", name="Lagre for 2 intervjuer"))
    expect(page.get_by_text("Utfallet av 2 intervjuer er registrert.")).to_be_visible()

    outcomes = Invitation.objects.values_list("application__candidate__first_name", "outcome")
    assert dict(outcomes) == {"Amina": "no_show", "Bo": "attended", "Cecilie": "attended"}
