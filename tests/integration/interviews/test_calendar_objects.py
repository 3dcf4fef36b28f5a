"""Programs that know nothing of each other read every calendar object, each as the database has it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from django.utils import translation

import samtale
from samtale.accounts.models import Organisation
from samtale.core import clock as wall_clock
from samtale.interviews.domain.cancel import cancel_interview
from samtale.interviews.domain.ical import calendar, mailed_calendar
from samtale.interviews.domain.interviewer_ical import interviewer_calendar
from samtale.interviews.domain.published_ical import Writer
from samtale.interviews.domain.queries.published import published_to
from samtale.interviews.domain.reply_address import reply_address
from samtale.interviews.domain.tokens import answer_address
from samtale.interviews.models import Interview, Invitation, Room
from samtale.outbox import kinds
from samtale.outbox.models import Message
from tests.calendar_readers import Person, Reader
from tests.factories.accounts import make_department, make_organisation, make_user
from tests.factories.interviews import make_invitation, send_invitations
from tests.factories.recruiting import make_application, make_project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TEXTS = {
    "plain": "Sykepleier",
    "what iCalendar itself uses": "a, b; c: d=e \\, \\; \\n \\N \\\\ C:\\new\\",
    "quotes": "Kari \"Kaia\" O’Brien 'x' «y»",
    "carets": "^n ^' ^^ ^",
    "several lines": "first\nsecond\n\nthird",
    "an attempt": "x\r\nATTENDEE:mailto:eve@example.org\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil",
    "nordic and long": "Ærlig østfoldsk ålefisker på Ås, " * 5 + "og",
    "emoji": "👩🏽‍⚕️🇳🇴👍🏿" * 11,
    "right to left": "مقابلة ו\u200fראיון, x",
    "no spaces": "x" * 190,
    "spaces": "a  b   c " + " " * 80 + "d",
    "markup": "<b>&amp;</b> {first-name} %(vacancy)s %s",
}
TIMES = {
    "over the night to summer time": datetime(2026, 3, 29, 0, 30, tzinfo=UTC),
    "right after it": datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
    "before the clock is put back": datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    "while it reads the same once more": datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
}


@dataclass(frozen=True)
class Case:
    """What is particular about an interview."""

    name: str
    text: str = "Sykepleier"
    interview: dict[str, Any] = field(default_factory=dict)
    in_a_room: bool = False

    def arrange(self) -> Invitation:
        """Store it: `text` is what everything and everybody in it is called."""
        text = self.text
        make_organisation(name=text)
        department = make_department(address=f"Storgata 1 {text}"[:300])
        owner = make_user(first_name="Kari", last_name=text[:100])
        project = make_project(title=text, department=department, owner=owner)
        fields = {"place": text} | self.interview
        if self.in_a_room:
            fields["room"] = Room.objects.create(name="Møterom; 2", address=f"Torget 5, {text}"[:300])
        application = make_application(project, first_name="Amina", last_name=text[:100])
        return make_invitation(application=application, **fields)


CASES = [
    *(Case(name, text=text) for name, text in TEXTS.items()),
    *(Case(name, interview={"start": start}) for name, start in TIMES.items()),
    Case("moved twice", interview={"version": 3}),
    Case("cancelled", interview={"state": Interview.State.CANCELLED, "version": 2}),
    Case("at the department", interview={"place": ""}),
    Case("in a room", interview={"place": ""}, in_a_room=True),
    Case("by phone", interview={"type": "phone", "place": ""}),
    Case(
        "by video",
        interview={"type": "video", "place": "", "video_link": "https://video.example.org/a;b,c?d=e&f=%20"},
    ),
]


@dataclass(frozen=True)
class Produced:
    """A calendar object, and what it must say of its one event, beside when, where and how it stands."""

    content: bytes
    method: str | None
    event: dict[str, Any]


def for_the_candidate(invitation: Invitation) -> Produced:
    interview = invitation.interview
    alarms = () if interview.state == Interview.State.CANCELLED else (-3600,)
    return Produced(
        calendar(invitation, now=wall_clock.now()),
        "PUBLISH",
        {
            "uid": f"{invitation.public_id}@samtale.example.org",
            "summary": f"Intervju: {interview.project.title}",
            "organizer": organizer(),
            "alarms": alarms,
            "url": None if alarms == () else answer_address(invitation),
            "transparency": "OPAQUE",
        },
    )


def for_the_candidate_who_is_asked(invitation: Invitation) -> Produced:
    """What goes along with a letter where answers by e-mail are read."""
    with override_settings(INBOX_ADDRESS="answers+*@example.org"):
        now, address = wall_clock.now(), reply_address(invitation)
        content, method = mailed_calendar(invitation, now=now, organisation=None, language="nb")
    published = for_the_candidate(invitation)
    candidate = invitation.application.candidate
    named = {
        "organizer": replace(organizer(), address=f"mailto:{address}"),
        "attendees": (Person(f"mailto:{candidate.email}", as_named(candidate.name), "NEEDS-ACTION", "TRUE"),),
    }
    assert method == ("CANCEL" if published.event["url"] is None else "REQUEST")
    return Produced(content, method.value, published.event | named)


def for_who_attends(invitation: Invitation) -> Produced:
    interview = invitation.interview
    is_off = interview.state == Interview.State.CANCELLED
    return Produced(
        interviewer_calendar(interview, is_off=is_off, now=wall_clock.now(), language="nb"),
        "CANCEL" if is_off else "PUBLISH",
        of_staff(interview)
        | {
            "summary": f"Intervju – {invitation.application.candidate.name} – {interview.project.title}",
            "organizer": organizer(),
            "transparency": "OPAQUE",
        },
    )


def in_a_feed(invitation: Invitation, *, with_names: bool = True) -> Produced:
    interview = invitation.interview
    return Produced(
        writer(with_names=with_names).feed(
            published(invitation), title=interview.project.title, organisation=Organisation.current()
        ),
        "PUBLISH",
        of_staff(interview)
        | {"summary": published_summary(invitation, with_names), "organizer": organizer()}
        | takes_time(interview),
    )


def in_a_feed_without_names(invitation: Invitation) -> Produced:
    return in_a_feed(invitation, with_names=False)


def as_a_copy(invitation: Invitation) -> Produced:
    """A server takes no METHOD (RFC 4791), and would send an ORGANIZER's letters (RFC 6638)."""
    interview = invitation.interview
    (published_one,) = published(invitation)
    return Produced(
        writer(with_names=True).single(published_one),
        None,
        of_staff(interview)
        | {"summary": published_summary(invitation, with_names=True), "organizer": None}
        | takes_time(interview),
    )


