"""Endre møteinnkallingen and calling off, on pages that have been open while others acted."""

from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from samtale.accounts.models import User
from samtale.core import clock as wall_clock
from samtale.interviews.domain.answer import Choice, answer
from samtale.interviews.domain.change import change_invitation
from samtale.interviews.domain.seen import Seen
from samtale.interviews.models import Invitation
from samtale.outbox.models import Message
from samtale.recruiting.models import Project
from tests.factories.accounts import make_organisation
from tests.factories.interviews import make_letters, send_invitations
from tests.factories.recruiting import make_application

# The clock of the tests stands at Monday 2 March 2026, 10:00 in Oslo; the interview is on 16 March at 9.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
LATER = datetime(2026, 3, 18, 12, tzinfo=UTC)


class OpenPage:
    """A page with a form, as it was when it was opened, or as it came back the last time."""

    def __init__(self, client: Client, invitation: Invitation, suffix: str = "") -> None:
        self.client = client
        self.address = f"/applications/{invitation.application_id}/invitations/{invitation.pk}/{suffix}"
        self._take(client.get(self.address))

    def press(self, **typed: str) -> int:
        """Send the form as it is shown but for what is `typed`; a field that is typed empty is left out."""
        values = {name: value for name, value in (self.fields | typed).items() if value}
        return self._take(self.client.post(self.address, values))

    def _take(self, response: HttpResponse) -> int:
        if response.content:
            self.page = BeautifulSoup(response.content, "html.parser")
        return response.status_code

    @property
    def fields(self) -> dict[str, str]:
        form: Any = self.page.select_one("main form")
        controls = form.select("input[name]:not([type=checkbox]), input:checked")
        fields = {control["name"]: control.get("value", "on") for control in controls}
        chosen = form.select_one("option[selected]")
        return fields | ({"status": chosen["value"]} if chosen else {})

    @property
    def shown(self) -> list[str]:
        return [self.fields[name] for name in ("status", "date", "time")]

    @property
    def warning(self) -> str:
        alerts = self.page.select(".ds-alert:has(h2)")
        return " ".join(alert.get_text(" ", strip=True) for alert in alerts)


@pytest.fixture
def invitation(client: Client, owner: User, project: Project) -> Invitation:
    make_organisation()
    letters = make_letters(reminder="email", reminder_days=2)
    send_invitations(project, [make_application(project)], letters=letters)
    Message.objects.filter(kind="invitation.interview_1").update(state="sent")
    client.force_login(owner)
    return Invitation.objects.get()


def say(invitation: Invitation, choice: Choice, wishes: str = "") -> None:
    answer(
        invitation=invitation,
        seen_version=invitation.interview.version,
        choice=choice,
        wishes=wishes,
        now=wall_clock.now(),
    )


def a_colleague_moves(invitation: Invitation) -> None:
    invitation = stored()
    change_invitation(
        invitation=invitation,
        seen=Seen.of(invitation),
        meeting_status=invitation.meeting_status,
        start=LATER,
        tells_candidates=True,
        by=invitation.interview.project.owner,
        now=wall_clock.now(),
    )


def stored() -> Invitation:
    return Invitation.objects.select_related("interview__project__owner").get()


def letters(kind: str, state: str = "waiting") -> int:
    return Message.objects.filter(kind=kind, state=state).count()


def test_a_wish_that_came_meanwhile_is_shown_and_stays(client: Client, invitation: Invitation) -> None:
    page = OpenPage(client, invitation)
    say(invitation, Choice.NEW_TIME, "Helst etter klokka 15")

    assert page.press() == 409

    assert "Kandidaten har svart. Møtestatusen er nå «Kontakt for nytt tidspkt.»." in page.warning
    assert "er flyttet" not in page.warning
    assert "Helst etter klokka 15" in page.page.get_text()
    assert page.shown == ["new_time", "2026-03-16", "09:00"]
    assert stored().meeting_status == "new_time"
    assert letters("reminder.email", "cancelled") == 1
    assert page.press() == 302
    assert stored().meeting_status == "new_time"
    assert letters("reminder.email") == 0


