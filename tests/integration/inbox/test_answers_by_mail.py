"""From the invitation that leaves to the answer that comes back: SMTP out, IMAP in, nothing between faked."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import Settings

from samtale.core import clock as wall_clock
from samtale.core.models import AuditEntry
from samtale.inbox.models import IncomingMail
from samtale.interviews.domain.answer import Choice, answer
from samtale.interviews.domain.cancel import cancel_interview
from samtale.interviews.domain.reschedule import Telling, Terms, reschedule
from samtale.interviews.models import Invitation
from samtale.interviews.models.invitation import MeetingStatus
from samtale.outbox.models import Message
from samtale.recruiting.models import Application
from tests import calendar_answers
from tests.calendar_answers import calendar_in, event_in, organiser_of
from tests.dovecot_server import DOMAIN, USER, DovecotServer
from tests.factories.recruiting import make_application
from tests.integration.inbox.conftest import Invite, deliver, newest
from tests.mail_server import MailServer

pytestmark = pytest.mark.django_db

PROGRAMS = [calendar_answers.outlook, calendar_answers.gmail, calendar_answers.apple]


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def to_candidate(application: Application) -> list[str]:
    found = Message.objects.filter(recipient_address=application.candidate.email).order_by("pk")
    return list(found.values_list("kind", flat=True))


@pytest.fixture
def reply(dovecot: DovecotServer, read_mailbox: Callable[[], object]) -> Callable[..., None]:
    """Let a letter come in at the address that the invitation names, and be read."""

    def come_in(letter, content: bytes) -> None:
        dovecot.deliver(content, to=organiser_of(letter))
        read_mailbox()

    return come_in


def test_the_invitation_asks_for_an_answer(dovecot: DovecotServer, application: Application, invite: Invite):
    _invitation, letter = invite(application)

    kinds = [part.get_content_type() for part in letter.walk()]
    assert kinds == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "text/calendar",
    ]
    shown, file = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    assert shown.get_param("method") == file.get_param("method") == "REQUEST"
    assert shown.get_content_disposition() is None
    assert file.get_filename() == "invite.ics"
    assert shown.get_payload(decode=True) == file.get_payload(decode=True)
    assert calendar_in(letter)["METHOD"] == "REQUEST"
    attendee = event_in(letter)["ATTENDEE"]
    assert attendee == "mailto:ase@elsewhere.example"
    assert attendee.params["PARTSTAT"] == "NEEDS-ACTION"
    assert attendee.params["RSVP"] == "TRUE"
    local, _, domain = organiser_of(letter).partition("@")
    assert local.startswith(f"{USER}+")
    assert domain == DOMAIN
    assert len(local) <= 64


def test_without_a_mailbox_nothing_asks(application: Application, invite: Invite):
    _invitation, letter = invite(application)

    assert calendar_in(letter)["METHOD"] == "PUBLISH"
    assert "ATTENDEE" not in event_in(letter)
    assert [part.get_content_type() for part in letter.walk()].count("text/calendar") == 1


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize(
    ("said", "status"),
    [("ACCEPTED", MeetingStatus.ACCEPTED), ("DECLINED", MeetingStatus.NOT_ACCEPTED)],
)
def test_an_answer_counts(program, said, status, application, invite, reply, dovecot):
    invitation, letter = invite(application)

    reply(letter, program(letter, said, at=now(), comment="Gleder meg, men jeg bruker rullestol"))

    invitation.refresh_from_db()
    assert invitation.meeting_status == status
    assert invitation.wishes == "Gleder meg, men jeg bruker rullestol"
    assert dovecot.uids() == []  # all that it says is with us
    notice = Message.objects.get(kind="answer")
    assert "rullestol" in str(notice.content)


def test_what_is_written_in_outlook_is_the_candidates_message(application, invite, reply):
    invitation, letter = invite(application)

    reply(letter, calendar_answers.outlook(letter, "ACCEPTED", at=now(), text="Jeg kommer med toget"))

    invitation.refresh_from_db()
    assert invitation.wishes == "Jeg kommer med toget"


def test_what_gmail_writes_of_itself_is_not(application, invite, reply):
    invitation, letter = invite(application)

    reply(letter, calendar_answers.gmail(letter, "ACCEPTED", at=now()))

    invitation.refresh_from_db()
    assert (invitation.meeting_status, invitation.wishes) == (MeetingStatus.ACCEPTED, "")


def test_who_answers_does_not_matter_but_to_where(application, invite, reply, project):
    invitation, letter = invite(application)
    later = invitation.interview.start + timedelta(hours=2)
    other, other_letter = invite(make_application(project, email="other@elsewhere.example"), start=later)

    reply(letter, calendar_answers.gmail(letter, "ACCEPTED", at=now(), by="other@elsewhere.example"))

    invitation.refresh_from_db()
    other.refresh_from_db()
    assert invitation.meeting_status == MeetingStatus.ACCEPTED
    assert other.meeting_status == MeetingStatus.AWAITING
    assert organiser_of(letter) != organiser_of(other_letter)


def test_a_forged_address_reaches_nobody(application, invite, reply, dovecot):
    invitation, letter = invite(application)
    true = organiser_of(letter)
    at = true.index("@") - 1
    forged = true[:at] + ("a" if true[at] != "a" else "b") + true[at + 1 :]

    content = calendar_answers.gmail(letter, "DECLINED", at=now()).replace(true.encode(), forged.encode())
    dovecot.deliver(content, to=forged)
    reply(letter, b"Subject: nothing\r\n\r\nnothing\r\n")

    invitation.refresh_from_db()
    assert invitation.meeting_status == MeetingStatus.AWAITING
    assert len(dovecot.uids()) == 2


def test_a_link_that_was_revoked_takes_its_address_along(application, invite, reply):
    invitation, letter = invite(application)
    Invitation.objects.update(link_version=2)

    reply(letter, calendar_answers.apple(letter, "ACCEPTED", at=now()))

    invitation.refresh_from_db()
    assert invitation.meeting_status == MeetingStatus.AWAITING


def test_an_address_of_a_former_key_holds(application, invite, reply, settings: Settings):
    invitation, letter = invite(application)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new one" * 6

    reply(letter, calendar_answers.apple(letter, "ACCEPTED", at=now()))

    invitation.refresh_from_db()
    assert invitation.meeting_status == MeetingStatus.ACCEPTED


def test_an_address_in_capitals_is_the_same(application, invite, dovecot, read_mailbox):
    invitation, letter = invite(application)
    content = calendar_answers.apple(letter, "ACCEPTED", at=now())

    dovecot.deliver(
        content.replace(organiser_of(letter).encode(), organiser_of(letter).upper().encode()),
        to=f"{USER}@{DOMAIN}",
    )
    read_mailbox()

    invitation.refresh_from_db()
    assert invitation.meeting_status == MeetingStatus.ACCEPTED


def test_another_time_is_proposed(application, invite, reply):
    invitation, letter = invite(application)
    start = datetime(2027, 1, 12, 13, 30, tzinfo=UTC)

    reply(
        letter, calendar_answers.outlook_counter(letter, start=start, at=now(), comment="Jeg er på kurs da")
    )

    invitation.refresh_from_db()
    assert invitation.meeting_status == MeetingStatus.NEW_TIME
    assert invitation.wishes == "Foreslår tirsdag 12. januar 2027 kl. 14:30.\nJeg er på kurs da"


def test_a_proposed_time_says_whose_it_is(application, invite, reply):
    application.candidate.time_zone = "Europe/London"
    application.candidate.save()
    invitation, letter = invite(application)

    start = datetime(2027, 1, 12, 13, 30, tzinfo=UTC)
    reply(letter, calendar_answers.outlook_counter(letter, start=start, at=now()))

    invitation.refresh_from_db()
    assert invitation.wishes == "Foreslår tirsdag 12. januar 2027 kl. 14:30 norsk tid (13:30 London-tid)."


def test_maybe_is_answered_with_a_question(application, invite, reply):
    invitation, letter = invite(application)

    reply(letter, calendar_answers.gmail(letter, "TENTATIVE", at=now()))

    invitation.refresh_from_db()
    assert invitation.meeting_status == MeetingStatus.AWAITING
    assert to_candidate(application)[-1] == "answer.not_taken"
    entry = AuditEntry.objects.get(verb="mail_answer_not_taken")
    assert (entry.data["said"], entry.data["reason"]) == ("TENTATIVE", "undecided")


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


def test_what_was_said_on_the_page_stays(application, invite, reply):
    invitation, letter = invite(application)
    answer(
        invitation=invitation,
        seen_version=1,
        choice=Choice.NEW_TIME,
        wishes="Helst en mandag",
        now=now() - timedelta(minutes=5),
    )

    reply(letter, calendar_answers.apple(letter, "ACCEPTED", at=now()))

    invitation.refresh_from_db()
    assert (invitation.meeting_status, invitation.wishes) == (MeetingStatus.ACCEPTED, "Helst en mandag")


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


def test_a_letter_in_words_is_left_for_a_person(application, invite, reply, dovecot):
    invitation, letter = invite(application)

    reply(letter, calendar_answers.ordinary(letter, text="Hei, kan jeg få parkering?", at=now()))
    reply(letter, calendar_answers.ordinary(letter, text="Jeg er på ferie", at=now(), is_automatic=True))

    invitation.refresh_from_db()
    assert invitation.meeting_status == MeetingStatus.AWAITING
    assert len(dovecot.unread()) == 2
    assert AuditEntry.objects.filter(verb="candidate_wrote").count() == 1


def test_who_answers_over_and_over_is_not_followed_for_ever(application, invite, dovecot, read_mailbox):
    _invitation, letter = invite(application)
    for number in range(25):
        said = "ACCEPTED" if number % 2 else "DECLINED"
        at = now() - timedelta(seconds=60 - number)
        dovecot.deliver(calendar_answers.gmail(letter, said, at=at), to=organiser_of(letter))

    read_mailbox()

    assert Message.objects.filter(kind="answer").count() == 20
    assert len(dovecot.uids()) == 5


def test_a_reminder_keeps_what_the_calendar_knows(application, invite, reply, smtp_server, project):
    from samtale.interviews.domain.ical import mailed_calendar

    invitation, letter = invite(application)
    reply(letter, calendar_answers.apple(letter, "ACCEPTED", at=now()))
    invitation.refresh_from_db()

    content, method = mailed_calendar(invitation, now=now(), organisation=None, language="nb")

    assert method == "REQUEST"
    assert b"PARTSTAT=ACCEPTED" in content
