"""Asking for an answer that has not come."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from samtale.core import clock as wall_clock
from samtale.interviews.domain.answer import Choice, answer
from samtale.interviews.domain.cancel import cancel_interview
from samtale.interviews.domain.change import change_invitation
from samtale.interviews.domain.queries.follow_up import unanswered, waiting_for_new_time
from samtale.interviews.domain.remind_to_answer import Asked, remind_to_answer
from samtale.interviews.domain.seen import Seen
from samtale.interviews.models import Interview, Invitation
from samtale.outbox import kinds
from samtale.outbox.domain.truth import why_untrue
from samtale.outbox.models import Message
from samtale.recruiting.models import Application
from tests.factories.accounts import make_organisation, make_user
from tests.factories.interviews import make_interview, make_invitation, send_invitations
from tests.factories.recruiting import give_access, make_application, make_project

pytestmark = pytest.mark.django_db
KEY = uuid.UUID(int=7)


@pytest.fixture
def invitation(clock) -> Invitation:
    make_organisation()
    project = make_project()
    send_invitations(project, [make_application(project, language="sv")])
    Message.objects.update(state="sent")
    return Invitation.objects.select_related("interview__project__owner", "application").get()


def ask(invitation: Invitation, key: uuid.UUID | None = None, *, again: bool = False, by=None) -> Asked:
    return remind_to_answer(
        invitations=[invitation],
        send_key=key or uuid.uuid4(),
        also_asked_lately=again,
        by=by or invitation.interview.project.owner,
        now=wall_clock.now(),
    )


def requests() -> list[Message]:
    return list(Message.objects.filter(kind="answer.reminder").order_by("pk"))


def test_the_letter_is_in_the_candidates_language_and_has_the_link(invitation):
    assert ask(invitation).asked == [invitation]
    [letter] = requests()
    assert letter.subject.startswith("Hör av dig")
    assert any(segment[0] == "link" for segment in letter.content)
    assert why_untrue(letter, kinds.get(letter.kind), now=wall_clock.now()) == ""


def test_a_second_press_of_the_same_form_writes_to_nobody(invitation):
    ask(invitation, KEY)
    assert ask(invitation, KEY, again=True).is_new is False
    assert len(requests()) == 1


def test_nobody_is_asked_twice_a_day_unless_that_is_meant(invitation, clock):
    ask(invitation)
    clock.forward(hours=23)
    assert ask(invitation).asked_lately == [invitation]
    assert ask(invitation, again=True).asked == [invitation]
    clock.forward(hours=25)
    assert ask(invitation).asked == [invitation]
    assert len(requests()) == 3


def by_answer(invitation: Invitation) -> None:
    answer(invitation=invitation, seen_version=1, choice=Choice.COMING, now=wall_clock.now())


def by_hand(invitation: Invitation) -> None:
    fresh = Invitation.objects.select_related("interview").get(pk=invitation.pk)
    change_invitation(
        invitation=fresh,
        seen=Seen.of(fresh),
        meeting_status="accepted",
        by=invitation.interview.project.owner,
        now=wall_clock.now(),
    )


def by_moving(invitation: Invitation) -> None:
    fresh = Invitation.objects.select_related("interview").get(pk=invitation.pk)
    change_invitation(
        invitation=fresh,
        seen=Seen.of(fresh),
        meeting_status="awaiting",
        start=invitation.interview.start + timedelta(days=1),
        by=invitation.interview.project.owner,
        now=wall_clock.now(),
    )


def by_cancelling(invitation: Invitation) -> None:
    cancel_interview(
        interview=invitation.interview,
        seen_version=1,
        tells_candidates=False,
        by=invitation.interview.project.owner,
        now=wall_clock.now(),
    )


@pytest.mark.parametrize("happens", [by_answer, by_hand, by_moving, by_cancelling])
def test_one_that_waits_is_taken_back_by_what_makes_it_untrue(invitation, happens):
    ask(invitation)
    happens(invitation)
    assert [each.state for each in requests()] == ["cancelled"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"meeting_status": "accepted"}, "The candidate has answered."),
        ({"cancelled_at": "2026-03-02T09:00Z"}, "The interview has been cancelled."),
    ],
)
def test_one_that_is_no_longer_true_does_not_leave(invitation, changes, reason):
    ask(invitation)
    Invitation.objects.update(**changes)
    [letter] = requests()
    assert why_untrue(letter, kinds.get(letter.kind), now=wall_clock.now()) == reason


def test_who_may_not_write_writes_to_nobody(invitation):
    reader = make_user()
    give_access(reader, invitation.interview.project, "read")
    assert ask(invitation, by=reader).passed_over == [invitation]
    assert requests() == []


def test_whose_invitation_has_not_left_is_not_asked(invitation):
    Message.objects.update(state="waiting")
    assert ask(invitation).passed_over == [invitation]


def test_the_lists_are_of_what_one_may_see(invitation):
    owner, stranger = invitation.interview.project.owner, make_user()
    make_invitation(start=invitation.interview.start, meeting_status="new_time")
    assert list(unanswered(owner, now=wall_clock.now())) == [invitation]
    assert list(unanswered(stranger, now=wall_clock.now())) == []
    assert list(waiting_for_new_time(owner)) == []


def test_who_has_got_another_interview_asks_no_longer(invitation):
    owner = invitation.interview.project.owner
    Invitation.objects.update(meeting_status="new_time")
    assert list(waiting_for_new_time(owner)) == [invitation]
    send_invitations(
        invitation.interview.project,
        [invitation.application],
        start=Interview.objects.get().start + timedelta(days=1),
        known_invitations=frozenset({invitation.pk}),
    )
    assert list(waiting_for_new_time(owner)) == []


@pytest.mark.parametrize(
    ("then", "state", "is_asking"),
    [
        (timedelta(days=3), "planned", False),  # ahead
        (timedelta(minutes=-10), "planned", False),  # has started
        (timedelta(days=-1), "held", False),
        (timedelta(days=-1), "missed", True),  # by us
        (timedelta(days=3), "cancelled", True),
    ],
)
def test_who_has_got_a_new_time_has_got_it_for_good(invitation, then, state, is_asking):
    Invitation.objects.update(meeting_status="new_time")
    newer = make_interview(invitation.interview.project, start=wall_clock.now() + then, state=state)
    make_invitation(newer, invitation.application)
    asking = waiting_for_new_time(invitation.interview.project.owner)
    assert list(asking) == ([invitation] if is_asking else [])


@pytest.mark.parametrize("state", ["held", "missed", "cancelled"])
@pytest.mark.parametrize(
    ("outcome", "status", "is_asking"),
    [
        ("", "invited", True),
        ("no_show", "invited", True),
        ("attended", "invited", False),  # came after all
        ("", "panel_review", False),  # moved on without
    ],
)
def test_who_asked_for_another_time_still_does_once_the_others_have_met(
    invitation, state, outcome, status, is_asking
):
    Invitation.objects.update(meeting_status="new_time", outcome=outcome)
    Interview.objects.update(state=state)
    Application.objects.update(status=status)
    asking = waiting_for_new_time(invitation.interview.project.owner)
    assert list(asking) == ([invitation] if is_asking else [])


@pytest.mark.parametrize("status", ["rejected", "withdrawn"])
def test_whose_application_is_closed_asks_for_nothing(invitation, status):
    Invitation.objects.update(meeting_status="new_time")
    Interview.objects.update(start=wall_clock.now() - timedelta(days=1))  # over, and nothing recorded
    Application.objects.update(status=status)
    assert not waiting_for_new_time(invitation.interview.project.owner).exists()


def test_nobody_who_is_hired_is_asked_to_answer(invitation):
    Application.objects.update(status="hired")
    assert not unanswered(invitation.interview.project.owner, now=wall_clock.now()).exists()


@pytest.mark.parametrize(
    ("type_", "state", "days", "is_moved", "is_called_off"),
    [
        ("phone", "planned", 1, True, False),
        ("group", "planned", 1, False, True),
        ("group", "planned", -1, False, False),
        ("group", "held", -1, False, False),
        ("phone", "missed", -1, False, False),
    ],
)
def test_what_can_still_be_done_is_offered(client, invitation, type_, state, days, is_moved, is_called_off):
    Invitation.objects.update(meeting_status="new_time")
    Interview.objects.update(type=type_, state=state, start=wall_clock.now() + timedelta(days=days))
    client.force_login(invitation.interview.project.owner)
    page = client.get(reverse("staff:follow-up")).content.decode()
    offered = ["/move/" in page, "Nytt intervju for denne kandidaten" in page, "/cancel/" in page]
    assert offered == [is_moved, not is_moved, is_called_off]
