"""Interviews for calendar programs."""

import logging
from datetime import timedelta
from io import StringIO

import pytest
from django.test import Client
from icalendar import Calendar

from samtale.accounts.models import Organisation
from samtale.calendars.domain.feeds import token_of
from samtale.core import clock as wall_clock
from samtale.interviews.models import Interview, Invitation, Room
from tests.factories.accounts import make_administrator, make_organisation, make_user
from tests.factories.calendars import feed_path, make_feed
from tests.factories.interviews import make_dispatch, make_interview, make_invitation
from tests.factories.recruiting import give_access, make_application, make_project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def invitation():
    make_organisation()
    return make_invitation(application=make_application(make_project(title="Sykepleier; natt, Åsane")))


@pytest.fixture
def kari(invitation):
    return invitation.interview.project.owner


def fetch(feed, **headers):
    return Client().get(feed_path(feed), headers=headers)


def events(feed):
    answer = fetch(feed)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_one_reads_ones_own_interviews(invitation, kari):
    make_interview()
    (event,) = events(make_feed(kari))
    interview = invitation.interview
    assert event["UID"] == f"interview-{interview.pk}@samtale.example.org"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (interview.start, interview.end)
    assert event["LOCATION"] == "Rådhuset, møterom 4B"
    name = invitation.application.candidate.name
    assert event["SUMMARY"] == f"Intervju 1 – {name} – Sykepleier; natt, Åsane"
    assert f"{name}: Venter svar" in event["DESCRIPTION"]
    assert (event["STATUS"], event["TRANSP"]) == ("CONFIRMED", "OPAQUE")
    assert event["ORGANIZER"] == "mailto:jobb@example.org"
    assert event["URL"] == f"https://samtale.example.org/interviews/{interview.pk}/"


def test_its_address_leads_to_the_interviews_page(invitation, kari):
    (event,) = events(make_feed(kari, with_names=False))
    client = Client()
    client.force_login(kari)
    answer = client.get(event["URL"].removeprefix("https://samtale.example.org"))
    assert answer.status_code == 200
    assert invitation.application.candidate.name in answer.content.decode()


def test_every_program_reads_as_many_as_there_are(calendar_reader, invitation, kari):
    project = make_project(title='Sykepleier; natt, "Åsane"', owner=kari)
    starts = [wall_clock.now() + timedelta(hours=hours) for hours in range(1, 30)]
    for start in starts:
        make_invitation(application=make_application(project), start=start)
    read = calendar_reader.read(fetch(make_feed(kari)).content)
    assert read.errors == ()
    assert [event.start for event in read.events] == [*starts, invitation.interview.start]
    assert len({event.uid for event in read.events}) == 30


@pytest.mark.parametrize(
    ("place", "address", "where"),
    [
        ("", "Torget 5", "Torget 5, 4B"),
        ("", "", "Storgata 1, 5003 Bergen, 4B"),
        ("Inngang nord", "Torget 5", "Inngang nord, 4B"),
        ("4B i andre", "Torget 5", "4B i andre"),
    ],
)
def test_a_room_is_where_it_is_and_not_where_the_department_is(invitation, kari, place, address, where):
    room = Room.objects.create(name="4B", address=address)
    Interview.objects.update(place=place, room=room)
    (event,) = events(make_feed(kari))
    assert event["LOCATION"] == where


def test_or_all_that_one_may_see_at_this_moment(invitation, kari):
    reader = make_user()
    access = give_access(reader, invitation.interview.project, "read")
    feed = make_feed(reader, scope="all")
    make_interview()
    (event,) = events(feed)
    assert event["TRANSP"] == "TRANSPARENT"
    assert events(make_feed(reader)) == []
    access.delete()
    assert events(feed) == []


def test_without_names_there_are_none(invitation, kari):
    candidate = invitation.application.candidate
    content = fetch(make_feed(kari, with_names=False)).content.decode()
    assert candidate.first_name not in content
    assert candidate.last_name not in content
    assert "Søkere: 1" in content


def test_it_speaks_its_owners_language(invitation, kari):
    kari.language = "en"
    kari.save()
    (event,) = events(make_feed(kari))
    assert event["SUMMARY"].startswith("Interview 1")


def test_moving_keeps_the_uid_and_cancelling_is_seen(invitation, kari):
    feed = make_feed(kari)
    (before,) = events(feed)
    Interview.objects.update(version=2)
    (moved,) = events(feed)
    Interview.objects.update(state=Interview.State.CANCELLED)
    (cancelled,) = events(feed)
    assert before["UID"] == moved["UID"] == cancelled["UID"]
    assert before["SEQUENCE"] < moved["SEQUENCE"] < cancelled["SEQUENCE"]
    assert (cancelled["STATUS"], cancelled["TRANSP"]) == ("CANCELLED", "TRANSPARENT")


