"""A page that has been open while the candidate answered says so, where nobody can miss it."""

import re

from playwright.sync_api import Page, expect

from samtale.accounts.models import User
from samtale.core import clock as wall_clock
from samtale.interviews.domain.answer import Choice, answer
from tests.browsers import axe, log_in
from tests.factories.interviews import make_invitation


def test_an_answer_that_came_meanwhile_is_said_before_anything_is_saved(
    page: Page, transactional_db: None
) -> None:
    invitation = make_invitation()
    log_in(page, User.objects.get(pk=invitation.application.project.owner_id))
    page.goto(f"/applications/{invitation.application_id}/invitations/{invitation.pk}/")
    answer(
        invitation=invitation,
        seen_version=invitation.interview.version,
        choice=Choice.NEW_TIME,
        wishes="Etter 15",
        now=wall_clock.now(),
    )

    page.get_by_role("button", name="Lagre endringer").click()

    warning = page.get_by_role("group", name="Noe er endret etter at du åpnet siden")
    expect(warning).to_be_focused()
    expect(warning).to_contain_text("Kandidaten har svart.")
    expect(page.get_by_label("Møtestatus")).to_have_value("new_time")
    axe(page)
    page.get_by_role("button", name="Lagre endringer").click()
    expect(page).to_have_url(re.compile(rf"/applications/{invitation.application_id}/$"))
    invitation.refresh_from_db()
    assert invitation.meeting_status == "new_time"
