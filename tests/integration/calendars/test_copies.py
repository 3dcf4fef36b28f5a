"""Interviews in their interviewers' own calendars, on a real CalDAV server."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from samtale.accounts.models import User
from samtale.calendars.domain.outside_calendars import Use, change, disconnect
from samtale.calendars.models import BusyBlock, Copy, Mark, OutsideCalendar
from samtale.core import clock as wall_clock
from samtale.interviews.domain.bookings import book
from samtale.interviews.domain.cancel import cancel_interview
from samtale.interviews.domain.change import change_invitation
from samtale.interviews.domain.seen import Seen
from samtale.interviews.domain.undo import undo_dispatch
from samtale.interviews.models import Dispatch, Interview
from samtale.recruiting.domain.anonymise import anonymise_candidate
from samtale.recruiting.domain.progress import set_status
from tests.factories.accounts import make_administrator, make_user
from tests.factories.calendars import make_caldav_calendar
from tests.factories.interviews import make_invitation, send_invitations
from tests.factories.recruiting import make_application, make_project
from tests.integration.calendars.ics import event, ics
from tests.outside_server import Reply
from tests.radicale_server import RadicaleServer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def invitation():
    return make_invitation(application=make_application(make_project(title="Sykepleier")))


@pytest.fixture
def kari(invitation) -> User:
    return invitation.interview.project.owner


@pytest.fixture
def address(radicale: RadicaleServer) -> str:
    return radicale.make_calendar()


@pytest.fixture
def calendar(address: str, kari: User, run_all) -> OutsideCalendar:
    made = make_caldav_calendar(address, kari, receives_interviews=True)
    run_all()
    return made


def events(radicale: RadicaleServer, address: str):
    path = address.removeprefix(radicale.url)
    texts = [radicale.request("GET", path + name).text for name in radicale.names(address)]
    return [found for text in texts for found in Calendar.from_ical(text).walk("VEVENT")]


def move(invitation, **by: float):
    invitation.refresh_from_db()
    interview = Interview.objects.get(pk=invitation.interview_id)
    change_invitation(
        invitation=invitation,
        seen=Seen.of(invitation),
        meeting_status=invitation.meeting_status,
        start=interview.start + timedelta(**by),
        by=interview.project.owner,
        now=wall_clock.now(),
    )


def cancel(invitation):
    interview = Interview.objects.get(pk=invitation.interview_id)
    cancel_interview(
        interview=interview,
        seen_version=interview.version,
        tells_candidates=False,
        by=interview.project.owner,
        now=wall_clock.now(),
    )


def test_an_interview_is_written(radicale, address, calendar, invitation):
    (found,) = events(radicale, address)
    interview = invitation.interview
    assert found["UID"] == f"interview-{interview.pk}@samtale.example.org"
    assert (found["DTSTART"].dt, found["DTEND"].dt) == (interview.start, interview.end)
    assert invitation.application.candidate.name in found["SUMMARY"]
    assert found["LOCATION"] == "Rådhuset, møterom 4B"
    assert radicale.names(address) == [f"samtale-interview-{interview.pk}.ics"]


def test_it_does_not_make_its_owner_busy_twice(calendar, run_all, clock):
    clock.forward(minutes=16)
    run_all()
    assert not BusyBlock.objects.exists()


def test_it_moves_and_goes_with_the_interview(radicale, address, calendar, invitation, run_all):
    (before,) = events(radicale, address)
    move(invitation, hours=3)
    assert run_all() == 1
    (after,) = events(radicale, address)
    assert after["DTSTART"].dt == before["DTSTART"].dt + timedelta(hours=3)
    assert after["SEQUENCE"] > before["SEQUENCE"]
    cancel(invitation)
    run_all()
    assert radicale.names(address) == []
    assert not Copy.objects.exists()


def test_what_has_not_changed_costs_no_request(radicale, address, calendar, kari, run_all):
    etag = Copy.objects.get().etag
    assert etag
    Mark.objects.create(calendar=calendar)
    radicale.stop()
    try:
        assert run_all() == 1
    finally:
        radicale.start()
    assert OutsideCalendar.objects.get().problem == ""
    assert not Mark.objects.exists()


def test_who_no_longer_attends_has_it_no_longer(radicale, address, calendar, invitation, kari, run_all):
    other = make_user()
    invitation.interview.interviewers.set([other])
    book([invitation.interview], interviewers=[other])
    run_all()
    assert radicale.names(address) == []
    book([invitation.interview], interviewers=[kari])
    invitation.interview.interviewers.set([kari])
    run_all()
    assert len(radicale.names(address)) == 1


def test_an_undone_send_takes_its_copies_back(radicale, address, calendar, invitation, kari, run_all):
    project = invitation.interview.project
    project.owner.refresh_from_db()
    send_invitations(project, [make_application(project)], now=wall_clock.now())
    run_all()
    assert len(radicale.names(address)) == 2
    dispatch = Dispatch.objects.order_by("pk").last()
    dispatch.at = wall_clock.now()
    from samtale.accounts.models import Organisation

    Organisation.objects.update_or_create(pk=1, defaults={"name": "Bergen", "undo_seconds": 60})
    undo_dispatch(dispatch=dispatch, by=kari, now=wall_clock.now() - timedelta(seconds=1))
    run_all()
    assert len(radicale.names(address)) == 1


def test_a_forgotten_name_goes_at_once(radicale, address, calendar, invitation, run_all):
    project = invitation.interview.project
    make_invitation(invitation.interview, make_application(project, first_name="Bo", last_name="Dahl"))
    run_all()
    candidate = invitation.application.candidate
    name = candidate.name
    assert name in str(events(radicale, address)[0]["SUMMARY"])
    anonymise_candidate(candidate=candidate, by=make_administrator(), now=wall_clock.now())
    run_all()
    (found,) = events(radicale, address)
    assert name not in found.to_ical().decode()
    assert "Bo Dahl" in found["SUMMARY"]


def test_with_the_last_candidate_the_interview_goes_and_comes_back(
    radicale, address, calendar, invitation, run_all
):
    by = invitation.interview.project.owner
    set_status(applications=[invitation.application], status="rejected", by=by, now=wall_clock.now())
    run_all()
    assert radicale.names(address) == []
    set_status(applications=[invitation.application], status="under_review", by=by, now=wall_clock.now())
    invitation.refresh_from_db()
    change_invitation(
        invitation=invitation,
        seen=Seen.of(invitation),
        meeting_status="awaiting",
        by=by,
        now=wall_clock.now(),
    )
    run_all()
    (found,) = events(radicale, address)
    assert found["SEQUENCE"] == 2


def test_without_names(radicale, address, calendar, invitation, run_all):
    use = Use("Jobb", receives_interviews=True, with_names=False)
    change(calendar=calendar, use=use, by=calendar.user, now=wall_clock.now())
    run_all()
    (found,) = events(radicale, address)
    assert invitation.application.candidate.last_name not in found.to_ical().decode()
    assert "Sykepleier" in found["SUMMARY"]


def test_a_copy_somebody_changed_is_put_right_when_the_interview_changes(
    radicale, address, calendar, invitation, run_all
):
    (name,) = radicale.names(address)
    uid = f"interview-{invitation.interview_id}@samtale.example.org"
    radicale.put(address, name, ics(event(uid)))
    move(invitation, hours=1)
    run_all()
    (found,) = events(radicale, address)
    assert found["DTSTART"].dt == Interview.objects.get().start
    assert Copy.objects.get().digest


def test_a_copy_somebody_deleted_stays_away_until_the_interview_changes(
    radicale, address, calendar, invitation, run_all, clock
):
    (name,) = radicale.names(address)
    radicale.request("DELETE", address.removeprefix(radicale.url) + name)
    clock.forward(minutes=16)
    run_all()
    assert radicale.names(address) == []
    move(invitation, hours=1)
    run_all()
    assert radicale.names(address) == [name]


def test_a_copy_that_is_gone_or_changed_is_no_trouble_when_it_ought_to_go(
    radicale, address, calendar, invitation, run_all
):
    (name,) = radicale.names(address)
    uid = f"interview-{invitation.interview_id}@samtale.example.org"
    radicale.put(address, name, ics(event(uid)))
    cancel(invitation)
    run_all()
    assert radicale.names(address) == []
    assert OutsideCalendar.objects.get().problem == ""


def test_one_that_is_there_already_but_not_known_is_written_over(
    radicale, address, kari, run_all, invitation
):
    """A worker died between writing it and noting that it had."""
    make_caldav_calendar(address, kari, receives_interviews=True)
    radicale.put(
        address,
        f"samtale-interview-{invitation.interview_id}.ics",
        ics(event(f"interview-{invitation.interview_id}@samtale.example.org")),
    )
    run_all()
    (found,) = events(radicale, address)
    assert found["DTSTART"].dt == invitation.interview.start


def test_while_the_server_is_away_nothing_is_lost(radicale, address, calendar, invitation, run_all, clock):
    radicale.stop()
    try:
        move(invitation, hours=2)
        run_all()
        away = OutsideCalendar.objects.get()
        assert away.problem == "unreachable"
        assert Mark.objects.exists()
        assert run_all() == 0
    finally:
        radicale.start()
    clock.move_to(away.due_at)
    run_all()
    (found,) = events(radicale, address)
    assert found["DTSTART"].dt == Interview.objects.get().start
    assert not Mark.objects.exists()


def test_a_changed_password_is_said_and_mended_by_entering_it(
    radicale, address, calendar, invitation, run_all
):
    from samtale.calendars.domain.outside_calendars import Access
    from tests.radicale_server import PASSWORD, USER

    use = Use("Jobb", receives_interviews=True)
    change(
        calendar=calendar,
        use=use,
        access=Access(address, USER, "old"),
        by=calendar.user,
        now=wall_clock.now(),
    )
    move(invitation, hours=2)
    run_all()
    assert OutsideCalendar.objects.get().problem == "refused"
    change(
        calendar=calendar,
        use=use,
        access=Access(address, USER, PASSWORD),
        by=calendar.user,
        now=wall_clock.now(),
    )
    run_all()
    assert events(radicale, address)[0]["DTSTART"].dt == Interview.objects.get().start


def test_letting_the_calendar_go_takes_out_what_is_ahead(radicale, address, calendar, run_all):
    disconnect(calendar=calendar, by=calendar.user, now=wall_clock.now())
    assert OutsideCalendar.objects.get().is_leaving
    run_all()
    assert radicale.names(address) == []
    assert not OutsideCalendar.objects.exists()


def test_who_may_no_longer_log_in_has_no_interviews_there(radicale, address, calendar, kari, run_all, clock):
    kari.is_active = False
    kari.save()
    clock.forward(minutes=16)
    run_all()
    assert radicale.names(address) == []


def test_what_is_over_is_left_there(radicale, address, calendar, invitation, run_all, clock):
    clock.move_to(invitation.interview.end + timedelta(minutes=1))
    run_all()
    assert len(radicale.names(address)) == 1
    assert not Copy.objects.exists()


def test_those_without_such_a_calendar_are_not_marked(invitation, kari, outside):
    from tests.factories.calendars import make_ics_calendar

    make_ics_calendar(f"{outside.url}/a.ics", kari)
    move(invitation, hours=1)
    assert not Mark.objects.exists()


def test_a_change_while_copies_are_written_is_not_lost(
    radicale, address, calendar, invitation, run_all, monkeypatch
):
    """A mark that came after the worker looked stays for the next look."""
    from samtale.calendars.domain import run

    written = run.write
    move(invitation, hours=1)

    def write_and_meanwhile(*arguments, **named):
        done = written(*arguments, **named)
        monkeypatch.setattr(run, "write", written)
        move(invitation, hours=4)
        return done

    monkeypatch.setattr(run, "write", write_and_meanwhile)
    assert run_all() == 2
    assert events(radicale, address)[0]["DTSTART"].dt == Interview.objects.get().start


def test_a_name_that_is_forgotten_during_the_interview_goes_too(
    radicale, address, calendar, invitation, run_all, clock
):
    clock.move_to(invitation.interview.start + timedelta(minutes=5))
    run_all()
    candidate = invitation.application.candidate
    name = candidate.name
    anonymise_candidate(candidate=candidate, by=make_administrator(), now=wall_clock.now())
    run_all()
    assert name not in events(radicale, address)[0].to_ical().decode()


def test_nothing_is_written_over_unseen(outside, kari, invitation, run_all):
    """Each write says what it expects to find, so that of two at the same moment none is lost unnoticed."""
    path = f"/samtale-interview-{invitation.interview_id}.ics"
    outside.pages[path] = Reply(status=201, headers={"ETag": '"1"'})
    calendar = make_caldav_calendar(f"{outside.url}/", kari, receives_interviews=True, counts_as_busy=False)
    run_all()
    assert outside.asked[-1].headers["If-None-Match"] == "*"
    move(invitation, hours=1)
    run_all()
    assert outside.asked[-1].headers["If-Match"] == '"1"'
    cancel(invitation)
    run_all()
    assert (outside.asked[-1].method, outside.asked[-1].headers["If-Match"]) == ("DELETE", '"1"')
    assert OutsideCalendar.objects.get(pk=calendar.pk).problem == ""


def test_a_calendar_that_may_only_be_read_says_so_and_is_read_all_the_same(
    outside, kari, invitation, run_all
):
    path = f"/samtale-interview-{invitation.interview_id}.ics"
    outside.pages[path] = Reply(status=403)
    found = f"<d:response><c:calendar-data>{ics(event('1@x'))}</c:calendar-data></d:response>"
    spaces = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"'
    outside.pages["/"] = Reply(f"<d:multistatus {spaces}>{found}</d:multistatus>".encode(), status=207)
    make_caldav_calendar(f"{outside.url}/", kari, receives_interviews=True)
    run_all()
    assert OutsideCalendar.objects.get().problem == "read_only"
    assert BusyBlock.objects.count() == 1
