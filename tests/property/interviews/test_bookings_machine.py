"""Who is taken, through whatever may happen to two people's interviews in any order.

Recruiters invite, move, book anyway, cancel, close and take up again; candidates answer. After each step
everybody who attends an interview to which somebody is left is booked for just its time, and nobody for
anything else.
"""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from samtale.interviews.domain.answer import AnswerRefused, Choice, NoSeatLeft, answer
from samtale.interviews.domain.bookings import DoubleBooked
from samtale.interviews.domain.change import ChangeRefused, cancel_interview, change_invitation
from samtale.interviews.domain.meeting_status import SET_BY_HAND
from samtale.interviews.domain.plan import Meeting
from samtale.interviews.domain.seen import Seen
from samtale.interviews.models import Booking, Interview, Invitation, Room
from samtale.interviews.models.invitation import MeetingStatus
from samtale.recruiting.domain.progress import IllegalTransition, set_status
from tests.factories.accounts import make_user
from tests.factories.interviews import make_appointment, send_invitations
from tests.factories.recruiting import make_application, make_project

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
NINE = datetime(2026, 3, 16, 8, tzinfo=UTC)
starts = st.integers(0, 8).map(lambda quarters: NINE + timedelta(minutes=15 * quarters))


class Booked(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.project = make_project(owner=make_user(may_overbook=True))
        self.people = [self.project.owner, make_user()]
        self.room = Room.objects.create(name="4B")
        self.invite(start=NINE, who={0}, in_room=True, seats=1, number=2, anyway=False)
        later = NINE + timedelta(hours=1)
        self.invite(start=later, who={0, 1}, in_room=False, seats=None, number=1, anyway=False)

    @rule(
        start=starts,
        who=st.sets(st.integers(0, 1), min_size=1),
        in_room=st.booleans(),
        seats=st.sampled_from([None, 1, 2]),
        number=st.integers(1, 3),
        anyway=st.booleans(),
    )
    def invite(
        self, start: datetime, who: set[int], in_room: bool, seats: int | None, number: int, anyway: bool
    ) -> None:
        if Interview.objects.count() > 3:
            return
        applications = [make_application(self.project) for _number in range(number)]
        appointment = make_appointment(
            *(self.people[each] for each in sorted(who)),
            type="group",
            seats=seats,
            room=self.room if in_room else None,
        )
        meetings = [Meeting(start, tuple(applications))]
        with suppress(DoubleBooked):
            send_invitations(
                self.project,
                applications,
                meetings=meetings,
                appointment=appointment,
                books_anyway=anyway,
                now=NOW,
            )

    @rule(
        which=st.integers(0),
        start=starts | st.none(),
        status=st.sampled_from(list(SET_BY_HAND)),
        anyway=st.booleans(),
    )
    def change(self, which: int, start: datetime | None, status: str, anyway: bool) -> None:
        if invitation := self._invitation(which):
            with suppress(DoubleBooked, ChangeRefused):
                change_invitation(
                    invitation=invitation,
                    seen=Seen.of(invitation),
                    meeting_status=status,
                    start=start,
                    books_anyway=anyway,
                    by=self.project.owner,
                    now=NOW,
                )

    @rule(which=st.integers(0), choice=st.sampled_from([*Choice, Choice.COMING]))
    def candidate_answers(self, which: int, choice: Choice) -> None:
        if invitation := self._invitation(which):
            with suppress(AnswerRefused, NoSeatLeft):
                version = invitation.interview.version
                answer(invitation=invitation, seen_version=version, choice=choice, now=NOW)

    @rule(which=st.integers(0), status=st.sampled_from(["rejected", "rejected", "under_review"]))
    def status_is_set(self, which: int, status: str) -> None:
        if invitation := self._invitation(which):
            with suppress(IllegalTransition), transaction.atomic():
                set_status(
                    applications=[invitation.application], status=status, by=self.project.owner, now=NOW
                )

    @rule(which=st.integers(0))
    def cancel(self, which: int) -> None:
        if invitation := self._invitation(which):
            cancel_interview(
                interview=invitation.interview,
                seen_version=invitation.interview.version,
                tells_candidates=False,
                by=self.project.owner,
                now=NOW,
            )

    def _invitation(self, which: int) -> Invitation | None:
        found = list(Invitation.objects.select_related("interview", "application").order_by("pk"))
        return found[which % len(found)] if found else None

    @invariant()
    def who_attends_is_booked_and_nobody_else(self) -> None:
        booked = set(Booking.objects.values_list("interview", "user", "room", "start", "end"))
        wanted = set()
        for interview in Interview.objects.filter(state=Interview.State.PLANNED):
            if interview.invitations.exclude(meeting_status=MeetingStatus.NOT_RELEVANT).exists():
                times = interview.start, interview.end
                wanted |= {(interview.pk, user.pk, None, *times) for user in interview.interviewers.all()}
                wanted |= {(interview.pk, None, interview.room_id, *times)} if interview.room_id else set()
        assert booked == wanted

    @invariant()
    def two_at_once_are_known(self) -> None:
        bookings = Booking.objects.order_by("pk").values("user", "room", "start", "end", "knowingly")
        for one, other in combinations(bookings, 2):
            is_same = (one["user"], one["room"]) == (other["user"], other["room"])
            if is_same and one["start"] < other["end"] and other["start"] < one["end"]:
                assert one["knowingly"] or other["knowingly"]

    @invariant()
    def no_more_say_yes_than_there_are_seats(self) -> None:
        for interview in Interview.objects.exclude(seats=None):
            assert interview.invitations.filter(meeting_status="accepted").count() <= (interview.seats or 0)


def test_bookings_follow_whatever_happens(clock) -> None:
    class InTransaction(Booked):
        """Each run ends as if it had never been."""

        def __init__(self) -> None:
            super().__init__()
            self.run = transaction.atomic()
            self.run.__enter__()

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.run.__exit__(None, None, None)

    run_state_machine_as_test(
        InTransaction,
        settings=settings(
            max_examples=40,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
