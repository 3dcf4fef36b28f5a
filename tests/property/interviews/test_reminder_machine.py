"""Reminders through whatever may happen to an interview, in any order (spec 4).

Candidates answer and ask for other times; recruiters move, cancel, withdraw, correct, stop and send again;
the clock goes on; servers refuse and break off; workers deliver and crash. After each step everything below
must hold.
"""

from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Q
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from samtale.interviews.domain.answer import AnswerRefused, Choice, answer
from samtale.interviews.domain.cancel import cancel_interview
from samtale.interviews.domain.change import ChangeRefused, change_invitation
from samtale.interviews.domain.meeting_status import SET_BY_HAND, WITHOUT_REMINDER
from samtale.interviews.domain.plan import InvitationRefused, Meeting
from samtale.interviews.domain.seen import Seen
from samtale.interviews.models import Interview, Invitation, InvitationMessage
from samtale.outbox.domain import claims
from samtale.outbox.domain.deliver import Courier
from samtale.outbox.domain.queue import NoLongerTrue, cancel, send_again
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from samtale.outbox.transports.errors import TransportError
from samtale.recruiting.domain.apply import update_candidate
from samtale.recruiting.domain.progress import IllegalTransition, set_status
from samtale.recruiting.models import Application
from tests.factories.accounts import make_organisation, make_user
from tests.factories.interviews import make_appointment, make_letters, send_invitations
from tests.factories.recruiting import make_application, make_project
from tests.property.interviews.changing import Changing

pytestmark = pytest.mark.django_db(transaction=True)
OSLO = ZoneInfo("Europe/Oslo")
CHANNELS = ("email", "sms")
REMINDERS = ("reminder_email", "reminder_sms")
# A few days before the clock changes in spring and in autumn, and an ordinary one.
BEGINNINGS = [datetime(2026, month, day, 8, tzinfo=UTC) for month, day in ((3, 24), (6, 10), (10, 20))]


class Crash(BaseException):
    """The worker is killed in the middle of handing a message over."""


