"""Letters tell the time on the clock of the place and, beside it, on that of whoever reads them."""

import uuid
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from samtale.accounts.zones import clock_time
from samtale.core import clock as wall_clock
from samtale.core.models import AuditEntry
from samtale.interviews.domain.answer import Choice, answer
from samtale.interviews.domain.cancel import cancel_interview
from samtale.interviews.domain.remind_to_answer import remind_to_answer
from samtale.interviews.domain.reschedule import Telling, Terms, reschedule
from samtale.interviews.models import Interview, Invitation
from samtale.interviews.tags import date_and_time
from samtale.outbox import kinds
from samtale.outbox.domain.edit import Words, edit, stamp
from samtale.outbox.domain.preview import as_text
from samtale.outbox.models import Message
from samtale.outbox.transports.sms.segments import count
from samtale.recruiting.domain.anonymise import anonymise_candidate
from samtale.recruiting.domain.time_zone import UnknownTimeZone, choose_time_zone
from samtale.recruiting.models import Candidate
from samtale.web.candidate.appointment import Appointment
from tests.factories.accounts import make_organisation, make_user
from tests.factories.interviews import make_appointment, make_letters, send_invitations
from tests.factories.recruiting import make_application, make_project

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 16, 8, tzinfo=UTC)  # 09:00 in Oslo
BOTH = "09:00 norsk tid (08:00 London-tid)"


@pytest.fixture
def invitation(clock) -> Invitation:
    """One that waits to leave, with a reminder by e-mail and by SMS."""
    make_organisation()
    project = make_project(owner=make_user(may_send_sms=True, notify_of_answers=True))
    application = make_application(project, first_name="Amina", last_name="Hassan")
    letters = make_letters(reminder="both", reminder_days=2)
    send_invitations(project, [application], letters=letters, start=START)
    return Invitation.objects.select_related("interview__project__owner", "application__candidate").get()


def choose(zone: str) -> bool:
    candidate = Candidate.objects.get()
    return choose_time_zone(candidate=candidate, time_zone=zone, by=candidate.name, now=wall_clock.now())


def told(kind: str) -> list[str]:
    """Return what {interviewtime} says in the letters of a kind that are not taken back."""
    letters = Message.objects.filter(kind__startswith=kind).exclude(state="cancelled").order_by("pk")
    return [
        next(text for _kind, text, *tag in letter.content if tag == ["interviewtime"]) for letter in letters
    ]


def test_letters_that_wait_follow_the_choice_and_the_way_back(invitation):
    waiting = dict(Message.objects.values_list("pk", "state"))
    assert [told(kind) for kind in ("invitation.", "reminder.email", "reminder.sms")] == [["09:00"]] * 3
    assert choose("Europe/London")
    assert [told(kind) for kind in ("invitation.", "reminder.email", "reminder.sms")] == [[BOTH]] * 3
    sms = Message.objects.get(kind="reminder.sms")
    assert as_text(sms.content, addresses={}) == f"Husk intervju mandag 16. mars 2026 kl. {BOTH}"
    assert choose("")
    assert [told(kind) for kind in ("invitation.", "reminder.email", "reminder.sms")] == [["09:00"]] * 3
    assert dict(Message.objects.values_list("pk", "state")) == waiting


def test_what_has_left_stays_what_it_was(invitation):
    Message.objects.filter(kind__startswith="invitation.").update(state="sent")
    choose("Europe/London")
    assert (told("invitation."), told("reminder.sms")) == (["09:00"], [BOTH])


def test_the_same_choice_and_one_that_shows_the_same_write_nothing_anew(invitation):
    choose("Europe/Copenhagen")
    assert told("invitation.") == ["09:00"]
    assert not AuditEntry.objects.filter(verb="message.rewritten").exists()
    assert not choose("Europe/Copenhagen")
    assert AuditEntry.objects.filter(verb="candidate.time_zone_chosen").count() == 2


def test_words_written_by_hand_follow_with_their_tags(invitation):
    message = Message.objects.get(kind__startswith="invitation.")
    words = Words(subject="Kom {interviewtime}", content="Vi ses {interviewtime}. {confirmlink}")
    owner = invitation.interview.project.owner
    edit(message_id=message.pk, words=words, seen=stamp(message), by=owner, now=wall_clock.now())
    choose("Europe/London")
    message.refresh_from_db()
    assert message.subject == f"Kom {BOTH}"


def move(invitation: Invitation) -> None:
    interview = Interview.objects.select_related("project__owner").get()
    owner = interview.project.owner
    to = Terms(start=START + timedelta(days=13), duration=45, interviewers=(owner,), place="Rådhuset")
    telling = Telling(frozenset({invitation.pk}))
    reschedule(
        interview=interview,
        seen_version=interview.version,
        to=to,
        telling=telling,
        by=owner,
        now=wall_clock.now(),
    )


def test_news_of_a_move_tells_both_and_follows(invitation):
    Message.objects.filter(kind__startswith="invitation.").update(state="sent")
    choose("America/New_York")
    move(invitation)  # to the day on which Norway has put its clocks forward
    assert told("moved") == told("reminder.sms") == ["10:00 norsk tid (04:00 New York-tid)"]
    choose("Pacific/Auckland")
    assert told("moved") == told("reminder.email") == ["10:00 norsk tid (21:00 Auckland-tid)"]
    choose("")
    assert told("moved") == ["10:00"]


