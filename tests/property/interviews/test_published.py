"""Whatever interviews are called, what is written of them is one correct iCalendar object."""

from datetime import UTC, datetime, timedelta

from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from samtale.accounts.models import Organisation
from samtale.core.text import plain_text
from samtale.interviews.domain.published_ical import Writer
from samtale.interviews.domain.queries.published import Published

BERGEN = Organisation(name="Bergen kommune", sender_email="jobb@example.org")
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
texts = st.text(max_size=100).map(plain_text)
moments = st.integers(0, 3 * 366 * 24 * 3600).map(lambda seconds: FIRST + timedelta(seconds=seconds))
names = texts.filter(str.strip)


@st.composite
def interviews(draw: st.DrawFn) -> Published:
    return Published(
        id=draw(st.integers(1, 10**9)),
        start=draw(moments),
        duration=draw(st.integers(1, 720)),
        version=draw(st.integers(1, 50)),
        state=draw(st.sampled_from(("planned", "cancelled", "held"))),
        type=draw(st.sampled_from(("phone", "in_person", "group", "video"))),
        round="interview_1",
        place=draw(texts),
        video_link="",
        room=draw(st.none() | names),
        room_address=draw(st.none() | texts),
        title=draw(names),
        address=draw(texts),
        candidates=draw(st.lists(st.tuples(names, st.just("accepted")), max_size=5)),
        interviewers=draw(st.lists(names, max_size=3)),
    )


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(interviews(), max_size=4), st.booleans())
def test_what_is_written_is_read_as_it_was(found: list[Published], with_names: bool):
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    with translation.override("en"):
        writer = Writer(with_names=with_names, now=now)
        written = writer.feed(found, title="Feed", organisation=BERGEN)
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    assert b"\n" not in written.replace(b"\r\n", b"")
    written.decode()  # no character is cut in two
    events = Calendar.from_ical(written).walk("VEVENT")
    assert len(events) == len(found)
    for event, interview in zip(events, found, strict=True):
        assert not event.errors
        assert event["DTSTART"].dt == interview.start
        assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=interview.duration)
        assert interview.title in event["SUMMARY"]
        assert event.get("LOCATION", "") == interview.location
        assert event["UID"] == f"interview-{interview.id}@samtale.example.org"
        assert event["URL"] == f"https://samtale.example.org/interviews/{interview.id}/"
        for name, _status in interview.candidates if with_names else []:
            assert f"{name}: Accepted" in event["DESCRIPTION"]
