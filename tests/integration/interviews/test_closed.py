"""Whose application is closed is neither taken up again by the way, nor reminded of anything."""

import uuid
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from samtale.interviews.domain.change import ChangeRefused, change_invitation
from samtale.interviews.domain.remind_to_answer import remind_to_answer
from samtale.interviews.domain.seen import Seen
from samtale.interviews.models import Booking, Invitation
from samtale.outbox import kinds
from samtale.outbox.domain.truth import why_untrue
from samtale.outbox.models import Message
from samtale.recruiting.domain.progress import set_status
from samtale.recruiting.models import Application
from tests.factories.accounts import make_organisation, make_user
from tests.factories.interviews import make_letters, send_invitations
from tests.factories.recruiting import make_application, make_project

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DUE = datetime(2026, 3, 15, 8, tzinfo=UTC)
CLOSED = "The application is no longer part of the recruitment."


@pytest.fixture
def invitation(clock) -> Invitation:
    """One whose reminder waits; the interviewer wants to hear of everything."""
    make_organisation()
    project = make_project(owner=make_user(notify_of_interviews=True, may_send_email=True, may_invite=True))
    send_invitations(
        project, [make_application(project)], letters=make_letters(reminder="email", reminder_days=1)
    )
    Message.objects.exclude(kind="reminder.email").update(state="sent")
    return current()


def current() -> Invitation:
    return Invitation.objects.select_related("interview__project__owner", "application__candidate").get()


def give(status: str) -> None:
    invitation = current()
    owner = invitation.interview.project.owner
    set_status(applications=[invitation.application], status=status, by=owner, now=NOW)


def change(status: str, **more) -> Invitation:
    invitation = current()
    owner = invitation.interview.project.owner
    return change_invitation(
        invitation=invitation, seen=Seen.of(invitation), meeting_status=status, by=owner, now=NOW, **more
    )


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("rejected", "Søknaden er avsluttet (Avslag). Gi søknaden en annen status først."),
        ("withdrawn", "Søknaden er avsluttet (Trukket seg). Gi søknaden en annen status først."),
        ("transferred", "Søknaden er avsluttet (Overført)."),  # from which nothing leads on
    ],
)
def test_who_is_out_is_not_invited_again_by_hand(invitation, status, sentence):
    give(status)
    told = Message.objects.count()
    with pytest.raises(ChangeRefused) as refused:
        change("accepted")
    assert (refused.value.field, refused.value.message) == ("meeting_status", sentence)
    assert current().meeting_status == "not_relevant"
    assert not Booking.objects.exists()
    assert Message.objects.count() == told
    assert not Message.objects.filter(kind="reminder.email", state="waiting").exists()


def test_who_is_hired_keeps_the_answer_that_stands(invitation):
    Application.objects.update(status="hired")
    with pytest.raises(ChangeRefused):
        change("accepted")
    assert change("awaiting", start=NOW.replace(day=20)).interview.start.day == 20


def test_taken_up_again_first_it_goes_as_before(invitation):
    give("rejected")
    give("under_review")
    assert change("accepted").meeting_status == "accepted"
    assert Booking.objects.exists()
    assert Message.objects.filter(kind="reminder.email", state="waiting").count() == 1


def why(kind: str, *, now: datetime = DUE) -> str:
    letter = Message.objects.get(kind=kind, state="waiting")
    return why_untrue(letter, kinds.get(kind), now=now)


@pytest.mark.parametrize("status", ["hired", "rejected", "withdrawn", "transferred"])
def test_no_reminder_leaves_to_who_is_out_though_their_answer_stands(invitation, status):
    Invitation.objects.update(meeting_status="accepted")
    assert why("reminder.email") == ""
    Application.objects.update(status=status)
    assert why("reminder.email") == CLOSED


def test_nobody_who_is_out_is_asked_for_an_answer(invitation):
    owner = invitation.interview.project.owner

    def ask(number: int) -> list[Invitation]:
        key = uuid.UUID(int=number)
        return remind_to_answer(
            invitations=[current()], send_key=key, also_asked_lately=True, by=owner, now=NOW
        ).asked

    assert ask(1) == [invitation]
    Application.objects.update(status="hired")
    assert why("answer.reminder", now=NOW) == CLOSED
    assert ask(2) == []


@pytest.mark.parametrize(("status", "is_offered"), [("invited", True), ("rejected", False), ("hired", False)])
def test_the_page_offers_no_change_of_who_is_out(invitation, client: Client, status, is_offered):
    Application.objects.update(status=status)
    client.force_login(invitation.interview.project.owner)
    page = client.get(f"/interviews/{invitation.interview_id}/").content.decode()
    assert (f"/invitations/{invitation.pk}/" in page) == is_offered


def test_the_form_says_why_not(invitation, client: Client):
    give("withdrawn")
    client.force_login(invitation.interview.project.owner)
    address = f"/applications/{invitation.application_id}/invitations/{invitation.pk}/"
    stamp = BeautifulSoup(client.get(address).content, "html.parser").select_one("input[name=stamp]")
    typed = {"status": "accepted", "date": "2026-03-16", "time": "09:00", "stamp": stamp["value"]}
    answered = client.post(address, typed)
    assert answered.status_code == 422
    assert "Søknaden er avsluttet (Trukket seg)" in answered.content.decode()
