"""The recruitment calendar with scripts: looking, filtering, opening, moving, marking a time, printing."""

import os
import re
from datetime import date, datetime, time, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from samtale.accounts.models import User
from samtale.core import clock as wall_clock
from samtale.interviews.models import Interview
from samtale.outbox.models import Message
from samtale.recruiting.models import Project
from tests.browsers import DESKTOP, NARROW, axe, log_in
from tests.factories.accounts import make_organisation, make_user
from tests.factories.interviews import make_interview, make_invitation
from tests.factories.recruiting import make_application, make_project

OSLO = ZoneInfo("Europe/Oslo")
BOTH = pytest.mark.parametrize("viewport", [DESKTOP, NARROW], ids=["desktop", "phone"])
pytestmark = pytest.mark.django_db(transaction=True)


def day(number: int) -> date:
    """Return that weekday (0: Monday) of the week after next, which is ahead whatever day it is today."""
    today = wall_clock.now().astimezone(OSLO).date()
    return today - timedelta(days=today.weekday()) + timedelta(weeks=2, days=number)


def at(number: int, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day(number), time(hour, minute), OSLO)


@pytest.fixture
def owner(transactional_db: None) -> User:
    make_organisation(undo_seconds=60)
    return make_user(first_name="Kari", last_name="Lunde")


@pytest.fixture
def project(owner: User) -> Project:
    return make_project(owner=owner)


@pytest.fixture
def amina(project: Project) -> Interview:
    return invited(project, "Amina", start=at(1, 10), meeting_status="accepted")


def invited(project: Project, name: str, **fields: object) -> Interview:
    application = make_application(project, first_name=name, last_name="Hassan")
    return make_invitation(application=application, **fields).interview


def opened(page: Page, user: User, view: str = "week", **query: str) -> Page:
    """Open the calendar around the week of the tests."""
    log_in(page, user)
    more = "".join(f"&{name}={value}" for name, value in query.items())
    page.goto(f"/calendar/?view={view}&date={day(1)}{more}")
    page.wait_for_load_state("networkidle")
    return page


def event(page: Page, words: str) -> Locator:
    return page.locator("a.cal-event", has_text=words)


def asked_for(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def picture(page: Page, name: str) -> None:
    """Keep a picture where somebody wants to look at the page."""
    if folder := os.environ.get("PICTURES"):
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=str(Path(folder) / f"calendar-{name}-{width}.png"))


@BOTH
@pytest.mark.parametrize("view", ["month", "week", "day"])
def test_every_view_shows_the_interview_and_hinders_nobody(
    page: Page, owner: User, amina: Interview, view: str
) -> None:
    opened(page, owner, view)

    shown = page.locator("a.cal-event")
    expect(shown).to_have_count(1)
    expect(shown).to_have_accessible_name(
        re.compile(r"10:00–10:45, Amina Hassan, Intervju 1, Akseptert, Du deltar, Sykepleier")
    )
    expect(page.locator("[data-calendar-says]")).to_contain_text("1 intervju vises")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    axe(page)
    picture(page, view)


