"""Endre møteinnkallingen, and cancelling an interview."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samtale.core import clock as wall_clock
from samtale.core.transitions import IllegalTransition
from samtale.interviews.domain.answer import Choice, answer
from samtale.interviews.domain.cancel import cancel_interview
from samtale.interviews.domain.change import (
    ChangedMeanwhile,
    ChangeRefused,
    change_invitation,
)
from samtale.interviews.domain.plan import Meeting
from samtale.interviews.domain.seen import Seen
from samtale.interviews.models import Interview, Invitation, InvitationMessage
from samtale.interviews.models.invitation import MeetingStatus
from samtale.outbox.models import Message
from tests.factories.accounts import make_organisation, make_user
from tests.factories.interviews import make_appointment, make_letters, send_invitations
from tests.factories.recruiting import make_application, make_project

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 3, 18, 12, tzinfo=UTC)


@pytest.fixture
def invitation(clock) -> Invitation:
    make_organisation()
    project = make_project()
    send_invitations(
        project, [make_application(project)], letters=make_letters(reminder="email", reminder_days=2)
    )
    return Invitation.objects.get()


def look() -> Seen:
    """What a recruiter sees who opens the page now."""
    return Seen.of(Invitation.objects.select_related("interview").order_by("pk")[0])


def change(
    invitation: Invitation, status: str, start: datetime | None = None, seen: Seen | None = None
) -> Invitation:
    return change_invitation(
        invitation=invitation,
        seen=seen or look(),
        meeting_status=status,
        start=start,
        by=make_user(),
        now=wall_clock.now(),
    )


def reminders() -> list[tuple[str, datetime]]:
    found = Message.objects.filter(kind="reminder.email").order_by("pk")
    return [(each.state, each.due_at) for each in found]


def test_a_moved_interview_takes_its_reminder_along(invitation):
    change(invitation, "accepted", LATER)
    assert reminders() == [
        ("cancelled", datetime(2026, 3, 14, 8, tzinfo=UTC)),
        ("waiting", datetime(2026, 3, 16, 8, tzinfo=UTC)),
    ]
    interview = Interview.objects.get()
    assert (interview.start, interview.version) == (LATER, 2)


def test_an_invitation_that_waits_is_written_anew_with_the_new_time(invitation):
    change(invitation, "awaiting", LATER)
    old, new = Message.objects.filter(kind="invitation.interview_1").order_by("pk")
    assert (old.state, new.state) == ("cancelled", "waiting")
    assert ["value", "13:00", "interviewtime"] in new.content
    assert new.expires_at == LATER


def test_an_invitation_that_has_left_is_not_sent_again(invitation):
    Message.objects.filter(kind="invitation.interview_1").update(state="sent")
    change(invitation, "awaiting", LATER)
    assert Message.objects.filter(kind="invitation.interview_1").count() == 1


def test_the_reminder_of_a_moved_interview_waits_for_a_yes(invitation):
    answer(
        invitation=invitation,
        seen_version=invitation.interview.version,
        choice=Choice.NEW_TIME,
        now=wall_clock.now(),
    )
    change(invitation, "new_time", LATER)
    assert [state for state, _due in reminders()] == ["cancelled"]
    answer(
        invitation=invitation,
        seen_version=2,
        choice=Choice.COMING,
        now=wall_clock.now(),
    )
    assert reminders()[1:] == [("waiting", datetime(2026, 3, 16, 8, tzinfo=UTC))]


def test_all_of_a_group_are_moved(clock):
    make_organisation()
    project = make_project()
    applications = tuple(make_application(project) for _ in range(3))
    send_invitations(
        project,
        [],
        appointment=make_appointment(project.owner, type="group"),
        meetings=[Meeting(datetime(2026, 3, 16, 8, tzinfo=UTC), applications)],
        letters=make_letters(reminder="email", reminder_days=2),
    )
    change(Invitation.objects.order_by("pk")[0], "awaiting", LATER)
    assert [state for state, _due in reminders()] == ["cancelled"] * 3 + ["waiting"] * 3


@pytest.mark.parametrize("status", ["not_relevant", "nonsense"])
def test_only_the_listed_statuses_are_set_by_hand(invitation, status):
    with pytest.raises(ChangeRefused) as refusal:
        change(invitation, status)
    assert refusal.value.field == "meeting_status"


def test_a_start_in_the_past_is_refused_and_changes_nothing(invitation):
    with pytest.raises(ChangeRefused) as refusal:
        change(invitation, "accepted", datetime(2026, 3, 2, 8, tzinfo=UTC))
    assert refusal.value.field == "start"
    invitation.refresh_from_db()
    assert invitation.meeting_status == MeetingStatus.AWAITING


@pytest.mark.parametrize("start", [None, LATER])
def test_an_answer_that_came_meanwhile_is_not_written_over(invitation, start):
    seen = look()
    answer(
        invitation=invitation,
        seen_version=invitation.interview.version,
        choice=Choice.NEW_TIME,
        wishes="Etter 15",
        now=wall_clock.now(),
    )
    with pytest.raises(ChangedMeanwhile):
        change(invitation, "awaiting", start, seen=seen)
    assert look().meeting_status == MeetingStatus.NEW_TIME
    assert [state for state, _due in reminders()] == ["cancelled"]


def test_the_same_answer_with_other_wishes_is_another_one(invitation, clock):
    answer(
        invitation=invitation,
        seen_version=invitation.interview.version,
        choice=Choice.NEW_TIME,
        wishes="Etter 15",
        now=wall_clock.now(),
    )
    seen = look()
    clock.forward(minutes=1)
    answer(
        invitation=invitation,
        seen_version=invitation.interview.version,
        choice=Choice.NEW_TIME,
        wishes="Etter 16",
        now=wall_clock.now(),
    )
    with pytest.raises(ChangedMeanwhile):
        change(invitation, "accepted", seen=seen)


@pytest.mark.parametrize("back", [False, True])
def test_an_interview_that_moved_meanwhile_stays_where_it_is(invitation, back):
    seen, start = look(), invitation.interview.start
    change(invitation, "awaiting", LATER)
    if back:
        change(invitation, "awaiting", start)
    for changes in ({"status": "accepted"}, {"status": "awaiting", "start": start.replace(hour=10)}):
        with pytest.raises(ChangedMeanwhile):
            change(invitation, **changes, seen=seen)
    assert look().start == (start if back else LATER)
    assert look().meeting_status == MeetingStatus.AWAITING


def test_nothing_is_changed_for_who_does_not_say_what_they_saw(invitation):
    with pytest.raises(ChangedMeanwhile):
        change_invitation(
            invitation=invitation, seen=None, meeting_status="accepted", by=make_user(), now=wall_clock.now()
        )
    assert look().meeting_status == MeetingStatus.AWAITING


def cancel(tells: bool = True, reason: str = "", seen_version: int | None = 1) -> None:
    cancel_interview(
        interview=Interview.objects.get(),
        seen_version=seen_version,
        reason=reason,
        tells_candidates=tells,
        by=Interview.objects.get().project.owner,
        now=wall_clock.now(),
    )


def test_cancelling_ends_the_reminder_and_tells_who_had_been_invited(invitation):
    Message.objects.filter(kind="invitation.interview_1").update(state="sent")
    cancel(reason="Stillingen er trukket")
    assert [state for state, _due in reminders()] == ["cancelled"]
    letter = Message.objects.get(kind="cancellation")
    assert ["value", "Stillingen er trukket", "reason"] in letter.content


def test_whose_invitation_never_left_is_not_told_of_a_cancellation(invitation):
    cancel()
    assert Message.objects.get(kind="invitation.interview_1").state == "cancelled"
    assert not Message.objects.filter(kind="cancellation").exists()


def test_nobody_is_told_when_the_recruiter_says_so(invitation):
    Message.objects.filter(kind="invitation.interview_1").update(state="sent")
    cancel(tells=False)
    assert not Message.objects.filter(kind="cancellation").exists()


def test_cancelling_costs_as_many_queries_for_thirty_as_for_one(clock):
    counts = []
    for number in (1, 30):
        project = make_project()
        applications = tuple(make_application(project) for _ in range(number))
        send_invitations(
            project,
            (),
            appointment=make_appointment(project.owner, type="group"),
            meetings=[Meeting(LATER, applications)],
        )
        Message.objects.update(state="sent")
        interview = Interview.objects.get(project=project)
        with CaptureQueriesContext(connection) as queries:
            cancel_interview(
                interview=interview,
                seen_version=1,
                tells_candidates=True,
                by=interview.project.owner,
                now=wall_clock.now(),
            )
        assert Message.objects.filter(state="waiting").count() == number
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_cancelled_interview_stays_cancelled(invitation):
    cancel()
    with pytest.raises(ChangeRefused):
        change(invitation, "accepted")
    cancel()  # a second press of the same button does no harm
    assert InvitationMessage.objects.filter(purpose="cancellation").count() == 0


def test_an_interview_that_moved_meanwhile_is_another_one_than_was_to_be_cancelled(invitation):
    change(invitation, "awaiting", LATER)
    for seen_version in (1, None):
        with pytest.raises(ChangedMeanwhile):
            cancel(seen_version=seen_version)
    assert Interview.objects.get().state == "planned"
    cancel(seen_version=2)
    assert Interview.objects.get().state == "cancelled"


def test_an_answer_does_not_stop_a_cancellation(invitation):
    Message.objects.filter(kind="invitation.interview_1").update(state="sent")
    answer(
        invitation=invitation,
        seen_version=invitation.interview.version,
        choice=Choice.COMING,
        now=wall_clock.now(),
    )
    cancel()
    assert Message.objects.filter(kind="cancellation").count() == 1


def test_a_held_interview_cannot_be_cancelled(invitation):
    Interview.objects.update(state="held")
    with pytest.raises(IllegalTransition):
        cancel()


def told() -> list[str]:
    return list(Message.objects.filter(kind="moved").order_by("pk").values_list("recipient_name", flat=True))


def move_and_tell(invitation: Invitation, status: str) -> Invitation:
    return change_invitation(
        invitation=invitation,
        seen=look(),
        meeting_status=status,
        start=LATER,
        tells_candidates=True,
        by=invitation.interview.project.owner,
        now=wall_clock.now(),
    )


def test_who_is_told_the_new_time_is_asked_anew(invitation):
    Message.objects.filter(kind="invitation.interview_1").update(state="sent")
    answer(
        invitation=invitation,
        seen_version=invitation.interview.version,
        choice=Choice.NEW_TIME,
        now=wall_clock.now(),
    )
    changed = move_and_tell(invitation, "new_time")
    assert changed.meeting_status == MeetingStatus.AWAITING
    letter = Message.objects.get(kind="moved")
    assert ["value", "13:00", "interviewtime"] in letter.content
    assert any(kind == "link" for kind, *_rest in letter.content)
    assert reminders()[1:] == [("waiting", datetime(2026, 3, 16, 8, tzinfo=UTC))]


def test_a_status_that_was_agreed_on_by_telephone_stays(invitation):
    Message.objects.filter(kind="invitation.interview_1").update(state="sent")
    assert move_and_tell(invitation, "accepted").meeting_status == MeetingStatus.ACCEPTED
    assert len(told()) == 1


def test_who_gets_a_rewritten_invitation_is_not_told_twice(invitation):
    move_and_tell(invitation, "awaiting")
    assert told() == []
    assert Message.objects.filter(kind="invitation.interview_1", state="waiting").count() == 1


def test_who_has_withdrawn_is_not_told(invitation):
    Message.objects.filter(kind="invitation.interview_1").update(state="sent")
    Invitation.objects.update(meeting_status="not_relevant")
    move_and_tell(Invitation.objects.get(), "not_relevant")
    assert told() == []


def test_telling_needs_the_right_to_send_email_and_changes_nothing_without(invitation):
    owner = invitation.interview.project.owner
    owner.may_send_email = False
    owner.save()
    with pytest.raises(ChangeRefused):
        move_and_tell(Invitation.objects.get(), "awaiting")
    with pytest.raises(ChangeRefused):
        cancel()
    interview = Interview.objects.get()
    assert (interview.version, interview.state) == (1, "planned")
    cancel(tells=False)
    assert not Message.objects.filter(kind__in=["moved", "cancellation"]).exists()
