"""What the calendar's tests do in a window, and the week that they are in."""

import os
from datetime import date, datetime, time, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page

from samtale.accounts.models import User
from samtale.core import clock as wall_clock
from samtale.interviews.models import Interview
from samtale.recruiting.models import Project
from tests.browsers import DESKTOP, NARROW, log_in
from tests.factories.interviews import make_invitation
from tests.factories.recruiting import make_application

OSLO = ZoneInfo("Europe/Oslo")
BOTH = pytest.mark.parametrize("viewport", [DESKTOP, NARROW], ids=["desktop", "phone"])


def day(number: int) -> date:
    """Return that weekday (0: Monday) of the week after next, which is ahead whatever day it is today."""
    today = wall_clock.now().astimezone(OSLO).date()
    return today - timedelta(days=today.weekday()) + timedelta(weeks=2, days=number)


def at(number: int, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day(number), time(hour, minute), OSLO)


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
