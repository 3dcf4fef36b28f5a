"""What has not left when an interview is moved: news of an earlier move, what was stopped, what failed."""

from datetime import UTC, datetime

import pytest

from samtale.core import clock as wall_clock
from samtale.interviews import reasons
from samtale.interviews.domain.answer import Choice, answer
from samtale.interviews.domain.cancel import cancel_interview
from samtale.interviews.domain.change import change_invitation
from samtale.interviews.domain.queries.following import letters_to_follow
from samtale.interviews.domain.seen import Seen
from samtale.interviews.models import Interview, Invitation
from samtale.interviews.models.invitation import MeetingStatus
from samtale.outbox.domain.queue import STOPPED_BY_HAND, NoLongerTrue, cancel, send_again
from samtale.outbox.models import Message
from tests.factories.accounts import make_organisation, make_user
from tests.factories.interviews import make_letters, send_invitations
from tests.factories.recruiting import make_application, make_project

pytestmark = pytest.mark.django_db
FIRST = datetime(2026, 3, 18, 12, tzinfo=UTC)  # 13:00 in Oslo
SECOND = datetime(2026, 3, 19, 9, tzinfo=UTC)  # 10:00


@pytest.fixture
def invitation(clock) -> Invitation:
    """An invitation that has left, with a reminder by e-mail and by SMS two days before."""
    make_organisation()
    project = make_project(owner=make_user(may_send_sms=True))
    letters = make_letters(reminder="both", reminder_days=2)
    send_invitations(project, [make_application(project)], letters=letters)
    Message.objects.filter(kind="invitation.interview_1").update(state="sent")
    return Invitation.objects.get()


def move(start: datetime, *, tells: bool, status: str = "") -> Invitation:
    invitation = Invitation.objects.get()
    return change_invitation(
        invitation=invitation,
        seen=Seen.of(invitation),
        meeting_status=status or invitation.meeting_status,
        start=start,
        tells_candidates=tells,
        by=invitation.interview.project.owner,
        now=wall_clock.now(),
    )


def say(choice: Choice) -> None:
    invitation = Invitation.objects.get()
    seen = invitation.interview.version
    answer(invitation=invitation, seen_version=seen, choice=choice, now=wall_clock.now())


def news() -> list[tuple[str, str]]:
    """What each letter about a new time came to, and the time of day it says."""
    return [
        (message.state, next(text for _, text, *tag in message.content if tag == ["interviewtime"]))
        for message in Message.objects.filter(kind="moved").order_by("pk")
    ]


def states(kind: str) -> list[str]:
    return list(Message.objects.filter(kind=kind).order_by("pk").values_list("state", flat=True))


@pytest.mark.parametrize("tells", [True, False])
def test_the_news_that_waits_is_written_anew_and_not_doubled(invitation, tells):
    move(FIRST, tells=True)
    move(SECOND, tells=tells)
    assert news() == [("cancelled", "13:00"), ("waiting", "10:00")]


def test_the_news_that_a_worker_holds_is_taken_back_too(invitation):
    move(FIRST, tells=True)
    Message.objects.filter(kind="moved").update(state="claimed", owner="a", lease_until=FIRST)
    move(SECOND, tells=False)
    assert news() == [("cancelled", "13:00"), ("waiting", "10:00")]


def test_who_is_told_again_is_asked_anew_though_the_news_still_waited(invitation):
    move(FIRST, tells=True)
    say(Choice.COMING)
    assert move(SECOND, tells=True).meeting_status == MeetingStatus.AWAITING
    move(FIRST, tells=True)
    assert news()[-1] == ("waiting", "13:00")


def test_news_that_has_left_is_not_sent_again_unasked(invitation):
    move(FIRST, tells=True)
    Message.objects.filter(kind="moved").update(state="sent")
    move(SECOND, tells=False)
    assert news() == [("sent", "13:00")]