def test_who_is_deleted_or_out_is_not_named(invitation, kari):
    name = invitation.application.candidate.last_name
    feed = make_feed(kari)
    for changes in (
        {"cancelled_at": wall_clock.now()},
        {"meeting_status": "not_relevant", "cancelled_at": None},
    ):
        Invitation.objects.update(**changes)
        assert name not in fetch(feed).content.decode()


def test_it_reaches_from_thirty_days_back_to_a_year_ahead(kari, invitation):
    project = invitation.interview.project
    now = wall_clock.now()
    for days in (-31, -29, 364, 366):
        make_interview(project, start=now + timedelta(days=days))
    starts = {event["DTSTART"].dt - now for event in events(make_feed(kari))}
    assert starts == {timedelta(days=days) for days in (-29, 7, 364)}


def test_whoever_may_not_log_in_reads_nothing(invitation, kari):
    feed = make_feed(kari)
    kari.is_active = False
    kari.save()
    assert fetch(feed).status_code == 404


@pytest.mark.parametrize("token", ["x", "%00", "æøå", "a" * 500])
def test_a_wrong_address_is_not_found(token):
    assert Client().get(f"/feed/{token}.ics").status_code == 404


def test_nothing_new_is_answered_without_writing(invitation, kari, monkeypatch):
    feed = make_feed(kari)
    first = fetch(feed)
    etag = first.headers["ETag"]
    assert first.headers["Cache-Control"] == "private, no-cache"
    monkeypatch.setattr("samtale.web.feeds.feed.Writer", lambda **_: pytest.fail("it was written"))
    for known in (f'"other", {etag}', etag.removeprefix("W/"), "*"):
        again = fetch(feed, if_none_match=known)
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)


@pytest.mark.parametrize(
    "change",
    [
        lambda i: Interview.objects.update(start=i.interview.start + timedelta(minutes=5)),
        lambda i: Interview.objects.update(place="Et annet sted"),
        lambda i: Interview.objects.update(state="cancelled"),
        lambda i: Invitation.objects.update(meeting_status="accepted"),
        lambda i: type(i.application.candidate).objects.update(last_name="Ny"),
        lambda i: type(i.interview.project).objects.update(title="Ny"),
        lambda i: i.interview.interviewers.add(make_user()),
        lambda i: Interview.objects.update(room=Room.objects.create(name="4B")),
        lambda i: Organisation.objects.update(name="Ny"),
        lambda i: Organisation.objects.update(sender_email="ny@example.org"),
        lambda i: type(i.interview.project.owner).objects.update(language="en"),
        lambda i: i.delete(),
    ],
)
def test_whatever_is_shown_changes_the_etag(invitation, kari, change):
    feed = make_feed(kari)
    etag = fetch(feed).headers["ETag"]
    change(invitation)
    assert fetch(feed, if_none_match=etag).status_code == 200


def test_what_is_written_in_another_form_changes_the_etag(invitation, kari, monkeypatch):
    """After an upgrade programs shall not keep what they have for good."""
    feed = make_feed(kari)
    etag = fetch(feed).headers["ETag"]
    monkeypatch.setattr("samtale.interviews.domain.queries.published._FORM", 0)
    assert fetch(feed, if_none_match=etag).status_code == 200


@pytest.mark.parametrize("number", [1, 30])
def test_it_costs_the_same_however_many_there_are(number, django_assert_num_queries):
    reader = make_administrator()
    project = make_project()
    dispatch = make_dispatch(project)
    for _ in range(number):
        make_invitation(make_interview(project, dispatch=dispatch))
    feed = make_feed(reader, scope="all")
    with django_assert_num_queries(6):
        assert len(events(feed)) == number


def test_it_needs_no_session_and_changes_nothing(invitation, kari):
    answer = fetch(make_feed(kari))
    assert answer.cookies == {}
    assert Client().post(feed_path(make_feed(kari))).status_code == 405
    assert Client().head(feed_path(make_feed(kari))).status_code == 200


def test_who_guesses_or_hurries_is_slowed_down(invitation, kari):
    feed = make_feed(kari)
    for _ in range(30):
        assert fetch(feed).status_code == 200
    hurried = fetch(feed)
    assert hurried.status_code == 429
    assert int(hurried.headers["Retry-After"]) > 0
    codes = [Client().get(f"/feed/{number}.ics").status_code for number in range(21)]
    assert codes == [404] * 20 + [429]
    assert fetch(make_feed(kari)).status_code == 200


def test_the_token_is_not_in_the_log(invitation, kari):
    feed = make_feed(kari)
    (handler,) = [each for each in logging.getLogger().handlers if type(each) is logging.StreamHandler]
    written = StringIO()
    usual = handler.setStream(written)
    try:
        Client().get(feed_path(feed) + "x")
        Client().post(feed_path(feed))
    finally:
        handler.setStream(usual)
    assert "/feed/***" in written.getvalue()
    assert token_of(feed) not in written.getvalue()
