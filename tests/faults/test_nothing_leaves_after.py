"""Changes raced against delivery: what they make untrue does not leave after them, unless that is told."""

import random
import time
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q

from samtale.accounts.domain.users import Rights, set_rights
from samtale.core import clock as wall_clock
from samtale.interviews.domain.answer import Choice, answer
from samtale.interviews.domain.cancel import cancel_interview, cancel_invitation
from samtale.interviews.domain.change import change_invitation
from samtale.interviews.domain.queries.leaving import left_meanwhile
from samtale.interviews.domain.reschedule import Terms, reschedule
from samtale.interviews.domain.seen import Seen
from samtale.interviews.domain.write import Mail, Words, write
from samtale.interviews.models import Interview, Invitation
from samtale.outbox.domain.queries import leaving
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from samtale.recruiting.domain import taken_rights
from samtale.recruiting.domain.anonymise import anonymise_candidate
from samtale.recruiting.domain.apply import update_candidate
from samtale.recruiting.domain.progress import set_status
from samtale.recruiting.domain.rejection_letters import rejections_of
from samtale.recruiting.models import Application
from tests.at_once import at_once
from tests.factories.accounts import make_administrator, make_organisation, make_user
from tests.factories.interviews import make_invitation, make_letters, send_invitations
from tests.factories.recruiting import make_application, make_project
from tests.factories.rejections import reject_applications
from tests.faults.races import deliver_all, race_each

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(400)]
SEED = 20261128
ROUNDS, LETTERS = 16, 6  # of each of eleven changes: 1,056 changes, each raced against delivery


class Race:
    """One round: invited candidates whose reminders and e-mails are due, a courier, a change for each."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.project = make_project(owner=make_user(may_send_sms=True))
        applications = [make_application(self.project) for _ in range(LETTERS)]
        letters = make_letters(reminder="both", reminder_days=1)
        now = wall_clock.now()
        send_invitations(self.project, applications, letters=letters, now=now, start=now + timedelta(days=9))
        # The invitations have left, and the reminders are due.
        Message.objects.filter(kind__startswith="invitation.", state=State.WAITING).update(state=State.SENT)
        self.invitations = list(
            Invitation.objects.filter(application__project=self.project)
            .select_related("interview__project__owner", "application__candidate")
            .order_by("pk")
        )
        write(
            send_key=uuid.uuid4(),
            invitations=self.invitations,
            mail=Mail({"nb": Words("Intervju", "{first-name}: {interviewdate}")}, "Kari", "kari@example.org"),
            by=self.project.owner,
            now=now,
        )
        due = Message.objects.filter(
            Q(kind__startswith="reminder.") | Q(kind="free.email"), created_by=self.project.owner
        )
        self.letters = list(due.order_by("pk"))
        mine = Message.objects.filter(pk__in=[message.pk for message in self.letters])
        mine.update(due_at=now, try_at=now, created_at=now)
        self.handed: dict[str, tuple[float, str]] = {}
        self.told_by_the_change: set[int] = set()

    def deliver(self) -> None:
        deliver_all(self.handed, self.chance)

    def run(self, change: "Change") -> Counter[str]:
        """Race, and return how many letters were stopped, had left before, and were told of."""
        committed: dict[int, float] = {}
        told: set[int] = set()

        def change_all() -> None:
            for invitation in self.invitations:
                time.sleep(self.chance.random() * _pause(change))
                since = wall_clock.now()
                affected = change(self, invitation)
                committed.update(dict.fromkeys(affected, time.monotonic()))
                told.update(self.told(change, invitation, since))

        at_once([self.deliver, change_all])
        fates: Counter[str] = Counter()
        for message in self.letters:
            old_address = message.recipient_address
            message.refresh_from_db()
            at, address = self.handed.get(str(message.public_id), (0.0, ""))
            after = committed.get(message.pk, float("inf"))
            if not address:
                fates["stopped"] += 1
                assert message.state in (State.CANCELLED, State.OUTDATED, State.WAITING)
            elif old_address not in address:
                fates["followed"] += 1
            elif message.pk in told:
                fates["told"] += 1
            else:
                fates["before"] += 1
                assert at < after, (
                    f"{message.kind} left {at - after:.4f} s after the change, and nobody was told"
                )
        return fates

    def told(self, change: "Change", invitation: Invitation, since: Any) -> set[int]:
        if change in (anonymise, correct):
            return self.told_by_the_change
        if change is take_rights:
            letters = list(taken_rights.left_meanwhile(self.project.owner, since=since))
        else:
            letters = left_meanwhile([invitation], since=since)
        return {letter.pk for letter in letters}


Change = Callable[[Race, Invitation], set[int]]


def reminders_of(invitation: Invitation) -> set[int]:
    return set(
        invitation.messages.filter(purpose__startswith="reminder").values_list("message_id", flat=True)
    )


def letters_of(invitation: Invitation) -> set[int]:
    """Return the reminders, and the e-mail in the recruiter's words, which speaks of the interview."""
    free = invitation.messages.filter(purpose="free").values_list("message_id", flat=True)
    return reminders_of(invitation) | set(free)


def by_answer(choice: Choice) -> Change:
    def change(race: Race, invitation: Invitation) -> set[int]:
        # Whoever withdraws is off; any other answer leaves the letter true.
        affected = (letters_of if choice == Choice.WITHDRAW else reminders_of)(invitation)
        answer(invitation=invitation, seen_version=1, choice=choice, now=wall_clock.now())
        return affected

    return change


def cancel(race: Race, invitation: Invitation) -> set[int]:
    affected = letters_of(invitation)
    cancel_interview(
        interview=invitation.interview,
        seen_version=1,
        tells_candidates=False,
        by=race.project.owner,
        now=wall_clock.now(),
    )
    return affected