# Whatever else makes iCalendar objects joins here.
PRODUCERS: list[Callable[[Invitation], Produced]] = [
    for_the_candidate,
    for_the_candidate_who_is_asked,
    for_who_attends,
    in_a_feed,
    in_a_feed_without_names,
    as_a_copy,
]


def organizer() -> Person:
    """The organisation, by a name of one line in which nothing stands that programs read differently."""
    organisation = Organisation.current()
    return Person(f"mailto:{organisation.sender_email}", as_named(organisation.name))


def as_named(name: str) -> str:
    return " ".join(name.replace('"', "'").replace("\\", "/").split())


def of_staff(interview: Interview) -> dict[str, Any]:
    return {
        "uid": f"interview-{interview.pk}@samtale.example.org",
        "url": f"https://samtale.example.org/interviews/{interview.pk}/",
        "alarms": (),
    }


def takes_time(interview: Interview) -> dict[str, Any]:
    is_off = interview.state == Interview.State.CANCELLED
    return {"transparency": "TRANSPARENT" if is_off else "OPAQUE"}


def writer(*, with_names: bool) -> Writer:
    return Writer(with_names=with_names, now=wall_clock.now())


def published(invitation: Invitation) -> Any:
    return published_to(invitation.interview.project.owner, only_own=True, now=wall_clock.now())


def published_summary(invitation: Invitation, with_names: bool) -> str:
    name = [invitation.application.candidate.name] if with_names else []
    return " – ".join(["Intervju 1", *name, invitation.interview.project.title])


def lines(text: str | None) -> str | None:
    """However lines end, they are the same lines."""
    return text and text.replace("\r\n", "\n")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize("produce", PRODUCERS)
def test_each_reader_finds_what_the_database_says_and_nothing_wrong(
    calendar_reader: Reader, produce: Callable[[Invitation], Produced], case: Case
):
    invitation = case.arrange()
    interview = invitation.interview
    with translation.override("nb"):
        produced = produce(invitation)

    read = calendar_reader.read(produced.content)

    assert read.errors == ()
    assert read.method == produced.method
    (event,) = read.events
    assert (event.start, event.end) == (interview.start, interview.end)
    is_off = interview.state == Interview.State.CANCELLED
    assert event.status == ("CANCELLED" if is_off else "CONFIRMED")
    assert event.sequence == 2 * (interview.version - 1) + is_off
    assert event.stamp == wall_clock.now()
    assert lines(event.location) == (lines(interview.meeting_place or interview.video_link) or None)
    assert event.attendees == produced.event.get("attendees", ())
    expected = {name: lines(of) if isinstance(of, str) else of for name, of in produced.event.items()}
    assert {name: getattr(event, name) for name in expected} == expected


def test_whatever_writes_calendar_objects_is_among_the_producers():
    writes = re.compile(r"\bCalendar\(\)|BEGIN:VCALENDAR")
    found = {
        path.stem for path in Path(samtale.__file__).parent.rglob("*.py") if writes.search(path.read_text())
    }
    assert found == {each.__module__.rpartition(".")[2] for each in (calendar, interviewer_calendar, Writer)}


def test_a_letters_file_is_of_the_method_that_its_type_says(calendar_reader: Reader):
    make_organisation()
    project = make_project(owner=make_user(notify_of_interviews=True))
    send_invitations(project, [make_application(project)])
    interview = Interview.objects.select_related("project__owner").get()
    Message.objects.update(state="sent")
    cancel_interview(
        interview=interview, seen_version=1, tells_candidates=True, by=project.owner, now=wall_clock.now()
    )

    with_files = set()
    for letter in Message.objects.order_by("pk"):
        attachments = kinds.get(letter.kind).attachments
        for file in attachments(letter) if attachments else ():
            with_files.add(letter.kind)
            headers = EmailMessage()
            headers["Content-Type"] = file.mime_type
            read = calendar_reader.read(file.content)
            assert read.errors == ()
            assert read.method == headers["Content-Type"].params["method"]
    assert with_files == {
        "invitation.interview_1",
        "cancellation",
        "interviewer.invitation",
        "interviewer.cancellation",
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize("produce", PRODUCERS)
def test_lines_are_of_75_octets_at_most_and_end_as_they_should(
    produce: Callable[[Invitation], Produced], case: Case
):
    content = produce(case.arrange()).content
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # a letter cut in two would be none
