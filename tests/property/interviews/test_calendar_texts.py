"""Whatever texts there are, every program reads them as they were written."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samtale.accounts.models import Organisation
from samtale.core.text import one_line, plain_text
from samtale.interviews.domain.ical import calendar
from samtale.interviews.domain.ical_people import person
from samtale.interviews.domain.published_ical import Writer
from samtale.interviews.domain.queries.published import Published
from samtale.interviews.domain.tokens import answer_address
from samtale.interviews.models import Interview, Invitation
from samtale.recruiting.models import Application, Candidate, Project
from tests.calendar_readers import Reader

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
# What has a meaning of its own in iCalendar, and letters of one to four octets, so that lines fold anywhere.
difficult = st.text(alphabet="\\,;:\"'^n= \u00a0\tæøå–👩🏽\u200d⚕\ufe0fשم\u200f\u2028%{}<", max_size=150)
texts = st.one_of(difficult, st.text(max_size=150)).map(plain_text)
lines = texts.map(one_line)
names = lines.filter(bool)
moments = st.integers(0, 3 * 366 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes))
some = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


def published(draw: st.DrawFn, number: int) -> Published:
    return Published(
        id=number,
        start=draw(moments),
        duration=draw(st.integers(1, 720)),
        version=draw(st.integers(1, 50)),
        state=draw(st.sampled_from(("planned", "cancelled"))),
        type="in_person",
        round="interview_1",
        place=draw(texts).strip(),
        video_link="",
        room=None,
        room_address=None,
        title=draw(names),
        address=draw(lines),
        is_mine=True,
        candidates=[(draw(names), "accepted")],
        interviewers=[draw(names)],
    )


@st.composite
def feeds(draw: st.DrawFn) -> list[Published]:
    return [published(draw, number) for number in range(1, draw(st.integers(2, 6)))]


@some
@given(found=feeds(), title=names, name=names)
def test_of_a_feed(calendar_reader: Reader, found: list[Published], title: str, name: str):
    organisation = Organisation(name=name, sender_email="jobb@example.org")
    with translation.override("en"):
        writer = Writer(with_names=True, now=NOW)
        read = calendar_reader.read(writer.feed(found, title=title, organisation=organisation))
    assert (read.method, read.errors) == ("PUBLISH", ())
    assert len(read.events) == len(found)
    for event, interview in zip(read.events, found, strict=True):
        (candidate,) = interview.candidates
        (interviewer,) = interview.interviewers
        assert (event.start, event.end) == (interview.start, interview.end)
        assert event.summary == f"Interview 1 – {candidate[0]} – {interview.title}"
        assert event.location == (interview.location or None)
        assert event.description == (
            f"In-person interview\n{candidate[0]}: Accepted\nRecruiters: {interviewer}"
        )
        assert event.organizer is not None
        assert event.organizer.name == as_a_name(name)


@some
@given(title=names, place=names, name=names, moment=moments)
def test_of_a_candidates_appointment(
    calendar_reader: Reader, title: str, place: str, name: str, moment: datetime
):
    invited = invitation(title, place, moment)
    content = calendar(
        invited,
        now=NOW,
        organisation=Organisation(name=name, sender_email="jobb@example.org"),
        language="en",
    )
    read = calendar_reader.read(content)
    assert read.errors == ()
    (event,) = read.events
    assert (event.start, event.summary, event.location) == (moment, f"Interview: {title}", place)
    answer = f"Answer, or change your answer: {answer_address(invited)}"
    assert event.description == f"In-person interview, {name}\n{answer}"
    assert event.organizer is not None
    assert event.organizer.name == as_a_name(name)


@some
@given(name=texts)
def test_a_name_has_no_sign_that_programs_read_differently(name: str):
    found = str(person("kari@example.org", name).params["CN"])
    assert not set(found) & set('"\\\r\n\t')


def as_a_name(text: str) -> str:
    return " ".join(text.replace('"', "'").replace("\\", "/").split())


def invitation(title: str, place: str, moment: datetime) -> Invitation:
    """One that is nowhere stored, for nothing is asked of the database."""
    project = Project(title=title)
    shared: dict[str, Any] = {"type": "in_person", "round": "interview_1", "time_zone": "Europe/Oslo"}
    interview = Interview(pk=1, project=project, start=moment, duration=45, place=place, **shared)
    candidate = Candidate(first_name="Amina", last_name="Hassan", email="amina@example.org")
    return Invitation(
        interview=interview, application=Application(project=project, candidate=candidate), created_at=NOW
    )
