"""Two who act at once, on real connections with real transactions."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from samtale.core import clock as wall_clock
from samtale.interviews.domain.answer import AnsweredAnotherTime, AnswerRefused, Choice, answer
from samtale.interviews.domain.cancel import cancel_interview
from samtale.interviews.domain.change import (
    ChangedMeanwhile,
    ChangeRefused,
    change_invitation,
)
from samtale.interviews.domain.invite import InvitedMeanwhile, Sent
from samtale.interviews.domain.seen import Seen
from samtale.interviews.models import Dispatch, Interview, Invitation
from samtale.outbox.models import Message
from samtale.recruiting.models import Application
from tests.at_once import at_once
from tests.factories.interviews import make_letters, send_invitations
from tests.factories.recruiting import make_application, make_project

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


def test_two_sends_of_one_form_create_one_interview(clock):
    project, key = make_project(), uuid.uuid4()
    applications = [make_application(project) for _ in range(5)]
    letters = make_letters(reminder="email", reminder_days=2)

    def send() -> Sent:
        return send_invitations(project, applications, send_key=key, letters=letters)

    outcomes = at_once([send] * 6)

    assert sorted(each.is_new for each in outcomes) == [False] * 5 + [True]
    assert len({each.dispatch.pk for each in outcomes}) == 1
    assert Dispatch.objects.count() == 1
    assert Interview.objects.count() == Invitation.objects.count() == 5
    assert Message.objects.count() == 10


def test_two_forms_for_one_applicant_create_one_interview_and_one_refusal(clock):
    project = make_project()
    application = make_application(project)

    outcomes = at_once([lambda: send_invitations(project, [application])] * 2, expected=(InvitedMeanwhile,))

    assert sum(isinstance(each, InvitedMeanwhile) for each in outcomes) == 1
    assert Invitation.objects.count() == Message.objects.count() == 1


def test_a_double_answer_is_one_answer(clock):
    project = make_project()
    send_invitations(project, [make_application(project)])
    invitation = Invitation.objects.get()

    def withdraw() -> Invitation:
        return answer(
            invitation=invitation,
            seen_version=invitation.interview.version,
            choice=Choice.WITHDRAW,
            now=wall_clock.now(),
        )

    at_once([withdraw] * 4, expected=(AnswerRefused,))

    assert Application.objects.get().status == Application.Status.WITHDRAWN
    assert Message.objects.filter(kind="answer").count() == 1


def saving(invitation: Invitation, status: str, start: datetime | None = None) -> Callable[[], Invitation]:
    """Return the press of Save on a page that was opened now."""
    seen, by = Seen.of(invitation), invitation.interview.project.owner

    def save() -> Invitation:
        return change_invitation(
            invitation=invitation,
            seen=seen,
            meeting_status=status,
            start=start,
            tells_candidates=True,
            by=by,
            now=wall_clock.now(),
        )

    return save


def invited(number: int) -> list[Invitation]:
    project = make_project()
    applications = [make_application(project) for _ in range(number)]
    send_invitations(project, applications, letters=make_letters(reminder="email", reminder_days=2))
    Message.objects.filter(kind="invitation.interview_1").update(state="sent")
    return list(Invitation.objects.select_related("interview__project__owner").order_by("pk"))


def test_no_save_writes_over_an_answer_it_has_not_seen(clock):
    invitations = invited(6)

    def answering(invitation: Invitation) -> Callable[[], Invitation]:
        return lambda: answer(
            invitation=invitation,
            seen_version=invitation.interview.version,
            choice=Choice.NEW_TIME,
            now=wall_clock.now(),
        )

    acts = [act for each in invitations for act in (answering(each), saving(each, "accepted"))]
    outcomes = at_once(acts, expected=(ChangedMeanwhile,))

    # Either the answer came first and the save was refused, or it is the last word.
    refused = [isinstance(each, ChangedMeanwhile) for each in outcomes[1::2]]
    assert set(Invitation.objects.values_list("meeting_status", flat=True)) == {"new_time"}, refused
    assert not Message.objects.filter(kind="reminder.email", state="waiting").exists()


def test_no_answer_is_taken_for_a_time_that_the_candidate_was_not_shown(clock):
    invitations = invited(6)
    start = datetime(2026, 3, 18, 9, tzinfo=UTC)

    def answering(invitation: Invitation) -> Callable[[], Invitation]:
        version = invitation.interview.version
        return lambda: answer(
            invitation=invitation, seen_version=version, choice=Choice.COMING, now=wall_clock.now()
        )

    acts = [
        act
        for number, each in enumerate(invitations)
        for act in (answering(each), saving(each, "awaiting", start + number * HOUR))
    ]
    at_once(acts, expected=(AnsweredAnotherTime, ChangedMeanwhile))

    # Moved first: the answer was refused. Answered first: the save was refused, and nothing was moved.
    for invitation in Invitation.objects.select_related("interview"):
        stands = (invitation.interview.version, invitation.meeting_status)
        assert stands in {(2, "awaiting"), (1, "accepted")}


def test_of_two_who_save_what_both_have_seen_only_one_succeeds(clock):
    invitations = invited(4)
    starts = [datetime(2026, 3, 18, hour, tzinfo=UTC) for hour in (6, 12)]

    acts = [
        saving(each, "awaiting", start + number * HOUR)
        for number, each in enumerate(invitations)
        for start in starts
    ]
    outcomes = at_once(acts, expected=(ChangedMeanwhile,))

    assert sum(isinstance(each, ChangedMeanwhile) for each in outcomes) == len(invitations)
    assert set(Interview.objects.values_list("version", flat=True)) == {2}
    assert Message.objects.filter(kind="moved").count() == len(invitations)


def test_an_interview_is_cancelled_where_it_was_or_moved_but_not_both(clock):
    invitations = invited(4)

    def cancelling(invitation: Invitation) -> Callable[[], Interview]:
        interview = invitation.interview
        return lambda: cancel_interview(
            interview=interview,
            seen_version=1,
            tells_candidates=True,
            by=interview.project.owner,
            now=wall_clock.now(),
        )

    start = datetime(2026, 3, 18, 12, tzinfo=UTC)
    acts = [
        act
        for number, each in enumerate(invitations)
        for act in (cancelling(each), saving(each, "awaiting", start + number * HOUR))
    ]
    outcomes = at_once(acts, expected=(ChangedMeanwhile, ChangeRefused))

    assert sum(isinstance(each, Exception) for each in outcomes) == len(invitations)
    for interview in Interview.objects.order_by("pk"):
        assert (interview.state, interview.version) in {("cancelled", 1), ("planned", 2)}