def test_another_date_is_named(invitation):
    choose("Pacific/Honolulu")
    assert told("invitation.") == ["09:00 norsk tid (søndag 15. mars 22:00 Honolulu-tid)"]
    Candidate.objects.update(language="en")
    choose("Asia/Kathmandu")
    assert told("invitation.") == ["09:00 Norwegian time (13:45 Kathmandu time)"]
    Candidate.objects.update(language="sv")
    choose("Pacific/Honolulu")
    assert told("invitation.") == ["09:00 norsk tid (söndag 15 mars 22:00 Honolulu-tid)"]


def test_a_time_that_clocks_show_twice_says_which_of_the_two(invitation):
    """Both are told in the same way to a candidate in New York on the night when clocks go back there."""
    interview = invitation.interview
    seen = []
    for hour in (5, 6, 7):
        Interview.objects.update(start=datetime(2027, 11, 7, hour, 30, tzinfo=UTC))
        choose("")
        choose("America/New_York")
        seen.append(told("invitation."))
    assert seen == [
        ["06:30 norsk tid (01:30 (UTC-4) New York-tid)"],
        ["07:30 norsk tid (01:30 (UTC-5) New York-tid)"],
        ["08:30 norsk tid (02:30 New York-tid)"],
    ]
    interview.start, interview.time_zone = datetime(2027, 11, 7, 5, 30, tzinfo=UTC), "America/New_York"
    values = date_and_time(interview, ZoneInfo("America/New_York"))
    assert values["interviewtime"] == "01:30 (UTC-4)"
    page = Appointment.of(interview, "Europe/London")
    assert page.hours == "01:30 (UTC-4)–01:15 (UTC-5)"


@pytest.mark.parametrize(
    ("zone", "moment", "words"),
    [
        ("Europe/London", "2026-10-25T00:30", "01:30 (UTC+1)"),
        ("Europe/London", "2026-10-25T01:30", "01:30 (UTC)"),
        ("Europe/London", "2026-10-25T02:30", "02:30"),
        ("America/St_Johns", "2026-11-01T04:00", "01:30 (UTC-2:30)"),
        ("Australia/Lord_Howe", "2026-04-04T14:45", "01:45 (UTC+11)"),
        ("Australia/Lord_Howe", "2026-04-04T15:15", "01:45 (UTC+10:30)"),
        ("America/New_York", "2027-03-14T07:30", "03:30"),
    ],
)
def test_offsets_are_written_where_a_time_comes_twice(zone, moment, words):
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert clock_time(at.astimezone(ZoneInfo(zone))) == words
    assert count(words).encoding == "GSM-7"


def test_cancellation_and_request_to_answer_follow(invitation):
    Message.objects.filter(kind__startswith="invitation.").update(state="sent")
    owner = invitation.interview.project.owner
    remind_to_answer(invitations=[invitation], send_key=uuid.uuid4(), by=owner, now=wall_clock.now())
    assert told("answer.reminder") == ["09:00"]
    choose("Europe/London")
    assert told("answer.reminder") == [BOTH]
    cancel_interview(
        interview=invitation.interview,
        seen_version=1,
        reason="",
        tells_candidates=True,
        by=owner,
        now=wall_clock.now(),
    )
    assert told("cancellation") == [BOTH]
    choose("Asia/Tokyo")
    assert told("cancellation") == ["09:00 norsk tid (17:00 Tokyo-tid)"]


def test_a_colleague_is_told_on_their_own_clock_and_not_the_candidates(invitation):
    choose("Asia/Tokyo")
    answer(invitation=invitation, seen_version=1, choice=Choice.COMING, now=wall_clock.now())
    assert told("answer") == ["09:00"]
    notice = Message.objects.get(kind="answer")
    values, _links = kinds.get("answer").vocabulary(notice)
    assert values["interviewtime"] == "09:00"
    owner = invitation.interview.project.owner
    owner.time_zone = "Europe/London"
    owner.save()
    answer(invitation=invitation, seen_version=1, choice=Choice.NOT_COMING, now=wall_clock.now())
    assert told("answer") == ["09:00", BOTH]
    values, _links = kinds.get("answer").vocabulary(Message.objects.get(kind="answer", pk__gt=notice.pk))
    assert values["interviewtime"] == BOTH


def test_each_interviewer_is_told_on_their_own_clock(clock):
    make_organisation()
    people = [
        make_user(first_name=name, time_zone=zone, language=language, notify_of_interviews=True)
        for name, zone, language in (
            ("Kari", "", "nb"),
            ("Per", "Europe/London", "nb"),
            ("Ann", "Europe/London", "en"),
            ("Bo", "Europe/Stockholm", "nb"),
        )
    ]
    project = make_project(owner=people[0])
    send_invitations(project, [make_application(project)], start=START, appointment=make_appointment(*people))
    assert told("interviewer.") == ["09:00", BOTH, "09:00 Norwegian time (08:00 London time)", "09:00"]


@pytest.mark.parametrize("zone", ["Mars/Base", "Europe", "../x", "A" * 65, "\0"])
def test_what_is_no_zone_is_refused(invitation, zone):
    with pytest.raises(UnknownTimeZone):
        choose(zone)
    assert Candidate.objects.get().time_zone == ""


def test_anonymising_forgets_it(invitation):
    choose("Europe/London")
    owner = invitation.interview.project.owner
    anonymise_candidate(candidate=invitation.application.candidate, by=owner, now=wall_clock.now())
    candidate = Candidate.objects.get()
    assert candidate.time_zone == ""
    assert "London" not in str(list(AuditEntry.objects.order_by("pk").values_list("data", flat=True)))
    assert not choose_time_zone(candidate=candidate, time_zone="Europe/London", by="x", now=wall_clock.now())
    assert Candidate.objects.get().time_zone == ""
