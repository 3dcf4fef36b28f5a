"""Which of several answers counts, and of which version of the interview, by a real mailbox."""

from datetime import timedelta

import pytest

from samtale.core import clock as wall_clock
from samtale.core.models import AuditEntry
from samtale.inbox.models import IncomingMail
from samtale.interviews.domain.answer import Choice, answer
from samtale.interviews.domain.cancel import cancel_interview
from samtale.interviews.domain.change import change_invitation
from samtale.interviews.domain.reschedule import Telling, Terms, reschedule
from samtale.interviews.domain.seen import Seen
from samtale.interviews.models import Invitation
from samtale.interviews.models.invitation import MeetingStatus
from samtale.outbox.models import Message
from tests import calendar_answers
from tests.calendar_answers import calendar_in, event_in, organiser_of
from tests.integration.inbox.conftest import deliver, newest, now, to_candidate
from tests.mail_server import MailServer

pytestmark = pytest.mark.django_db

PROGRAMS = [calendar_answers.outlook, calendar_answers.gmail, calendar_answers.apple]


def move(invitation: Invitation, by, *, tells: bool, **terms) -> None:
    interview = invitation.interview
    interview.refresh_from_db()
    old = Terms.of(interview)
    new = Terms(**{name: terms.get(name, getattr(old, name)) for name in old.__dataclass_fields__})
    telling = Telling(frozenset([invitation.pk])) if tells else Telling()
    reschedule(
        interview=interview,
        seen_version=interview.version,
        to=new,
        telling=telling,
        by=by,
        now=wall_clock.now(),
    )


def test_an_answer_to_the_old_time_does_not_count_and_one_to_the_new_does(
    application, invite, reply, project, smtp_server: MailServer
):
    invitation, letter = invite(application)
    move(invitation, project.owner, tells=True, start=invitation.interview.start + timedelta(hours=2))

    reply(letter, calendar_answers.outlook(letter, "ACCEPTED", at=now()))

    invitation.refresh_from_db()
    assert invitation.meeting_status == MeetingStatus.AWAITING
    assert "answer.not_taken" in to_candidate(application)

    deliver()
    moved = [
        each.message
        for each in smtp_server.received
        if any(part.get_content_type() == "text/calendar" for part in each.message.walk())
    ][-1]
    assert event_in(moved)["SEQUENCE"] == 2
    reply(moved, calendar_answers.outlook(moved, "ACCEPTED", at=now()))
    invitation.refresh_from_db()
    assert invitation.meeting_status == MeetingStatus.ACCEPTED


def test_who_else_attends_changes_nothing_for_the_candidate(application, invite, reply, project):
    from tests.factories.accounts import make_user

    invitation, letter = invite(application)
    move(invitation, project.owner, tells=False, interviewers=(project.owner, make_user()))

    reply(letter, calendar_answers.outlook(letter, "ACCEPTED", at=now()))

    invitation.refresh_from_db()
    assert invitation.meeting_status == MeetingStatus.ACCEPTED


def test_a_newer_answer_on_the_page_stands(application, invite, reply):
    invitation, letter = invite(application)
    said_at = now() - timedelta(minutes=10)
    answer(invitation=invitation, seen_version=1, choice=Choice.COMING, wishes="", now=now())

    reply(letter, calendar_answers.apple(letter, "DECLINED", at=said_at))

    invitation.refresh_from_db()
    assert invitation.meeting_status == MeetingStatus.ACCEPTED
    assert AuditEntry.objects.get(verb="mail_answer_not_taken").data["reason"] == "since"
    assert to_candidate(application)[-1] == "answer.not_taken"


def test_an_older_answer_by_mail_never_undoes_a_newer(application, invite, reply):
    invitation, letter = invite(application)
    later = calendar_answers.gmail(letter, "DECLINED", at=now())
    earlier = calendar_answers.gmail(letter, "ACCEPTED", at=now() - timedelta(minutes=1))

    reply(letter, later)
    reply(letter, earlier)

    invitation.refresh_from_db()
    assert invitation.meeting_status == MeetingStatus.NOT_ACCEPTED


def test_of_two_answers_the_last_counts(application, invite, reply, dovecot):
    invitation, letter = invite(application)
    dovecot.deliver(
        calendar_answers.gmail(letter, "ACCEPTED", at=now() - timedelta(seconds=20)), to=organiser_of(letter)
    )

    reply(letter, calendar_answers.gmail(letter, "DECLINED", at=now() - timedelta(seconds=5)))

    invitation.refresh_from_db()
    assert invitation.meeting_status == MeetingStatus.NOT_ACCEPTED