class Reminding(Changing):
    seen: ClassVar[Counter[tuple[str, bool]]] = Counter()  # what was handed over, and whether in doubt

    @initialize(
        beginning=st.sampled_from(BEGINNINGS),
        number=st.integers(1, 3),
        reminder=st.sampled_from(["none", "email", "sms", "both", "both"]),
        days=st.sampled_from([1, 2, 3, 5, 7]),
        ahead=st.integers(8, 12),
    )
    def invite(self, beginning: datetime, number: int, reminder: str, days: int, ahead: int) -> None:
        self.now = beginning
        self.handed: list[tuple[datetime, Message]] = []
        self.crashed: set[int] = set()
        self.refused: set[int] = set()
        self.fatal = ""  # the channel in which the next handing over kills the worker
        self.refusals: list[TransportError] = []
        self.days = days
        self.workers = 0
        make_organisation()
        self.owner = make_user(may_send_sms=True)
        self.project = make_project(owner=self.owner)
        applications = [make_application(self.project) for _ in range(number)]
        start = beginning + timedelta(days=ahead)
        if number > 1:
            plan: dict[str, Any] = {"meetings": [Meeting(start, tuple(applications))]}
            plan["appointment"] = make_appointment(self.owner, type="group")
        else:
            plan = {"start": start}
        letters = make_letters(reminder=reminder, reminder_days=days)
        send_invitations(self.project, applications, letters=letters, now=self.now, **plan)

    # What happens

    @rule(minutes=st.sampled_from([1, 30, 600, 60 * 24, 60 * 49, 60 * 24 * 6]))
    def time_goes_on(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(minutes=st.sampled_from([0, 0, 5, 60 * 3]))
    def the_next_letter_falls_due(self, minutes: int) -> None:
        self._wait_for_the_next(minutes)

    def _wait_for_the_next(self, minutes: int = 0) -> None:
        waiting = Message.objects.filter(state=State.WAITING, try_at__gt=self.now).order_by("try_at")
        if then := waiting.values_list("try_at", flat=True).first():
            self.now = then + timedelta(minutes=minutes)

    @rule(which=st.integers(0, 2), choice=st.sampled_from([*Choice, Choice.COMING]))
    def a_candidate_answers(self, which: int, choice: Choice) -> None:
        invitation = self._invitation(which)
        with suppress(AnswerRefused):
            answer(
                invitation=invitation,
                seen_version=invitation.interview.version,
                choice=choice,
                now=self.now,
            )

    @rule(
        which=st.integers(0, 2),
        status=st.sampled_from(list(SET_BY_HAND)),
        days=st.integers(-3, 9),
        tells=st.booleans(),
    )
    def a_recruiter_changes(self, which: int, status: str, days: int, tells: bool) -> None:
        invitation = self._invitation(which)
        start = invitation.interview.start + timedelta(days=days, hours=days)
        with suppress(ChangeRefused, InvitationRefused):
            change_invitation(
                invitation=invitation,
                seen=Seen.of(invitation),
                meeting_status=status,
                start=start if days else None,
                tells_candidates=tells,
                by=self.owner,
                now=self.now,
            )

    @precondition(lambda self: self.now.day % 3 == 0)
    @rule()
    def the_interview_is_cancelled(self) -> None:
        interview = Interview.objects.select_related("project__owner").get()
        with suppress(ChangeRefused, IllegalTransition):
            cancel_interview(
                interview=interview,
                seen_version=interview.version,
                tells_candidates=True,
                by=self.owner,
                now=self.now,
            )

    @rule(which=st.integers(0, 2))
    def a_recruiter_withdraws_one(self, which: int) -> None:
        application = self._invitation(which).application
        with suppress(IllegalTransition):
            set_status(
                applications=[application], status=Application.Status.WITHDRAWN, by=self.owner, now=self.now
            )

    @rule(which=st.integers(0, 2), number=st.integers(0, 3))
    def an_address_is_corrected(self, which: int, number: int) -> None:
        candidate = self._invitation(which).application.candidate
        update_candidate(
            candidate=candidate,
            first_name=candidate.first_name,
            last_name=candidate.last_name,
            email=f"c{candidate.pk}-{number}@example.org",
            mobile=f"+4791{candidate.pk % 1000:03}00{number}" if number else "",
            language=candidate.language,
            address="",
            by=self.owner,
            now=self.now,
        )

    @rule(which=st.integers(0, 7))
    def somebody_stops_one_by_hand(self, which: int) -> None:
        if ids := list(
            Message.objects.filter(state=State.WAITING).order_by("pk").values_list("pk", flat=True)
        ):
            cancel([ids[which % len(ids)]], by=self.owner, now=self.now, reason="Stopped by hand.")

    @rule(which=st.integers(0, 7))
    def somebody_sends_one_again(self, which: int) -> None:
        found = list(
            Message.objects.filter(
                # A second copy of an SMS in doubt would be the person's own wish.
                Q(state=State.FAILED) | Q(state=State.UNKNOWN, channel="email")
            ).order_by("pk")
        )
        if found:
            with suppress(NoLongerTrue):
                send_again(found[which % len(found)], by=self.owner, now=self.now)

    @rule()
    def a_worker_delivers(self) -> None:
        self._work()

    @rule(waits=st.booleans(), channel=st.sampled_from(CHANNELS))
    def a_worker_is_killed_while_it_sends(self, waits: bool, channel: str) -> None:
        if waits:
            self._work()
            self._wait_for_the_next()
        self.fatal = channel
        try:
            self._work()
        except Crash:
            claims.recover(self.now + claims.SENDING_LEASE)
        finally:
            self.fatal = ""
        self._work()

    @rule(permanent=st.booleans(), may_have_left=st.booleans(), number=st.integers(1, 4))
    def a_server_refuses_or_breaks_off(self, permanent: bool, may_have_left: bool, number: int) -> None:
        self.refusals = [
            TransportError("no", permanent=permanent and not may_have_left, may_have_left=may_have_left)
        ] * number
        self._wait_for_the_next()
        self._work()
        self.refusals = []

    def _work(self) -> None:
        self.workers += 1
        ways = dict.fromkeys(("email", "sms"), lambda: self)
        courier = Courier(clock=lambda: self.now, owner=f"w{self.workers}", transports=ways)
        for _round in range(5):
            if not courier.deliver_due().handled:
                break

    # The way out

    def open(self) -> None: ...

    def close(self) -> None: ...

    def send(self, parcel: Any) -> str:
        reference = (
            getattr(parcel, "reference", "") or parcel.extra_headers["Message-ID"][1:].partition("@")[0]
        )
        message = Message.objects.select_related("about_invitation__invitation__interview").get(
            public_id=reference
        )
        refusal = self.refusals.pop() if self.refusals else None
        if refusal and not refusal.may_have_left:
            self.refused.add(message.pk)
            raise refusal
        self.handed.append((self.now, message))
        is_in_doubt = bool(refusal) or self.fatal == message.channel
        self.seen[message.kind, is_in_doubt] += 1
        if is_in_doubt:
            self.crashed.add(message.pk)
            raise refusal or Crash
        return ""

    def _invitation(self, which: int) -> Invitation:
        invitations = Invitation.objects.select_related("interview__project__owner", "application__candidate")
        found = list(invitations.order_by("pk"))
        return found[which % len(found)]

    # What always holds

    @invariant()
    def one_reminder_an_invitation_channel_and_version(self) -> None:
        rows = InvitationMessage.objects.filter(purpose__in=REMINDERS).order_by("pk")
        keys = Counter(rows.values_list("invitation", "purpose", "interview_version"))
        assert set(keys.values()) <= {1}

    @invariant()
    def none_leaves_twice_but_for_a_crash_and_no_sms_ever(self) -> None:
        times: dict[tuple[int, str, int], list[Message]] = {}
        for _at, message in self.handed:
            about = message.about_invitation
            if about.purpose in REMINDERS:
                key = (about.invitation_id, about.purpose, about.interview_version)
                times.setdefault(key, []).append(message)
        for copies in times.values():
            if len(copies) == 1:
                continue
            assert {message.pk for message in copies} == {copies[0].pk}
            assert copies[0].channel == "email"
            assert copies[0].pk in self.crashed
            assert Message.objects.get(pk=copies[0].pk).may_have_arrived_twice

    @invariant()
    def each_left_while_it_was_true(self) -> None:
        for at, message in self.handed:
            if not message.kind.startswith("reminder."):
                continue
            invitation = message.about_invitation.invitation  # as it stood when the message left
            assert at < invitation.interview.start, "after the start"
            assert message.about_invitation.interview_version == invitation.interview.version
            assert invitation.cancelled_at is None
            assert invitation.interview.state == Interview.State.PLANNED
            assert invitation.meeting_status not in WITHOUT_REMINDER

    @invariant()
    def what_waits_is_for_nine_o_clock_of_the_right_day(self) -> None:
        waiting = InvitationMessage.objects.filter(purpose__in=REMINDERS, message__state=State.WAITING)
        for about in waiting.select_related("message", "invitation__interview").order_by("pk"):
            interview = about.invitation.interview
            assert about.interview_version == interview.version
            assert about.invitation.meeting_status not in WITHOUT_REMINDER
            assert about.invitation.cancelled_at is None
            assert interview.state == Interview.State.PLANNED or interview.start <= self.now
            local = about.message.due_at.astimezone(OSLO)
            assert (local.hour, local.minute) == (9, 0)
            assert (interview.start.astimezone(OSLO).date() - local.date()).days == self.days

    @invariant()
    def who_comes_is_reminded_where_there_is_still_time(self) -> None:
        for invitation in Invitation.objects.select_related("interview", "application__candidate").order_by(
            "pk"
        ):
            interview = invitation.interview
            day = interview.start.astimezone(OSLO).date() - timedelta(days=self.days)
            due = datetime.combine(day, datetime.min.time().replace(hour=9), tzinfo=OSLO)
            comes = invitation.meeting_status == "accepted" and interview.state == Interview.State.PLANNED
            comes = comes and invitation.cancelled_at is None
            if not comes or due <= self.now or invitation.application.status == Application.Status.WITHDRAWN:
                continue
            wanted = {"email": REMINDERS[:1], "sms": REMINDERS[1:], "both": REMINDERS}
            for purpose in wanted.get(interview.dispatch.reminder, ()):
                if purpose == "reminder_sms" and not invitation.application.candidate.mobile:
                    continue
                by_hand = invitation.messages.filter(purpose=purpose, message__reason="Stopped by hand.")
                there = invitation.messages.filter(
                    purpose=purpose,
                    interview_version=interview.version,
                    message__state__in=["waiting", "sent"],
                )
                ill_fated = invitation.messages.filter(
                    purpose=purpose,
                    message__in=self.refused | self.crashed,
                    message__state__in=["failed", "unknown"],
                )
                found = there.exists() or by_hand.exists() or ill_fated.exists()
                assert found, (purpose, interview.version)


class TestReminding:
    """One run of the machine for each example, each in a transaction of its own that is rolled back."""

    def test_machine(self, transactional_db: None) -> None:
        class InTransaction(Reminding):
            def __init__(self) -> None:
                super().__init__()
                self._atomic = transaction.atomic()
                self._atomic.__enter__()

            def teardown(self) -> None:
                transaction.set_rollback(True)
                self._atomic.__exit__(None, None, None)

        run_state_machine_as_test(
            InTransaction,
            settings=settings(
                max_examples=50,
                stateful_step_count=30,
                deadline=None,
                derandomize=True,
                suppress_health_check=list(HealthCheck),
            ),
        )

        # Or else the machine has shown nothing: reminders by each channel have left, and been left in doubt.
        wanted = {
            (f"reminder.{channel}", is_in_doubt) for channel in CHANNELS for is_in_doubt in (False, True)
        }
        assert wanted <= Reminding.seen.keys()


def test_the_database_itself_refuses_a_second_one(clock) -> None:
    make_organisation()
    project = make_project()
    letters = make_letters(reminder="email", reminder_days=2)
    send_invitations(project, [make_application(project)], letters=letters)
    about = InvitationMessage.objects.get(purpose="reminder_email")
    other = Message.objects.get(kind="invitation.interview_1")
    InvitationMessage.objects.filter(message=other).delete()

    with pytest.raises(IntegrityError), transaction.atomic():
        InvitationMessage.objects.create(
            message=other, invitation=about.invitation, purpose="reminder_email", interview_version=1
        )
