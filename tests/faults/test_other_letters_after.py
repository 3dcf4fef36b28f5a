"""Letters to interviewers, and requests to answer, raced against what makes them untrue."""

import random
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from samtale.accounts.models import User
from samtale.core import clock as wall_clock
from samtale.interviews.domain.answer import Choice, answer
from samtale.interviews.domain.cancel import cancel_interview
from samtale.interviews.domain.queries.leaving import left_meanwhile
from samtale.interviews.domain.remind_to_answer import remind_to_answer
from samtale.interviews.domain.reschedule import Terms, reschedule
from samtale.interviews.models import Interview, InterviewerMessage, Invitation
from samtale.outbox.domain.deliver import Courier
from samtale.outbox.domain.queries import leaving
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from samtale.recruiting.domain.progress import set_status
from tests.at_once import at_once
from tests.factories.accounts import make_organisation, make_user
from tests.factories.interviews import make_appointment, send_invitations
from tests.factories.recruiting import make_application, make_project
from tests.faults.test_nothing_leaves_after import LETTERS, ROUNDS, SEED, Way

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(400)]


def test_nothing_to_interviewers_leaves_after_a_change_that_makes_it_untrue():
    make_organisation(undo_seconds=0)
    chance = random.Random(SEED)
    fates: Counter[str] = Counter()
    for number in range(ROUNDS):
        fates += _to_interviewers(chance, TO_INTERVIEWERS[number % len(TO_INTERVIEWERS)])
    print(dict(fates))
    assert fates.total() == ROUNDS * LETTERS
    assert min(fates[fate] for fate in ("stopped", "before")) > 0


def _moved(interview: Interview, by: User) -> None:
    terms = replace(Terms.of(interview), start=interview.start + timedelta(days=30))
    reschedule(interview=interview, seen_version=1, to=terms, by=by, now=wall_clock.now())


def _without_them(interview: Interview, by: User) -> None:
    terms = replace(Terms.of(interview), interviewers=(by,))
    reschedule(interview=interview, seen_version=1, to=terms, by=by, now=wall_clock.now())


def _cancelled(interview: Interview, by: User) -> None:
    cancel_interview(interview=interview, seen_version=1, tells_candidates=False, by=by, now=wall_clock.now())


def _nobody_left(interview: Interview, by: User) -> None:
    application = interview.invitations.get().application
    set_status(applications=[application], status="rejected", by=by, now=wall_clock.now())


TO_INTERVIEWERS = [_moved, _without_them, _cancelled, _nobody_left]


def _to_interviewers(chance: random.Random, change: Callable[[Interview, User], None]) -> Counter[str]:
    project = make_project()
    attends = make_user(notify_of_interviews=True)
    now = wall_clock.now()
    send_invitations(
        project,
        [make_application(project) for _ in range(LETTERS)],
        appointment=make_appointment(attends),
        start=now + timedelta(days=9),
        now=now,
    )
    Message.objects.filter(kind__startswith="invitation.", state=State.WAITING).update(state=State.SENT)
    handed: dict[str, tuple[float, str]] = {}
    committed: dict[int, float] = {}
    left: set[int] = set()
    letters = list(InterviewerMessage.objects.filter(user=attends).select_related("message", "interview"))

    def deliver() -> None:
        courier = Courier(
            clock=wall_clock.now,
            transports={"email": lambda: Way(handed, chance)},
            owner=f"w{chance.random()}",
        )
        while courier.deliver_due(limit=3).handled:
            pass

    def change_all() -> None:
        for letter in letters:
            time.sleep(chance.random() * 0.006)
            since = wall_clock.now()
            change(letter.interview, project.owner)
            committed[letter.message_id] = time.monotonic()
            mine = Message.objects.filter(pk=letter.message_id)
            left.update(leaving.left_meanwhile(mine, since=since).values_list("pk", flat=True))

    at_once([deliver, change_all])
    fates: Counter[str] = Counter()
    for letter in letters:
        letter.message.refresh_from_db()
        at, address = handed.get(str(letter.message.public_id), (0.0, ""))
        followed = InterviewerMessage.objects.filter(
            interview=letter.interview, user=attends, message_id__gt=letter.message_id
        )
        if not address:
            assert letter.message.state in (State.CANCELLED, State.OUTDATED)
            fates["stopped"] += 1
        else:
            # What had left before, or was just leaving, is followed by what is true.
            assert at < committed[letter.message_id] or letter.message_id in left
            assert followed.exists()
            fates["before"] += 1
    return fates


def test_no_request_to_answer_leaves_after_the_answer():
    make_organisation(undo_seconds=0)
    chance = random.Random(SEED)
    fates: Counter[str] = Counter()
    for _ in range(ROUNDS):
        fates += _asked(chance)
    print(dict(fates))
    assert fates.total() == ROUNDS * LETTERS
    assert min(fates[fate] for fate in ("stopped", "before")) > 0


def _asked(chance: random.Random) -> Counter[str]:
    project = make_project()
    now = wall_clock.now()
    applications = [make_application(project) for _ in range(LETTERS)]
    send_invitations(project, applications, start=now + timedelta(days=9), now=now)
    Message.objects.filter(kind__startswith="invitation.", state=State.WAITING).update(state=State.SENT)
    invitations = list(Invitation.objects.filter(application__project=project).order_by("pk"))
    remind_to_answer(invitations=invitations, send_key=uuid.uuid4(), by=project.owner, now=now)
    handed: dict[str, tuple[float, str]] = {}
    committed: dict[int, float] = {}
    told: set[int] = set()

    def deliver() -> None:
        ways = {"email": lambda: Way(handed, chance)}
        courier = Courier(clock=wall_clock.now, transports=ways, owner=f"w{chance.random()}")
        while courier.deliver_due(limit=3).handled:
            pass

    def answer_all() -> None:
        for invitation in invitations:
            time.sleep(chance.random() * 0.006)
            since = wall_clock.now()
            answer(invitation=invitation, seen_version=1, choice=Choice.COMING, now=since)
            committed[invitation.pk] = time.monotonic()
            if left_meanwhile([invitation], since=since):
                told.add(invitation.pk)

    at_once([deliver, answer_all])
    fates: Counter[str] = Counter()
    for invitation in invitations:
        message = Message.objects.get(
            about_invitation__invitation=invitation, about_invitation__purpose="answer_reminder"
        )
        at, address = handed.get(str(message.public_id), (0.0, ""))
        if not address:
            assert message.state in (State.CANCELLED, State.OUTDATED)
            fates["stopped"] += 1
        elif invitation.pk in told:
            fates["told"] += 1
        else:
            assert at < committed[invitation.pk], "it left after the answer"
            fates["before"] += 1
    return fates
