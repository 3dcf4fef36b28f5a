"""Nobody is in two interviews at once, unless somebody means it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection

from samtale.core.models import AuditEntry
from samtale.interviews.domain.bookings import DoubleBooked
from samtale.interviews.domain.cancel import cancel_interview
from samtale.interviews.domain.change import change_invitation
from samtale.interviews.domain.overbooking import MayNotOverbook
from samtale.interviews.domain.plan import InvitationRefused, Meeting
from samtale.interviews.domain.seen import Seen
from samtale.interviews.models import Booking, Interview, Room
from tests.at_once import at_once
from tests.factories.accounts import make_user
from tests.factories.interviews import make_appointment, make_interview, make_invitation, send_invitations
from tests.factories.recruiting import make_application, make_project

NINE = datetime(2026, 3, 16, 8, tzinfo=UTC)
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.django_db
def test_an_interviewer_who_is_taken_is_not_invited_with(clock):
    project, kari = make_project(), make_user()
    taken = make_interview(start=NINE, interviewers=[kari])
    with pytest.raises(DoubleBooked) as caught:
        send_invitations(project, [make_application(project)], appointment=make_appointment(kari), now=NOW)
    assert [(each.who, each.interview_id) for each in caught.value.conflicts] == [(kari, taken.pk)]
    assert Interview.objects.get() == taken


@pytest.mark.django_db
def test_a_room_that_is_taken(clock):
    project, room = make_project(), Room.objects.create(name="4B")
    make_interview(start=NINE, room=room)
    with pytest.raises(DoubleBooked):
        send_invitations(
            project,
            [make_application(project)],
            appointment=make_appointment(project.owner, room=room),
            now=NOW,
        )


@pytest.mark.django_db
def test_booking_anyway_needs_the_right_and_is_written_down(clock):
    project, kari = make_project(), make_user(first_name="Kari", last_name="Vik")
    make_interview(start=NINE, interviewers=[kari])
    plan = {"appointment": make_appointment(kari), "books_anyway": True, "now": NOW}
    application = make_application(project)
    with pytest.raises(MayNotOverbook):
        send_invitations(project, [application], **plan)
    project.owner.may_overbook = True
    project.owner.save()
    send_invitations(project, [application], **plan)
    entry = AuditEntry.objects.get(verb="double_booked", subject_id=application.pk)
    assert entry.data["who"] == ["Kari Vik"]
    assert Booking.objects.filter(user=kari, knowingly=True).count() == 1


@pytest.mark.django_db
def test_moving_books_anew_and_cancelling_lets_go(clock):
    kari = make_user()
    taken = make_interview(start=NINE, interviewers=[kari])
    later = NINE + timedelta(hours=2)
    invitation = make_invitation(start=later, interviewers=[kari])

    def move(start: datetime) -> None:
        change_invitation(
            invitation=invitation,
            seen=Seen.of(invitation),
            meeting_status=invitation.meeting_status,
            start=start,
            by=invitation.interview.project.owner,
            now=NOW,
        )

    with pytest.raises(DoubleBooked):
        move(NINE)
    invitation.refresh_from_db()
    assert invitation.interview.start == later
    assert Booking.objects.get(interview=invitation.interview).start == later
    cancel_interview(interview=taken, seen_version=1, tells_candidates=False, by=taken.project.owner, now=NOW)
    move(NINE)
    assert Booking.objects.get(interview=invitation.interview).start == NINE


@pytest.mark.django_db(transaction=True)
def test_of_32_at_once_for_one_time_one_wins(clock):
    kari = make_user()
    projects = [make_project() for _number in range(32)]
    applications = [make_application(project) for project in projects]

    def invite(number: int):
        return send_invitations(
            projects[number],
            [applications[number]],
            meetings=[Meeting(NINE + timedelta(minutes=number), (applications[number],))],
            appointment=make_appointment(kari),
            now=NOW,
        )

    outcomes = at_once(
        [lambda number=number: invite(number) for number in range(32)], expected=(DoubleBooked,)
    )
    refused = [each for each in outcomes if isinstance(each, DoubleBooked)]
    assert len(refused) == 31
    assert all(each.conflicts[0].who == kari for each in refused)
    assert Interview.objects.count() == Booking.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="the constraint is PostgreSQL's")
def test_the_table_itself_refuses_two_at_once(clock):
    kari = make_user()
    first, second = make_interview(start=NINE, interviewers=[kari]), make_interview(start=NINE)
    with pytest.raises(IntegrityError, match="nobody_in_two_interviews"):
        Booking.objects.create(interview=second, user=kari, start=first.start, end=first.end)


@pytest.mark.django_db(transaction=True)
def test_of_32_moved_at_once_to_one_time_one_gets_there(clock):
    kari = make_user()
    invitations = [
        make_invitation(start=NINE + timedelta(days=1 + number), interviewers=[kari]) for number in range(32)
    ]

    def move(number: int):
        invitation = invitations[number]
        return change_invitation(
            invitation=invitation,
            seen=Seen.of(invitation),
            meeting_status=invitation.meeting_status,
            start=NINE + timedelta(minutes=number),
            by=invitation.interview.project.owner,
            now=NOW,
        )

    outcomes = at_once([lambda number=number: move(number) for number in range(32)], expected=(DoubleBooked,))
    assert sum(isinstance(each, DoubleBooked) for each in outcomes) == 31
    assert Booking.objects.filter(start__lt=NINE + timedelta(hours=1)).count() == 1
    assert Booking.objects.count() == 32


@pytest.mark.django_db(transaction=True)
def test_of_32_at_once_for_one_room_one_wins(clock):
    room = Room.objects.create(name="4B")
    projects = [make_project() for _number in range(32)]
    applications = [make_application(project) for project in projects]

    def invite(number: int):
        return send_invitations(
            projects[number],
            [applications[number]],
            meetings=[Meeting(NINE + timedelta(minutes=number), (applications[number],))],
            appointment=make_appointment(projects[number].owner, room=room),
            now=NOW,
        )

    outcomes = at_once(
        [lambda number=number: invite(number) for number in range(32)], expected=(DoubleBooked,)
    )
    refused = [each for each in outcomes if isinstance(each, DoubleBooked)]
    assert len(refused) == 31
    assert all(each.conflicts[0].who == room for each in refused)
    assert Booking.objects.filter(room=room).count() == 1


@pytest.mark.django_db
def test_a_room_that_was_taken_out_of_use_meanwhile_is_not_booked(clock):
    project, room = make_project(), Room.objects.create(name="4B", is_active=False)
    with pytest.raises(InvitationRefused) as refused:
        send_invitations(
            project,
            [make_application(project)],
            appointment=make_appointment(project.owner, room=room),
            now=NOW,
        )
    assert refused.value.field == "room"
