"""Letters to interviewers, and requests to answer, raced against what makes them untrue."""

import random
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db.models import QuerySet

from samtale.accounts.models import User
from samtale.core import clock as wall_clock
from samtale.interviews.domain.answer import Choice, answer
from samtale.interviews.domain.cancel import cancel_interview
from samtale.interviews.domain.queries.leaving import left_meanwhile
from samtale.interviews.domain.remind_to_answer import remind_to_answer
from samtale.interviews.domain.reschedule import Terms, reschedule
from samtale.interviews.models import Interview, InterviewerMessage, Invitation
from samtale.outbox.domain.queries import leaving
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from samtale.recruiting.domain.progress import set_status
from tests.factories.accounts import make_organisation, make_user
from tests.factories.interviews import make_appointment, send_invitations
from tests.factories.recruiting import make_application, make_project
from tests.faults.races import race_each
from tests.faults.test_nothing_leaves_after import LETTERS, ROUNDS, SEED

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
    letters = list(InterviewerMessage.objects.filter(user=attends).select_related("message", "interview"))
    fates = race_each(
        letters,
        change=lambda letter, now: change(letter.interview, project.owner),
        is_told=lambda letter, since: leaving.left_meanwhile(_message(letter), since=since).exists(),
        letter_of=lambda letter: _message(letter).get(),
        chance=chance,
    )
    # What had left before, or was just leaving, is followed by what is true.
    for letter in letters:
        after = InterviewerMessage.objects.filter(
            interview=letter.interview, user=attends, message_id__gt=letter.message_id
        )
        assert after.exists() or _message(letter).get().state in (State.CANCELLED, State.OUTDATED)
    return fates


def _message(letter: InterviewerMessage) -> QuerySet[Message]:
    return Message.objects.filter(pk=letter.message_id)


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
    return race_each(
        invitations,
        change=lambda invitation, now: answer(
            invitation=invitation, seen_version=1, choice=Choice.COMING, now=now
        ),
        is_told=lambda invitation, since: bool(left_meanwhile([invitation], since=since)),
        letter_of=lambda invitation: Message.objects.get(
            about_invitation__invitation=invitation, about_invitation__purpose="answer_reminder"
        ),
        chance=chance,
    )
