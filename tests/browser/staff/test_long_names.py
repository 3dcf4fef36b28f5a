"""A name that is one long word breaks where the line ends: it pushes nothing out of sight."""

import pytest
from playwright.sync_api import Page

from samtale.accounts.models import User
from tests.browsers import DESKTOP, PHONE, axe, log_in
from tests.factories.interviews import make_interview, make_invitation
from tests.factories.recruiting import make_application

LONG = "Å" * 100
# All that is wider than the space it has, but for what may be scrolled and what only screen readers meet.
TOO_WIDE = """() => [document.documentElement, ...document.querySelectorAll("main *")]
    .filter(found => found.scrollWidth > found.clientWidth + 1)
    .filter(found => getComputedStyle(found).display !== "inline")
    .filter(found => !found.closest(".table-scroll, .ds-sr-only") && !found.matches("input, select"))
    .map(found => found.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["wide", "narrow"])
def test_pages_of_an_application_fit_its_name(page: Page, transactional_db: None) -> None:
    application = make_application(first_name="Ole", last_name=LONG)
    other = make_application(application.project, first_name="Eli", last_name=LONG)
    interview = make_interview(application.project, type="group", place=LONG)
    invitation = make_invitation(interview, application, wishes=LONG)
    make_invitation(interview, other)
    log_in(page, User.objects.get(pk=application.project.owner_id))
    for address in ("", f"invitations/{invitation.pk}/", "personal/"):
        page.goto(f"/applications/{application.pk}/{address}")
        assert page.evaluate(TOO_WIDE) == [], page.url
        axe(page)
