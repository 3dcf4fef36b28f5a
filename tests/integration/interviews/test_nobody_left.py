"""Interviewers and rooms are free when nobody is left to be met, and booked again with the first."""

from datetime import UTC, datetime

import pytest

from samtale.interviews.domain.answer import Choice, answer
from samtale.interviews.domain.bookings import DoubleBooked
from samtale.interviews.domain.change import change_invitation
from samtale.interviews.domain.seen import Seen
from samtale.interviews.models import Booking, Invitation, Room
from samtale.recruiting.domain.progress import set_status
from tests.at_once import at_once
from tests.factories.accounts import make_user
from tests.factories.interviews import make_interview, make_invitation

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
NINE = datetime(2026, 3, 16, 8, tzinfo=UTC)


def reject(invitation: Invitation) -> None:
    project = invitation.interview.project
    set_status(applications=[invitation.application], status="rejected", by=project.owner, now=NOW)


def take_up_again(invitation: Invitation, **more) -> None:
    owner = invitation.interview.project.owner
    set_status(applications=[invitation.application], status="under_review", by=owner, now=NOW)
    invitation.refresh_from_db()
    change_invitation(
        invitation=invitation,
        seen=Seen.of(invitation),
        meeting_status="awaiting",
        by=owner,
        now=NOW,
        **more,
    )


@pytest.mark.django_db
def test_the_last_one_to_leave_lets_them_go(clock):
    interview = make_interview(type="group", start=NINE, room=Room.objects.create(name="4B"))
    first, second = make_invitation(interview), make_invitation(interview)
    reject(first)
    assert interview.bookings.count() == 2
    answer(invitation=second, seen_version=1, choice=Choice.WITHDRAW, now=NOW)
    assert not interview.bookings.exists()


@pytest.mark.django_db
def test_taken_up_again_they_are_booked_again_unless_taken_meanwhile(clock):
    kari = make_user(first_name="Kari", last_name="Vik")
    invitation = make_invitation(start=NINE, interviewers=[kari])
    reject(invitation)
    other = make_interview(start=NINE, interviewers=[kari])
    with pytest.raises(DoubleBooked):
        take_up_again(invitation)
    invitation.refresh_from_db()
    assert invitation.meeting_status == "not_relevant"
    owner = invitation.interview.project.owner
    owner.may_overbook = True
    owner.save()
    take_up_again(invitation, books_anyway=True)
    assert set(Booking.objects.values_list("interview", "knowingly")) == {
        (other.pk, False),
        (invitation.interview_id, True),
    }


@pytest.mark.django_db
def test_what_nobody_is_left_of_is_moved_without_booking_anybody(clock):
    invitation = make_invitation(start=NINE)
    reject(invitation)
    invitation.refresh_from_db()
    change_invitation(
        invitation=invitation,
        seen=Seen.of(invitation),
        meeting_status="not_relevant",
        start=NINE.replace(hour=10),
        by=invitation.interview.project.owner,
        now=NOW,
    )
    assert not Booking.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_all_who_leave_at_once_leave_nobody_booked(clock):
    interview = make_interview(type="group", start=NINE)
    invitations = [make_invitation(interview) for _number in range(16)]
    at_once(
        [
            lambda each=each, number=number: (
                reject(each)
                if number % 2
                else answer(invitation=each, seen_version=1, choice=Choice.WITHDRAW, now=NOW)
            )
            for number, each in enumerate(invitations)
        ]
    )
    assert set(Invitation.objects.values_list("meeting_status", flat=True)) == {"not_relevant"}
    assert not Booking.objects.exists()