@BOTH
def test_the_other_pages_hinder_nobody_either(
    page: Page, owner: User, project: Project, amina: Interview
) -> None:
    opened(page, owner, "list")
    for address in (
        f"/calendar/?view=list&date_from={day(0)}",
        f"/calendar/?view=print&date={day(1)}",
        f"/calendar/new/?start={day(1)}T13:00&project={project.pk}",
    ):
        page.goto(address)
        expect(page.get_by_text("Amina Hassan").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
        axe(page)
        picture(page, address.split("=")[1].split("&")[0])


@pytest.mark.parametrize(("viewport", "view"), [(DESKTOP, "week"), (NARROW, "day")])
def test_a_phone_begins_with_the_day(page: Page, owner: User, view: str) -> None:
    log_in(page, owner)
    page.goto("/calendar/")
    expect(page.locator(f"[data-view={view}]")).to_have_attribute("aria-current", "true")


def test_view_and_date_live_in_the_address(page: Page, owner: User, amina: Interview) -> None:
    opened(page, owner)
    title = page.locator("#calendar-title").inner_text()
    page.get_by_role("link", name="Neste periode").click()
    assert asked_for(page) == {"view": "week", "date": str(day(7))}
    expect(event(page, "Amina")).to_have_count(0)

    page.get_by_role("link", name="Måned", exact=True).click()
    assert asked_for(page)["view"] == "month"
    page.reload()
    expect(page.locator("[data-view=month]")).to_have_attribute("aria-current", "true")

    page.go_back()
    expect(page.locator("[data-view=week]")).to_have_attribute("aria-current", "true")
    page.go_back()
    expect(page.locator("#calendar-title")).to_have_text(title)
    expect(event(page, "Amina")).to_be_visible()
    page.get_by_role("link", name="Liste", exact=True).click()
    assert asked_for(page) == {"view": "list", "date_from": str(day(0)), "date_to": str(day(6))}


def test_filters_survive_views_reload_and_back(page: Page, owner: User, project: Project) -> None:
    invited(project, "Amina", start=at(1, 10), meeting_status="accepted")
    invited(project, "Bo", start=at(2, 10), interviewers=[make_user()])
    opened(page, owner)
    expect(page.locator("a.cal-event")).to_have_count(2)

    page.get_by_label("Aks. tidspkt").select_option(label="Venter svar")
    page.wait_for_url("**status=awaiting**")
    expect(page.locator("a.cal-event")).to_have_count(1)
    expect(event(page, "Bo")).to_be_visible()
    assert asked_for(page) == {"view": "week", "date": str(day(1)), "status": "awaiting"}

    page.get_by_role("link", name="Dag", exact=True).click()
    page.get_by_role("link", name="Neste periode").click()
    expect(event(page, "Bo")).to_be_visible()
    page.get_by_label("Intervjuer").select_option(label="Mine intervjuer")
    page.wait_for_url("**interviewer=me**")
    expect(page.locator("a.cal-event")).to_have_count(0)
    assert asked_for(page)["view"] == "day"
    page.go_back()
    expect(event(page, "Bo")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Aks. tidspkt")).to_have_value("awaiting")


def test_symbols_and_words_say_what_colours_say(page: Page, owner: User, project: Project) -> None:
    for number, status in enumerate(("accepted", "awaiting", "new_time", "not_accepted", "not_relevant")):
        invited(project, f"Candidate {number}", start=at(number, 9), meeting_status=status)
    invited(project, "Off", start=at(0, 12), state="cancelled")
    group = make_interview(project, start=at(1, 12), type="group", duration=90)
    for status in ("accepted", "awaiting"):
        make_invitation(group, make_application(project), meeting_status=status)

    opened(page, owner)

    shown = page.locator("a.cal-event")
    expect(shown).to_have_count(7)
    symbols = {each.locator("use").first.get_attribute("href") for each in shown.all()}
    assert len(symbols) == 6  # the group shows that somebody has not answered
    expect(event(page, "1 av 2 kommer")).to_be_visible()
    off = event(page, "Off")
    expect(off).to_have_accessible_name(re.compile("Avlyst"))
    assert off.locator(".cal-name").evaluate("each => getComputedStyle(each).textDecorationLine") == (
        "line-through"
    )


def test_the_keyboard_opens_the_interview_and_leads_to_its_move(
    page: Page, owner: User, amina: Interview
) -> None:
    opened(page, owner)
    event(page, "Amina").focus()
    page.keyboard.press("Enter")

    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Amina Hassan")
    expect(dialog.get_by_role("heading", name="Intervju 1 · Personlig intervju")).to_be_focused()
    page.wait_for_timeout(400)  # until it has come to rest, for its contrast is measured
    axe(page)
    picture(page, "dialog")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(event(page, "Amina")).to_be_focused()

    page.keyboard.press("Enter")
    page.get_by_role("link", name="Flytt").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/(invitations|interviews)/"))
    assert asked_for(page)["next"] == f"/calendar/?view=week&date={day(1)}"


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    for part in (0.3, 0.6, 1.0):
        page.mouse.move(start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part)
        page.wait_for_timeout(60)
    page.mouse.up()


def hours(page: Page, number: float) -> float:
    """Return how many pixels that many hours are."""
    top, below = (page.get_by_text(each, exact=True).bounding_box() for each in ("10:00", "11:00"))
    assert top
    assert below
    return (below["y"] - top["y"]) * number


@pytest.mark.parametrize("zone", ["", "Asia/Tokyo"])
def test_a_drop_leads_to_the_page_that_asks_and_moves_nothing(
    page: Page, owner: User, amina: Interview, zone: str
) -> None:
    """Whatever zone the reader has, and the browser another, the time is the interview's own there."""
    User.objects.filter(pk=owner.pk).update(time_zone=zone)
    opened(page, owner)
    shown = event(page, "Amina")
    shown.scroll_into_view_if_needed()
    box = shown.bounding_box()
    assert box
    middle = box["x"] + box["width"] / 2, box["y"] + 7

    drag(page, middle, (middle[0] + box["width"], middle[1] + hours(page, 1.25)))

    page.wait_for_url(re.compile("/(invitations|interviews)/"))
    found = asked_for(page)
    assert (found["start"], found["duration"]) == (f"{day(2)}T11:15", "45")
    amina.refresh_from_db()
    assert amina.start == at(1, 10), "nothing moves by itself"
    page.go_back()
    expect(event(page, "Amina")).to_have_accessible_name(re.compile("10:00" if not zone else "1[78]:00"))


def test_a_longer_interview_is_asked_for_by_its_edge(page: Page, owner: User, amina: Interview) -> None:
    opened(page, owner)
    shown = event(page, "Amina")
    shown.hover()
    box = shown.bounding_box()
    assert box
    edge = box["x"] + box["width"] / 2, box["y"] + box["height"] - 2

    drag(page, edge, (edge[0], edge[1] + hours(page, 0.5)))

    page.wait_for_url(re.compile("/(invitations|interviews)/"))
    found = asked_for(page)
    assert (found["start"], found["duration"]) == (f"{day(1)}T10:00", "75")


def test_what_is_off_or_not_ones_own_to_move_stays_where_it_is(
    page: Page, owner: User, project: Project
) -> None:
    invited(project, "Off", start=at(1, 10), state="cancelled")
    theirs = invited(make_project(), "Theirs", start=at(2, 10), interviewers=[owner])
    opened(page, owner)
    for words in ("Off", "Theirs"):
        shown = event(page, words)
        box = shown.bounding_box()
        assert box
        middle = box["x"] + box["width"] / 2, box["y"] + 12
        drag(page, middle, (middle[0], middle[1] + hours(page, 2)))
        assert "/calendar/" in page.url
        expect(shown).to_have_accessible_name(re.compile("^10:00"))
    theirs.refresh_from_db()
    assert theirs.start == at(2, 10)


def test_a_marked_time_becomes_step_1_of_inviting(
    page: Page, owner: User, project: Project, amina: Interview
) -> None:
    opened(page, owner)
    box = event(page, "Amina").bounding_box()
    assert box
    start = box["x"] + box["width"] / 2, box["y"] + hours(page, 3) + 4

    drag(page, start, (start[0], start[1] + hours(page, 0.9)))

    page.wait_for_url("**/calendar/new/**")
    expect(page.get_by_label("Klokkeslett")).to_have_value("13:00")
    page.get_by_label("Prosjekt").select_option(label=project.title)
    page.get_by_role("button", name="Velg søkere").click()
    page.get_by_label("Finn søkere").fill("amina")
    page.keyboard.press("Enter")
    page.locator(".pick-list").get_by_text("Amina Hassan").click()
    picture(page, "pick")
    page.get_by_role("button", name="Neste").click()

    expect(page.get_by_role("heading", name="Inviter 1 søker til intervju")).to_be_visible()
    expect(page.get_by_label("Dato").first).to_have_value(str(day(1)))
    expect(page.get_by_label("Klokkeslett").first).to_have_value("13:00")
    expect(page.get_by_label("Varighet")).to_have_value("60")


@BOTH
def test_a_new_interview_begins_by_keyboard_too(page: Page, owner: User, project: Project) -> None:
    opened(page, owner, "day")
    page.get_by_role("link", name="Nytt intervju").press("Enter")
    page.wait_for_url("**/calendar/new/**")
    expect(page.get_by_label("Dato")).to_have_value(str(day(1)))


def test_an_open_calendar_catches_up_when_one_comes_back_to_it(
    page: Page, owner: User, project: Project, amina: Interview
) -> None:
    page.clock.install()
    opened(page, owner)
    expect(event(page, "Amina")).to_be_visible()
    invited(project, "Bo", start=at(2, 10))
    page.clock.fast_forward(60_000)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(event(page, "Bo")).to_be_visible()


def test_a_lost_connection_is_told_and_tried_again(page: Page, owner: User, amina: Interview) -> None:
    log_in(page, owner)
    page.route("**/calendar/events/**", lambda route: route.abort())
    page.goto(f"/calendar/?view=week&date={day(1)}")
    failed = page.get_by_role("alert")
    expect(failed).to_contain_text("Intervjuene kunne ikke hentes.")
    page.unroute("**/calendar/events/**")
    failed.get_by_role("button", name="Prøv igjen").click()
    expect(event(page, "Amina")).to_be_visible()
    expect(failed).to_be_hidden()


def test_a_full_day_says_how_many_more_there_are(page: Page, owner: User, project: Project) -> None:
    for number in range(12):
        invited(project, f"Candidate {number}", start=at(1, 8) + timedelta(minutes=30 * number))
    opened(page, owner, "month")
    more = page.get_by_title(re.compile(r"Vis \d+ flere"))
    expect(more).to_have_count(1)
    more.click()
    expect(event(page, "Candidate 11")).to_be_visible()
    picture(page, "more")


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
        expect(page.get_by_role("link", name="Amina Hassan")).to_be_visible()
        page.get_by_label("Velg Amina Hassan").check()
        page.get_by_role("button", name="Utfør").click()
        expect(page.get_by_role("heading", name="Send e-post til 1 kandidat")).to_be_visible()
    finally:
        context.close()