def move(race: Race, invitation: Invitation) -> set[int]:
    # The e-mail follows: it says the new time.
    affected = reminders_of(invitation)
    change_invitation(
        invitation=invitation,
        seen=Seen.of(invitation),
        meeting_status=invitation.meeting_status,
        start=invitation.interview.start + timedelta(days=1),
        by=race.project.owner,
        now=wall_clock.now(),
    )
    return affected


def move_elsewhere(race: Race, invitation: Invitation) -> set[int]:
    """Another length and place at the same time: what waits says another thing from then on."""
    affected = reminders_of(invitation)
    interview = Interview.objects.get(pk=invitation.interview_id)
    reschedule(
        interview=interview,
        seen_version=1,
        to=replace(Terms.of(interview), duration=40, place="Storgata 5"),
        by=race.project.owner,
        now=wall_clock.now(),
    )
    return affected


def cancel_one(race: Race, invitation: Invitation) -> set[int]:
    """One of two leaves; the other, who is not in the race, goes on."""
    affected = letters_of(invitation)
    make_invitation(invitation.interview)
    cancel_invitation(
        invitation=invitation,
        seen_version=1,
        tells_candidates=False,
        by=race.project.owner,
        now=wall_clock.now(),
    )
    assert Interview.objects.get(pk=invitation.interview_id).state == Interview.State.PLANNED
    return affected


def withdraw_by_recruiter(race: Race, invitation: Invitation) -> set[int]:
    affected = letters_of(invitation)
    set_status(
        applications=[invitation.application],
        status=Application.Status.WITHDRAWN,
        by=race.project.owner,
        now=wall_clock.now(),
    )
    return affected


def take_rights(race: Race, invitation: Invitation) -> set[int]:
    """The first time only: a right is taken away once."""
    owner = race.project.owner
    if invitation != race.invitations[LETTERS // 2]:
        return set()
    affected = {pk for each in race.invitations for pk in letters_of(each)}
    set_rights(
        user=owner,
        rights=Rights(may_send_email=False, may_send_sms=False),
        by="test",
        now=wall_clock.now(),
    )
    return affected


def anonymise(race: Race, invitation: Invitation) -> set[int]:
    affected = letters_of(invitation)
    candidate = invitation.application.candidate
    leaving = anonymise_candidate(candidate=candidate, by=race.project.owner, now=wall_clock.now())
    race.told_by_the_change |= {letter.pk for letter in leaving}
    return affected


def correct(race: Race, invitation: Invitation) -> set[int]:
    """Letters that wait follow to the new address; none goes to the old one any more."""
    affected = letters_of(invitation)
    candidate = invitation.application.candidate
    left_behind = update_candidate(
        candidate=candidate,
        first_name=candidate.first_name,
        last_name=candidate.last_name,
        email=f"moved-{candidate.pk}@example.net",
        mobile="+4741111111",
        language=candidate.language,
        address="",
        by=race.project.owner,
        now=wall_clock.now(),
    )
    race.told_by_the_change |= {letter.pk for letter in left_behind}
    return affected


CHANGES: dict[str, Change] = {
    "cancel": cancel,
    "move": move,
    "move elsewhere": move_elsewhere,
    "cancel one": cancel_one,
    "decline": by_answer(Choice.NOT_COMING),
    "new time": by_answer(Choice.NEW_TIME),
    "withdraw": by_answer(Choice.WITHDRAW),
    "withdrawn by a recruiter": withdraw_by_recruiter,
    "right taken away": take_rights,
    "anonymise": anonymise,
    "correct address": correct,
}


def _pause(change: Change) -> float:
    """Return how long at most to wait before a change, so that both orders occur: on SQLite one that takes
    long keeps the courier from beginning."""
    if connection.vendor == "sqlite":
        return {anonymise: 0.03, correct: 0.015}.get(change, 0.006)
    return 0.0 if change is anonymise else 0.006


def test_nothing_leaves_after_a_change_unless_whoever_made_it_is_told():
    make_organisation()
    make_administrator()
    chance = random.Random(SEED)
    seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for _ in range(ROUNDS):
        for name, change in CHANGES.items():
            seen[name] += Race(chance.randrange(10**9)).run(change)

    for name, fates in seen.items():
        print(f"{name}: {dict(fates)}")
    total = sum(seen.values(), Counter())
    assert total.total() == ROUNDS * len(CHANGES) * LETTERS * 3
    assert ROUNDS * len(CHANGES) * LETTERS >= 1_000
    # Each change has stopped something, and both orders and what lies between them have happened.
    for name, fates in seen.items():
        assert fates["followed" if name == "correct address" else "stopped"] > 0, name
    assert min(total[fate] for fate in ("stopped", "followed", "before", "told")) > 0


def test_no_rejection_leaves_after_the_application_is_taken_up_again():
    make_organisation(undo_seconds=0)
    chance = random.Random(SEED)
    fates: Counter[str] = Counter()
    for _ in range(ROUNDS):
        fates += _reopened(chance)
    print(dict(fates))
    assert fates.total() == ROUNDS * LETTERS
    assert min(fates[fate] for fate in ("stopped", "before")) > 0


def _reopened(chance: random.Random) -> Counter[str]:
    project = make_project()
    applications = [make_application(project) for _ in range(LETTERS)]
    reject_applications(project, applications)
    return race_each(
        applications,
        change=lambda application, now: set_status(
            applications=[application], status="under_review", by=project.owner, now=now
        ),
        is_told=lambda application, since: leaving.left_meanwhile(
            rejections_of([application.pk]), since=since
        ).exists(),
        letter_of=lambda application: Message.objects.get(correspondence__application=application),
        chance=chance,
    )
