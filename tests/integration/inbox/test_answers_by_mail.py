"""From the invitation that leaves to the answer that comes back: SMTP out, IMAP in, nothing between faked."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation
from pytest_django import Settings

from samtale.core.audit import sentence_for
from samtale.core.models import AuditEntry
from samtale.interviews.models import Invitation
from samtale.interviews.models.invitation import MeetingStatus
from samtale.outbox.models import Message
from samtale.recruiting.models import Application
from tests import calendar_answers
from tests.calendar_answers import calendar_in, event_in, organiser_of
from tests.dovecot_server import DOMAIN, USER, DovecotServer
from tests.factories.recruiting import make_application
from tests.integration.inbox.conftest import Invite, now, to_candidate

pytestmark = pytest.mark.django_db

PROGRAMS = [calendar_answers.outlook, calendar_answers.gmail, calendar_answers.apple]


def describe_all(application: Application) -> str:
    with translation.override("nb"):
        return "\n".join(sentence_for(entry) for entry in AuditEntry.objects.order_by("pk"))


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
    assert invitation.wishes == "Foreslår tirsdag 12. januar 2027 kl. 14:30 norsk tid.\nJeg er på kurs da"


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


def test_another_candidates_address_in_copy_does_not_answer_for_them(
    application, invite, dovecot, read_mailbox, project
):
    invitation, letter = invite(application)
    later = invitation.interview.start + timedelta(hours=2)
    other, other_letter = invite(make_application(project, email="other@elsewhere.example"), start=later)
    content = calendar_answers.gmail(letter, "DECLINED", at=now())

    dovecot.deliver(f"Cc: {organiser_of(other_letter)}\r\n".encode() + content, to=organiser_of(letter))
    read_mailbox()

    invitation.refresh_from_db()
    other.refresh_from_db()
    assert invitation.meeting_status == MeetingStatus.NOT_ACCEPTED
    assert other.meeting_status == MeetingStatus.AWAITING


def test_an_answer_that_nobody_can_read_is_said_and_kept(application, invite, reply, dovecot):
    _invitation, letter = invite(application)
    content = calendar_answers.gmail(letter, "ACCEPTED", at=now()).replace(
        b"text/calendar", b"application/ms-tnef"
    )

    reply(
        letter,
        content.replace(b"application/ics", b"application/ms-tnef").replace(b"invite.ics", b"winmail.dat"),
    )

    assert len(dovecot.unread()) == 1
    assert to_candidate(application)[-1] == "answer.not_taken"
    told = Message.objects.get(kind="answer.not_taken")
    assert "har ikke kunnet lese det" in str(told.content)
    page = describe_all(application)
    assert (
        "Svarte fra e-post eller kalender, men svaret kunne ikke leses; e-posten ligger i postkassen" in page
    )


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ("DTSTART;TZID=Customized Time Zone:20270112T143000", "Foreslår tirsdag 12. januar 2027 kl. 14:30."),
        ("DTSTART:20270112T143000", "Foreslår tirsdag 12. januar 2027 kl. 14:30."),
        ("DTSTART;VALUE=DATE:20270112", "Foreslår tirsdag 12. januar 2027."),
        ("DTSTART:99991231T235900Z", ""),
    ],
)
def test_a_time_is_proposed_on_a_clock_that_nobody_knows(start, said, application, invite, reply):
    invitation, letter = invite(application)
    content = calendar_answers.outlook_counter(
        letter, start=datetime(2027, 1, 12, 13, 30, tzinfo=UTC), at=now()
    )
    with_another = calendar_answers.with_lines(content, DTSTART=start)

    reply(letter, with_another)

    invitation.refresh_from_db()
    assert (invitation.meeting_status, invitation.wishes) == (MeetingStatus.NEW_TIME, said)


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