@pytest.mark.parametrize(("before", "kept"), [(Choice.NOT_COMING, "Bruker rullestol"), (Choice.NEW_TIME, "")])
def test_what_was_said_before_stays_unless_it_was_of_another_time(before, kept, application, invite, reply):
    invitation, letter = invite(application)
    answer(
        invitation=invitation,
        seen_version=1,
        choice=before,
        wishes="Bruker rullestol",
        now=now() - timedelta(minutes=5),
    )

    reply(letter, calendar_answers.apple(letter, "ACCEPTED", at=now()))

    invitation.refresh_from_db()
    assert (invitation.meeting_status, invitation.wishes) == (MeetingStatus.ACCEPTED, kept)
    first, second = Message.objects.filter(kind="answer").order_by("pk")
    assert "rullestol" in str(first.content)
    assert "rullestol" not in str(second.content)  # it was not said with this answer


def test_what_a_recruiter_has_set_since_stands(application, invite, reply, project):
    invitation, letter = invite(application)
    change_invitation(
        invitation=invitation,
        meeting_status=MeetingStatus.NOT_ACCEPTED,
        seen=Seen.of(invitation),
        tells_candidates=False,
        by=project.owner,
        now=wall_clock.now(),
    )

    reply(letter, calendar_answers.apple(letter, "ACCEPTED", at=now() - timedelta(minutes=30)))
    invitation.refresh_from_db()
    assert invitation.meeting_status == MeetingStatus.NOT_ACCEPTED

    reply(letter, calendar_answers.apple(letter, "ACCEPTED", at=now() + timedelta(seconds=2)))
    invitation.refresh_from_db()
    assert invitation.meeting_status == MeetingStatus.ACCEPTED


def test_an_answer_in_the_same_second_is_not_older(application, invite, reply):
    invitation, letter = invite(application)
    at = now() - timedelta(minutes=1)
    answer(
        invitation=invitation,
        seen_version=1,
        choice=Choice.NOT_COMING,
        now=at + timedelta(microseconds=900_000),
    )

    reply(letter, calendar_answers.gmail(letter, "ACCEPTED", at=at))

    invitation.refresh_from_db()
    assert invitation.meeting_status == MeetingStatus.ACCEPTED


@pytest.mark.parametrize("is_moved", [False, True])
def test_a_program_that_says_neither_sequence_nor_time(is_moved, application, invite, reply, project):
    invitation, letter = invite(application)
    content = calendar_answers.gmail(letter, "ACCEPTED", at=now())
    if is_moved:
        move(invitation, project.owner, tells=False, start=invitation.interview.start + timedelta(hours=2))

    reply(letter, calendar_answers.with_lines(content, SEQUENCE="", DTSTART=""))

    invitation.refresh_from_db()
    assert invitation.meeting_status == (MeetingStatus.AWAITING if is_moved else MeetingStatus.ACCEPTED)


def test_the_same_letter_twice_counts_once(application, invite, reply):
    _invitation, letter = invite(application)
    content = calendar_answers.gmail(letter, "TENTATIVE", at=now())

    reply(letter, content)
    reply(letter, content)

    assert to_candidate(application).count("answer.not_taken") == 1
    assert IncomingMail.objects.count() == 1


def test_cancelled_is_said_to_the_calendar_and_a_late_yes_is_told(
    application, invite, reply, project, smtp_server: MailServer
):
    invitation, letter = invite(application)
    interview = invitation.interview
    cancel_interview(
        interview=interview,
        seen_version=interview.version,
        tells_candidates=True,
        by=project.owner,
        now=wall_clock.now(),
    )
    deliver()
    off = newest(smtp_server, application)
    assert calendar_in(off)["METHOD"] == "CANCEL"
    assert (event_in(off)["STATUS"], event_in(off)["SEQUENCE"]) == ("CANCELLED", 1)
    assert organiser_of(off) == organiser_of(letter)

    reply(letter, calendar_answers.gmail(letter, "DECLINED", at=now()))
    assert "answer.not_taken" not in to_candidate(application)
    reply(letter, calendar_answers.gmail(letter, "ACCEPTED", at=now()))
    assert to_candidate(application).count("answer.not_taken") == 1


def test_a_reminder_keeps_what_the_calendar_knows(application, invite, reply, smtp_server, project):
    from samtale.interviews.domain.ical import mailed_calendar

    invitation, letter = invite(application)
    reply(letter, calendar_answers.apple(letter, "ACCEPTED", at=now()))
    invitation.refresh_from_db()

    content, method = mailed_calendar(invitation, now=now(), organisation=None, language="nb")

    assert method == "REQUEST"
    assert b"PARTSTAT=ACCEPTED" in content