def test_an_interview_that_was_moved_and_agreed_on_meanwhile_stays(
    client: Client, invitation: Invitation
) -> None:
    page = OpenPage(client, invitation)
    a_colleague_moves(invitation)
    say(invitation, Choice.COMING)

    assert page.press() == 409

    assert "Intervjuet er flyttet. Det begynner nå onsdag 18. mars 2026 kl. 13:00." in page.warning
    assert "Kandidaten har svart. Møtestatusen er nå «Akseptert»." in page.warning
    assert page.shown == ["accepted", "2026-03-18", "13:00"]
    assert page.press() == 302
    after = stored()
    assert (after.interview.start, after.interview.version) == (LATER, 2)
    assert after.meeting_status == "accepted"
    assert letters("moved") == 1


def test_what_was_typed_is_kept_and_can_be_saved_by_who_has_seen_the_rest(
    client: Client, invitation: Invitation
) -> None:
    page = OpenPage(client, invitation)
    a_colleague_moves(invitation)
    say(invitation, Choice.NOT_COMING)

    assert page.press(date="2026-03-20", tells_candidates="") == 409

    assert page.shown == ["not_accepted", "2026-03-20", "13:00"]
    assert "tells_candidates" not in page.fields
    assert stored().interview.start == LATER
    assert page.press() == 302
    after = stored()
    assert after.interview.start == datetime(2026, 3, 20, 12, tzinfo=UTC)
    assert after.meeting_status == "not_accepted"


def test_a_status_that_was_chosen_is_kept_beside_the_candidates_own(
    client: Client, invitation: Invitation
) -> None:
    page = OpenPage(client, invitation)
    say(invitation, Choice.NOT_COMING)

    assert page.press(status="accepted") == 409

    assert page.shown == ["accepted", "2026-03-16", "09:00"]
    assert "Møtestatusen er nå «Ikke akseptert»." in page.warning
    assert page.press() == 302
    assert stored().meeting_status == "accepted"
    assert letters("reminder.email") == 1


def test_a_status_that_a_colleague_set_is_not_called_an_answer(
    client: Client, invitation: Invitation
) -> None:
    page, colleague = OpenPage(client, invitation), OpenPage(client, invitation)
    assert colleague.press(status="not_accepted") == 302

    assert page.press(status="accepted") == 409

    assert "Møtestatusen er endret. Den er nå «Ikke akseptert»." in page.warning
    assert "Kandidaten har svart" not in page.warning


def test_a_status_that_no_hand_sets_gives_way_to_the_one_of_now(
    client: Client, invitation: Invitation
) -> None:
    Invitation.objects.update(meeting_status="not_relevant")
    page = OpenPage(client, invitation)
    Invitation.objects.update(meeting_status="awaiting")

    assert page.press(time="10:00") == 409

    assert page.shown == ["awaiting", "2026-03-16", "10:00"]


def test_an_error_beside_a_field_does_not_count_as_having_seen(
    client: Client, invitation: Invitation
) -> None:
    page = OpenPage(client, invitation)
    say(invitation, Choice.NOT_COMING)

    assert page.press(time="half past") == 422
    assert page.press(time="09:30") == 409

    assert stored().meeting_status == "not_accepted"


@pytest.mark.parametrize("suffix", [""])
@pytest.mark.parametrize("stamp", ["", "1", "WzFd:1w:x", "ÆØÅ\0"])
def test_a_form_that_does_not_say_what_it_showed_is_shown_again(
    client: Client, invitation: Invitation, suffix: str, stamp: str
) -> None:
    page = OpenPage(client, invitation, suffix)

    assert page.press(stamp=stamp) == 409

    assert "Vi vet ikke hva siden viste deg." in page.warning
    assert stored().interview.state == "planned"
    assert page.press() == 302
