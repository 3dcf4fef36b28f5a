"""A candidate is corrected while their letters leave, or are written; on real connections."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from samtale.core import clock as wall_clock
from samtale.interviews.domain.answer import AnsweredAnotherTime, Choice, answer
from samtale.interviews.domain.change import ChangedMeanwhile, change_invitation
from samtale.interviews.domain.seen import Seen
from samtale.interviews.models import Invitation
from samtale.outbox.domain.claims import begin, claim
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from samtale.recruiting.domain.apply import update_candidate
from samtale.recruiting.models import Candidate
from tests.at_once import at_once
from tests.factories.accounts import make_organisation, make_user
from tests.factories.interviews import make_letters, send_invitations
from tests.factories.recruiting import make_application, make_project

pytestmark = pytest.mark.django_db(transaction=True)
LATER = datetime(2026, 3, 18, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def correct(candidate: Candidate, *, mobile: str | None = None) -> list[Message]:
    return update_candidate(
        candidate=candidate,
        first_name=candidate.first_name,
        last_name=candidate.last_name,
        email=f"new-{candidate.pk}@example.org",
        mobile=str(candidate.mobile) if mobile is None else mobile,
        language=candidate.language,
        address="",
        by="system",
        now=wall_clock.now(),
    )


def test_a_letter_leaves_for_the_new_address_or_for_the_old_and_is_named(clock):
    project, now = make_project(), wall_clock.now()
    applications = [make_application(project) for _ in range(30)]
    send_invitations(project, applications)
    begun: dict[int, str] = {}
    named: set[int] = set()

    def send() -> None:
        while batch := claim(now=now, owner="a", limit=3, channel="email"):
            for message in batch:
                if begin(message, owner="a", now=now):
                    begun[message.pk] = message.recipient_address

    def correct_all() -> None:
        for application in reversed(applications):
            named.update(message.pk for message in correct(application.candidate))

    at_once([send, correct_all])
    send()

    assert set(begun) == set(Message.objects.values_list("pk", flat=True))
    assert begun == dict(Message.objects.filter(state=State.SENDING).values_list("pk", "recipient_address"))
    assert {pk for pk, address in begun.items() if not address.startswith("new-")} == named


def test_letters_written_at_that_moment_go_to_the_new_address(clock):
    make_organisation()
    project, now = make_project(), wall_clock.now()
    applications = [make_application(project) for _ in range(8)]
    send_invitations(project, applications[:4])
    invitations = list(Invitation.objects.select_related("interview").order_by("pk"))

    def move() -> None:
        for number, invitation in enumerate(invitations):
            change_invitation(
                invitation=invitation,
                seen=Seen.of(invitation),
                meeting_status="awaiting",
                start=LATER + number * HOUR,
                by=project.owner,
                now=now,
            )

    def invite() -> None:
        for number, application in enumerate(applications[4:]):
            send_invitations(project, [application], start=LATER + (number + 5) * HOUR)

    def correct_all() -> None:
        for candidate in Candidate.objects.order_by("-pk"):
            correct(candidate)

    at_once([move, invite, correct_all])

    waiting = Message.objects.filter(state="waiting")
    assert waiting.count() == 8
    assert all(message.recipient_address.startswith("new-") for message in waiting)


def test_corrections_answers_and_moves_of_the_same_interviews_all_come_through(clock):
    make_organisation()
    project, now = make_project(owner=make_user(may_send_sms=True)), wall_clock.now()
    applications = [make_application(project, mobile="") for _ in range(6)]
    send_invitations(project, applications, letters=make_letters(reminder="both", reminder_days=2))
    invitations = list(Invitation.objects.select_related("interview").order_by("pk"))

    def correct_all() -> None:
        for application in applications:
            correct(application.candidate, mobile="+4799999999")

    def decline() -> None:
        for invitation in invitations:
            with suppress(AnsweredAnotherTime):
                answer(invitation=invitation, seen_version=1, choice=Choice.NOT_COMING, now=now)

    def move() -> None:
        for number, invitation in enumerate(invitations):
            with suppress(ChangedMeanwhile):
                change_invitation(
                    invitation=invitation,
                    seen=Seen.of(invitation),
                    meeting_status="accepted",
                    start=LATER + number * HOUR,
                    tells_candidates=True,
                    by=project.owner,
                    now=now,
                )

    at_once([correct_all, decline, move])

    to_candidates = Message.objects.filter(state="waiting").exclude(kind="answer")
    assert to_candidates.filter(channel="email").count() >= 6
    for message in to_candidates:
        assert message.recipient_address.startswith(("new-", "+4799999999"))
