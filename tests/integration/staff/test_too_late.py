"""Whoever changes something is told of letters that were just leaving."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from samtale.accounts.domain.users import Rights, set_rights
from samtale.core import clock as wall_clock
from samtale.interviews.domain.answer import Choice, answer
from samtale.interviews.domain.queries.leaving import left_meanwhile
from samtale.interviews.domain.tokens import token_for
from samtale.interviews.models import Invitation
from samtale.outbox.models import Delivery, Message
from samtale.outbox.models.message import State
from tests.factories.accounts import make_administrator, make_department, make_organisation, make_user
from tests.factories.interviews import make_letters, send_invitations
from tests.factories.recruiting import make_application, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation(clock) -> Invitation:
    make_organisation()
    project = make_project(owner=make_user(language="nb", may_send_sms=True))
    letters = make_letters(reminder="both", reminder_days=2)
    send_invitations(project, [make_application(project)], letters=letters)
    clock.forward(minutes=1)
    return Invitation.objects.select_related("application__project__owner", "application__candidate").get()


def begin_to_leave(kind: str) -> Message:
    Message.objects.filter(kind=kind).update(state=State.SENDING, owner="w", tries=1)
    return Message.objects.get(kind=kind)


def has_left(message: Message) -> None:
    Message.objects.filter(pk=message.pk).update(state=State.SENT, owner="")
    Delivery.objects.create(message=message, at=wall_clock.now(), outcome="sent")


def test_a_recruiter_who_cancels_reads_which_letter_had_left(client, invitation):
    begin_to_leave("reminder.sms")
    client.force_login(invitation.application.project.owner)
    address = reverse("staff:interview-cancel", args=[invitation.interview_id])
    fields = {"go": "cancel", "version": 1, "action": "none"}

    text = client.post(address, fields, follow=True).content.decode()

    assert "For sent å stoppe" in text
    assert f"SMS ({invitation.application.candidate.name})" in text
    assert Message.objects.get(kind="reminder.email").state == State.CANCELLED


def test_nobody_is_bothered_where_all_was_stopped(client, invitation):
    client.force_login(invitation.application.project.owner)
    address = reverse("staff:application-status", args=[invitation.application_id])

    text = client.post(address, {"status": "withdrawn"}, follow=True).content.decode()

    assert "For sent å stoppe" not in text


def test_the_candidate_reads_that_a_reminder_was_on_its_way(invitation):
    leaving = begin_to_leave("reminder.email")
    answer(invitation=invitation, seen_version=1, choice=Choice.NOT_COMING, now=wall_clock.now())
    page = f"/a/{token_for(invitation)}/?lang=nb"

    assert "var allerede på vei da du svarte" in Client().get(page).content.decode()
    has_left(leaving)
    assert "var allerede på vei da du svarte" in Client().get(page).content.decode()


def test_a_reminder_that_left_long_before_is_not_mentioned(invitation, clock):
    has_left(begin_to_leave("reminder.email"))
    clock.forward(hours=1)
    answer(invitation=invitation, seen_version=1, choice=Choice.WITHDRAW, now=wall_clock.now())

    assert "var allerede på vei" not in Client().get(f"/a/{token_for(invitation)}/?lang=nb").content.decode()


def test_a_right_that_is_taken_away_stops_what_it_allowed_and_nothing_else(invitation):
    owner = invitation.application.project.owner

    stopped = set_rights(
        user=owner, rights=Rights(may_send_sms=False), by=make_administrator(), now=wall_clock.now()
    )

    assert stopped == 1
    states = dict(Message.objects.values_list("kind", "state"))
    assert states["reminder.sms"] == State.CANCELLED
    assert states["reminder.email"] == states["invitation.interview_1"] == State.WAITING


def test_who_governs_the_project_may_still_send(invitation):
    owner, project = invitation.application.project.owner, invitation.application.project
    governs = Rights(may_send_email=False, may_send_sms=False, administers=[project.department])
    assert set_rights(user=owner, rights=governs, by="test", now=wall_clock.now()) == 0

    elsewhere = Rights(may_send_email=False, may_send_sms=False, administers=[make_department()])
    assert set_rights(user=owner, rights=elsewhere, by="test", now=wall_clock.now()) == 3


def test_the_administrator_is_told_how_many_were_stopped_and_what_still_waits(client, invitation):
    owner = invitation.application.project.owner
    client.force_login(make_administrator(language="nb"))
    address = reverse("staff:user-edit", args=[owner.pk])

    def save(**changes: object) -> str:
        form = client.get(address).context["form"]
        fields = {f.name: f.value() for f in form if f.value() not in (None, False)} | changes
        return client.post(
            address, {k: v for k, v in fields.items() if v is not None}, follow=True
        ).content.decode()

    assert "1 melding som" in save(may_send_sms=None)
    text = save(is_active=None)
    assert "2 meldinger fra" in text
    assert Message.objects.filter(state=State.WAITING).count() == 2


def test_a_letter_of_the_change_itself_is_not_too_late(invitation):
    now = wall_clock.now()
    Message.objects.update(created_at=now, state=State.SENDING)
    assert left_meanwhile([invitation], since=now) == []
    assert len(left_meanwhile([invitation], since=now + timedelta(seconds=1))) == 3
