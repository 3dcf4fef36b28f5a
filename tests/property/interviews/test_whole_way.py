"""A time that is typed stays the same instant and the same clock time all the way: form, database, letters,
iCalendar objects, subscription (spec 2, 4)."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from samtale.accounts.models import Organisation, User
from samtale.interviews.domain.ical import calendar
from samtale.interviews.domain.interviewer_ical import interviewer_calendar
from samtale.interviews.domain.published_ical import Writer
from samtale.interviews.domain.queries.published import published_to, standing_for
from samtale.interviews.models import Interview, Invitation
from samtale.outbox.models import Message
from samtale.recruiting.models import Project
from samtale.web.candidate.appointment import Appointment
from samtale.web.staff.forms.appointment import StartForm
from tests.factories.accounts import make_organisation, make_user
from tests.factories.interviews import make_appointment, make_letters, send_invitations
from tests.factories.recruiting import make_application, make_candidate, make_project
from tests.property.interviews.transitions import (
    DAY,
    MINUTE,
    NAMED,
    all_changes,
    instants,
    offset,
    wall,
)

pytestmark = pytest.mark.django_db
MONTHS = (
    *("januar", "februar", "mars", "april", "mai", "juni"),
    *("juli", "august", "september", "oktober", "november", "desember"),
)
WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
OSLO, CASABLANCA = ZoneInfo("Europe/Oslo"), ZoneInfo("Africa/Casablanca")
LONDON, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")
zones = st.sampled_from([ZoneInfo(key) for key in NAMED])


@st.composite
def typed(draw: st.DrawFn) -> tuple[ZoneInfo, datetime, int]:
    """A zone, what is typed there near a change of clocks, and how many minutes the interview lasts."""
    change = draw(st.sampled_from(all_changes()))
    # In a zone that changes, or in another one of which clocks jump when they do not here.
    zone = draw(st.sampled_from([change.zone, change.zone, draw(zones)]))
    shown = wall(change.at + draw(st.integers(-26 * 60, 26 * 60)) * MINUTE, zone)
    while len(instants(shown, zone)) != 1:
        shown += MINUTE
    return zone, shown, draw(st.integers(1, 720))


def send(zone: ZoneInfo, shown: datetime, minutes: int, reader: ZoneInfo, colleague: ZoneInfo) -> Invitation:
    """Type the time into the form, as in step 1, and send the invitation three weeks ahead of it."""
    make_organisation(time_zone=zone.key)
    owner = make_user(time_zone=colleague.key, may_send_sms=True, notify_of_interviews=True)
    project: Project = make_project(owner=owner)
    candidate = make_candidate(time_zone=reader.key)
    now = shown.replace(tzinfo=UTC) - 21 * DAY
    form = StartForm({"date": f"{shown:%Y-%m-%d}", "time": f"{shown:%H:%M}"}, zone=zone, now=now)
    assert form.is_valid()
    send_invitations(
        project,
        [make_application(project, candidate=candidate)],
        start=form.cleaned_data["start"],
        now=now,
        appointment=make_appointment(owner, duration=minutes, time_zone=zone.key),
        letters=make_letters(reminder="both", reminder_days=2),
    )
    return Invitation.objects.select_related("interview__project__department", "application__candidate").get()


def told(message: Message) -> tuple[str, str]:
    values = {tag[0]: text for kind, text, *tag in message.content if kind == "value"}
    return values.get("interviewdate", ""), values["interviewtime"]


def clock_words(moment: datetime, zone: ZoneInfo) -> str:
    """What a clock shows; with its offset if it shows the same at another instant too."""
    shown = wall(moment, zone)
    if len(instants(shown, zone)) == 1:
        return f"{shown:%H:%M}"
    minutes = offset(moment, zone) // MINUTE
    ahead = f"{minutes // 60:+d}" if minutes >= 0 else f"-{-minutes // 60}"
    rest = f":{abs(minutes) % 60:02d}" if minutes % 60 else ""
    return f"{shown:%H:%M} (UTC{ahead if minutes else ''}{rest})"


def check_words(time: str, start: datetime, zone: ZoneInfo, reader: ZoneInfo, *, is_alike: bool) -> None:
    """The place's clock first; then the reader's in brackets, if and only if it shows something else."""
    shown, theirs = wall(start, zone), wall(start, reader)
    assert time.startswith(f"{shown:%H:%M}")
    elsewhere = re.fullmatch(
        r"\d\d:\d\d .+? \((?:(\w+) (\d+)\. (\w+) )?(\d\d:\d\d(?: \(UTC[^ )]*\))?) [^()]+\)", time
    )
    assert (elsewhere is None) == is_alike == (time == f"{shown:%H:%M}"), time
    if elsewhere:
        weekday, day, month, clock = elsewhere.groups()
        assert clock == clock_words(start, reader)
        if theirs.date() == shown.date():
            assert weekday is None
        else:
            assert (weekday, day, month) == (
                WEEKDAYS[theirs.weekday()],
                str(theirs.day),
                MONTHS[theirs.month - 1],
            )


def only_event(written: bytes) -> Event:
    (event,) = Calendar.from_ical(written).walk("VEVENT")
    assert not event.errors
    return event


@settings(max_examples=60, deadline=None)
@given(typed(), zones, zones)
# Clocks there show the same when it starts, and something else before it ends.
@example((OSLO, datetime.fromisoformat("2026-03-29T01:30"), 60), CASABLANCA, CASABLANCA)
# Clocks there show 01:30 twice, an hour apart.
@example((OSLO, datetime.fromisoformat("2027-11-07T06:30"), 45), NEW_YORK, LONDON)
@example((OSLO, datetime.fromisoformat("2027-11-07T07:30"), 45), NEW_YORK, NEW_YORK)
@example((OSLO, datetime.fromisoformat("2026-10-25T00:30"), 120), LONDON, NEW_YORK)
def test_the_instant_and_the_clock_time_stay_all_the_way(given_, reader, colleague):
    zone, shown, minutes = given_
    (start,) = instants(shown, zone)
    end = start + timedelta(minutes=minutes)
    with transaction.atomic():
        invitation = send(zone, shown, minutes, reader, colleague)
        interview = Interview.objects.select_related("project__department").get()
        owner = User.objects.get()

        # The database
        assert (interview.start, interview.end) == (start, end)
        assert interview.local_start.replace(tzinfo=None) == shown
        assert interview.local_end.replace(tzinfo=None) == wall(end, zone)

        # Letters, and the candidate's page
        def is_alike(other: ZoneInfo) -> bool:
            return all(offset(moment, zone) == offset(moment, other) for moment in (start, end))

        date = f"{WEEKDAYS[shown.weekday()]} {shown.day}. {MONTHS[shown.month - 1]} {shown.year}"
        letters = {each.kind: told(each) for each in Message.objects.order_by("pk")}
        assert letters.keys() == {
            "invitation.interview_1",
            "reminder.email",
            "reminder.sms",
            "interviewer.invitation",
        }
        for kind, (day, time) in letters.items():
            whose = colleague if kind == "interviewer.invitation" else reader
            assert day in (date, "")
            check_words(time, start, zone, whose, is_alike=is_alike(whose))
        page = Appointment.of(interview, reader.key)
        assert page.hours == f"{shown:%H:%M}–{clock_words(end, zone)}"
        assert (page.elsewhere is None) == is_alike(reader)
        if page.elsewhere:
            assert page.elsewhere.hours == f"{clock_words(start, reader)}–{clock_words(end, reader)}"

        # Calendars: the candidate's, the interviewers', the subscription, the copy outside
        now = start - 20 * DAY
        writer = Writer(with_names=True, now=now)
        (subscribed,) = published_to(owner, only_own=False, now=now)
        (standing,) = standing_for(owner, now=now)
        for written in (
            calendar(invitation, now=now),
            interviewer_calendar(interview, is_off=False, now=now, language="nb"),
            writer.feed([subscribed], title="Feed", organisation=Organisation.current()),
            writer.single(standing),
        ):
            event = only_event(written)
            assert (event["DTSTART"].dt, event["DTEND"].dt) == (start, end)
            assert wall(event["DTSTART"].dt, zone) == shown
            # Written in UTC, which needs no table of zones to be read.
            assert event["DTSTART"].to_ical().endswith(b"Z")
        transaction.set_rollback(True)