def test_who_has_withdrawn_meanwhile_gets_no_news(invitation):
    move(FIRST, tells=True)
    Invitation.objects.update(meeting_status="not_relevant")
    move(SECOND, tells=False)
    assert news() == [("cancelled", "13:00")]


@pytest.mark.parametrize("state", ["failed", "unknown"])
@pytest.mark.parametrize("kind", ["moved", "invitation.interview_1", "reminder.email", "reminder.sms"])
def test_what_failed_or_may_have_never_tells_the_old_time(invitation, kind, state):
    move(FIRST, tells=True)
    Message.objects.filter(kind=kind).update(state=state)
    message = Message.objects.filter(kind=kind).latest("pk")
    move(SECOND, tells=False)
    with pytest.raises(NoLongerTrue, match=reasons.MOVED):
        send_again(message, by=make_user(), now=wall_clock.now())
    message.refresh_from_db()
    # News that failed is set aside for news of the new time.
    assert message.state == ("cancelled" if (kind, state) == ("moved", "failed") else state)


def stop(kind: str) -> None:
    waiting = Message.objects.filter(kind=kind, state="waiting")
    assert cancel(waiting, by=make_user(), now=wall_clock.now(), reason=STOPPED_BY_HAND) == 1


def test_a_reminder_stopped_by_hand_stays_stopped_however_often_the_interview_moves(invitation):
    stop("reminder.sms")
    move(FIRST, tells=False)
    move(SECOND, tells=True)
    assert states("reminder.sms") == ["cancelled"]
    assert states("reminder.email") == ["cancelled", "cancelled", "waiting"]


def test_and_no_yes_brings_it_back_after_the_move(invitation):
    stop("reminder.sms")
    say(Choice.NEW_TIME)
    move(FIRST, tells=True)
    say(Choice.COMING)
    assert states("reminder.sms") == ["cancelled"]
    assert states("reminder.email") == ["cancelled", "waiting"]


def test_it_is_that_candidates_alone(invitation):
    stop("reminder.sms")
    project = invitation.interview.project
    letters = make_letters(reminder="sms", reminder_days=2)
    send_invitations(project, [make_application(project)], letters=letters, start=SECOND)
    other = Invitation.objects.latest("pk")
    change_invitation(
        invitation=other,
        seen=Seen.of(other),
        meeting_status="awaiting",
        start=FIRST,
        by=make_user(),
        now=wall_clock.now(),
    )
    assert states("reminder.sms") == ["cancelled", "cancelled", "waiting"]


def test_an_invitation_that_failed_is_written_anew_with_the_new_time(invitation):
    Message.objects.filter(kind="invitation.interview_1").update(state="failed", reason="550 nobody")
    move(FIRST, tells=False)
    old, new = Message.objects.filter(kind="invitation.interview_1").order_by("pk")
    assert (old.state, new.state) == ("cancelled", "waiting")
    assert ["value", "13:00", "interviewtime"] in new.content
    assert not Message.objects.filter(kind="moved").exists()


def test_who_is_no_longer_relevant_gets_no_invitation_that_had_failed(invitation):
    Message.objects.filter(kind="invitation.interview_1").update(state="failed", reason="550 nobody")
    Invitation.objects.update(meeting_status="not_relevant")
    assert letters_to_follow(Interview.objects.get()) == []
    move(FIRST, tells=False)
    assert states("invitation.interview_1") == ["cancelled"]


@pytest.mark.parametrize(("state", "is_told"), [("sent", True), ("cancelled", False), ("failed", False)])
def test_that_it_is_off_is_said_only_to_who_has_heard_of_it(invitation, state, is_told):
    Message.objects.filter(kind="invitation.interview_1").update(state=state)
    cancel_interview(
        interview=invitation.interview,
        seen_version=1,
        tells_candidates=True,
        by=invitation.interview.project.owner,
        now=wall_clock.now(),
    )
    assert Message.objects.filter(kind="cancellation").exists() == is_told
