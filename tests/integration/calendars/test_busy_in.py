"""Busy times from calendars elsewhere."""

from datetime import UTC, datetime, timedelta

import pytest

from samtale.calendars.domain.outside_calendars import Access, Use, change, disconnect, refresh_soon
from samtale.calendars.domain.queries.busy import busy_between
from samtale.calendars.domain.run import BETWEEN_READINGS, LEASE, CalendarRunner
from samtale.calendars.models import BusyBlock, OutsideCalendar
from samtale.core import clock as wall_clock
from samtale.core import outside as guard
from tests.factories.accounts import make_user
from tests.factories.calendars import make_caldav_calendar, make_ics_calendar
from tests.integration.calendars.ics import event, ics
from tests.outside_server import OutsideServer, Reply

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def stretches(calendar: OutsideCalendar) -> list[tuple[datetime, datetime]]:
    return list(calendar.busy_blocks.order_by("start").values_list("start", "end"))


def serve(outside: OutsideServer, *events: str, **headers: str) -> str:
    outside.pages["/kari.ics"] = Reply(ics(*events).encode(), headers=headers)
    return f"{outside.url}/kari.ics"


def fresh(calendar: OutsideCalendar) -> OutsideCalendar:
    return OutsideCalendar.objects.get(pk=calendar.pk)


def test_an_ics_address_is_read_and_only_the_times_are_kept(outside, run_all):
    calendar = make_ics_calendar(
        serve(outside, event(), event("2@x", "20260317T080000Z", "20260317T083000Z"))
    )
    assert run_all() == 1
    assert stretches(calendar) == [(at(16, 9), at(16, 10)), (at(17, 8), at(17, 8, 30))]
    assert busy_between([calendar.user], start=at(16, 0), end=at(17, 0)) == {
        calendar.user_id: [(at(16, 9), at(16, 10))]
    }
    assert fresh(calendar).refreshed_at == wall_clock.now()
    names = {field.name for field in BusyBlock._meta.get_fields()}
    assert names == {"id", "user", "source", "start", "end"}


def test_a_caldav_calendar_is_read_from_radicale(radicale, run_all):
    address = radicale.make_calendar()
    radicale.put(address, "a.ics", ics(event()))
    radicale.put(
        address, "b.ics", ics(event("2@x", "20260310T080000Z", "20260310T090000Z") + "\nRRULE:FREQ=WEEKLY")
    )
    radicale.put(address, "c.ics", ics(event("3@x", "20250310T080000Z", "20250310T090000Z")))
    calendar = make_caldav_calendar(address)
    run_all()
    found = stretches(calendar)
    assert found[:3] == [(at(10, 8), at(10, 9)), (at(16, 9), at(16, 10)), (at(17, 8), at(17, 9))]
    assert len(found) == 26


def test_a_caldav_calendar_that_is_as_it_was_is_not_read_again(radicale, run_all, clock):
    address = radicale.make_calendar()
    radicale.put(address, "a.ics", ics(event()))
    calendar = make_caldav_calendar(address)
    run_all()
    calendar.busy_blocks.update(end=at(16, 11))  # would be put right by reading
    clock.forward(minutes=16)
    run_all()
    assert stretches(calendar) == [(at(16, 9), at(16, 11))]
    radicale.put(address, "b.ics", ics(event("2@x", "20260317T080000Z", "20260317T090000Z")))
    clock.forward(minutes=16)
    run_all()
    assert stretches(calendar) == [(at(16, 9), at(16, 10)), (at(17, 8), at(17, 9))]


@pytest.mark.parametrize(
    ("sent", "asked"),
    [
        ({"ETag": '"v1"'}, ("If-None-Match", '"v1"')),
        (
            {"Last-Modified": "Mon, 02 Mar 2026 08:00:00 GMT"},
            ("If-Modified-Since", "Mon, 02 Mar 2026 08:00:00 GMT"),
        ),
    ],
    ids=["ETag", "Last-Modified"],
)
def test_an_address_is_asked_whether_anything_has_changed(outside, run_all, clock, sent, asked):
    calendar = make_ics_calendar(serve(outside, event(), **sent))
    run_all()
    outside.pages["/kari.ics"] = Reply(status=304)
    clock.forward(minutes=16)
    run_all()
    assert outside.asked[-1].headers[asked[0]] == asked[1]
    assert stretches(calendar) == [(at(16, 9), at(16, 10))]
    assert fresh(calendar).refreshed_at == wall_clock.now()


def test_after_a_day_it_is_read_whole_for_the_days_that_have_come_into_sight(outside, run_all, clock):
    make_ics_calendar(serve(outside, event(), ETag='"v1"'))
    run_all()
    clock.forward(days=1)
    run_all()
    assert "If-None-Match" not in outside.asked[-1].headers


def test_whole_days_and_times_without_a_zone_are_the_owners(outside, run_all):
    user = make_user(time_zone="America/New_York")
    calendar = make_ics_calendar(
        serve(
            outside, "UID:1\nDTSTART;VALUE=DATE:20260316", event("2@x", "20260318T090000", "20260318T100000")
        ),
        user,
    )
    run_all()
    assert stretches(calendar) == [(at(16, 4), at(17, 4)), (at(18, 13), at(18, 14))]


@pytest.mark.parametrize(
    "line",
    [
        "TRANSP:TRANSPARENT",
        "STATUS:CANCELLED",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "ATTENDEE;PARTSTAT=DECLINED:mailto:Kari@example.org",
    ],
)
def test_what_takes_no_time_is_left_out(outside, run_all, line):
    user = make_user(email="kari@example.org")
    calendar = make_ics_calendar(serve(outside, f"{event()}\n{line}"), user)
    run_all()
    assert stretches(calendar) == []


@pytest.mark.parametrize(
    "uid", ["interview-17@samtale.example.org", "6f1c1c2e-3a51-4a86-9c6f-0a3c5d2f0a11@samtale.example.org"]
)
def test_interviews_of_ours_that_come_back_take_no_time_twice(outside, run_all, uid):
    others = "interview-17@another.example.org"
    calendar = make_ics_calendar(
        serve(outside, event(uid), event(others, "20260317T090000Z", "20260317T100000Z"))
    )
    run_all()
    assert stretches(calendar) == [(at(17, 9), at(17, 10))]


def test_what_fails_keeps_what_was_read_and_says_why(outside, run_all, clock):
    calendar = make_ics_calendar(serve(outside, event()))
    run_all()
    good = fresh(calendar).refreshed_at
    outside.pages["/kari.ics"] = Reply(status=500)
    clock.forward(minutes=16)
    run_all()
    failed = fresh(calendar)
    assert stretches(calendar) == [(at(16, 9), at(16, 10))]
    assert (failed.problem, failed.refreshed_at, failed.failed_at) == ("failed", good, wall_clock.now())
    assert failed.due_at == wall_clock.now() + 2 * BETWEEN_READINGS
    outside.pages["/kari.ics"] = Reply(ics(event()).encode())
    clock.forward(minutes=31)
    run_all()
    assert (fresh(calendar).problem, fresh(calendar).failures) == ("", 0)


def test_it_rests_the_longer_the_more_often_it_fails(outside, run_all, clock):
    calendar = make_ics_calendar(f"{outside.url}/none.ics")
    rests = []
    for _ in range(8):
        run_all()
        rests.append(fresh(calendar).due_at - wall_clock.now())
        clock.move_to(fresh(calendar).due_at)
    assert rests == [timedelta(minutes=minutes) for minutes in (30, 60, 120, 240, 480, 720, 720, 720)]


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        (Reply(status=401), "refused"),
        (Reply(status=403), "refused"),
        (Reply(status=404), "gone"),
        (Reply(status=410), "gone"),
        (Reply(status=503), "failed"),
        (Reply(b"<!doctype html><p>Log in"), "not_a_calendar"),
        (Reply(b""), "not_a_calendar"),
        (Reply(ics(event()).encode()[:-20]), "not_a_calendar"),
        (Reply(ics(f"{event()}\nRRULE:FREQ=SECONDLY").encode()), "too_much"),
        (
            Reply(ics(f"{event()}\nRRULE:FREQ=DAILY;BYHOUR=1,2,3,4,5,6;BYMINUTE=1,2,3,4,5").encode()),
            "too_much",
        ),
        (Reply(status=302, headers={"Location": "https://10.0.0.1/kari.ics"}), "not_allowed"),
    ],
)
def test_each_trouble_has_its_words(outside, run_all, reply, problem):
    outside.pages["/kari.ics"] = reply
    calendar = make_ics_calendar(f"{outside.url}/kari.ics")
    run_all()
    assert fresh(calendar).problem == problem
    assert fresh(calendar).get_problem_display() != problem


def test_a_private_address_is_not_gone_to(outside, run_all, settings):
    calendar = make_ics_calendar(serve(outside, event()))
    settings.CALENDAR_ALLOWED_HOSTS = []
    run_all()
    assert fresh(calendar).problem == "not_allowed"
    assert outside.asked == []


def test_a_calendar_that_is_too_large_or_too_slow(outside, run_all, monkeypatch):
    calendar = make_ics_calendar(serve(outside, event()))
    monkeypatch.setattr(guard, "MOST_BYTES", 100)
    run_all()
    assert fresh(calendar).problem == "too_large"
    monkeypatch.undo()
    monkeypatch.setattr(guard, "TOTAL_SECONDS", 0.3)
    outside.pages["/slow.ics"] = Reply(b"x" * 100, drip=0.1)
    slow = make_ics_calendar(f"{outside.url}/slow.ics")
    run_all()
    assert fresh(slow).problem == "too_slow"


def test_a_series_that_takes_for_ever_to_work_out_is_given_up(outside, run_all, monkeypatch):
    monkeypatch.setattr("samtale.calendars.domain.expand.SECONDS", 0.01)
    calendar = make_ics_calendar(serve(outside, event()))
    run_all()
    assert fresh(calendar).problem == "too_much"


def test_a_wrong_password_is_said_and_not_tried_every_quarter_of_an_hour(radicale, run_all):
    calendar = make_caldav_calendar(radicale.make_calendar(), password="wrong")
    run_all()
    assert fresh(calendar).problem == "refused"
    assert fresh(calendar).due_at == wall_clock.now() + timedelta(hours=12)


def test_without_the_old_key_the_user_must_enter_the_password_again(outside, run_all, settings, clock):
    calendar = make_ics_calendar(serve(outside, event()))
    run_all()
    old, settings.SECRET_KEY = settings.SECRET_KEY, "a new key, which is long enough to be one"
    clock.forward(minutes=16)
    run_all()
    assert fresh(calendar).problem == "sealed"
    assert stretches(calendar) == [(at(16, 9), at(16, 10))]
    change(
        calendar=calendar,
        use=Use("Privat"),
        access=Access(f"{outside.url}/kari.ics"),
        by=calendar.user,
        now=wall_clock.now(),
    )
    run_all()
    assert fresh(calendar).problem == ""
    assert old != settings.SECRET_KEY


def test_what_an_old_key_sealed_is_sealed_anew(outside, run_all, settings):
    calendar = make_ics_calendar(serve(outside, event()))
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new key, which is long enough to be one"
    run_all()
    settings.SECRET_KEY_FALLBACKS = []
    refresh_soon(calendar=calendar, by=calendar.user, now=wall_clock.now() + timedelta(minutes=2))
    run_all()
    assert fresh(calendar).problem == ""


def test_nothing_of_an_address_or_password_lies_open(radicale):
    calendar = make_caldav_calendar(radicale.make_calendar())
    row = OutsideCalendar.objects.filter(pk=calendar.pk).values().get()
    assert not any("blåbær" in str(value) or "/kari/" in str(value) for value in row.values())
    assert row["host"] == "127.0.0.1"


def test_two_workers_do_not_look_at_the_same(outside):
    make_ics_calendar(serve(outside, event()))
    first, second = (
        CalendarRunner(clock=wall_clock.now, owner=owner, should_stop=lambda: False) for owner in ("a", "b")
    )
    claimed = first._claim()
    assert claimed is not None
    assert not second.step()
    assert not second.is_due()
    OutsideCalendar.objects.update(lease_until=wall_clock.now() - LEASE)
    assert second.step()


def test_who_changes_a_calendar_while_it_is_read_has_the_last_word(outside, run_all):
    calendar = make_ics_calendar(f"{outside.url}/kari.ics")

    def meanwhile(_asked):
        change(
            calendar=calendar, use=Use("Privat", counts_as_busy=False), by=calendar.user, now=wall_clock.now()
        )
        return Reply(ics(event()).encode())

    outside.pages["/kari.ics"] = Reply(ics(event()).encode())
    runner = CalendarRunner(clock=wall_clock.now, owner="a", should_stop=lambda: False)
    claimed = runner._claim()
    meanwhile(None)
    runner._look(claimed, [])
    assert stretches(calendar) == []
    assert fresh(calendar).counts_as_busy is False


def test_one_that_no_longer_counts_or_is_let_go_takes_its_times_along(outside, run_all):
    calendar = make_ics_calendar(serve(outside, event()))
    other = make_ics_calendar(f"{outside.url}/kari.ics", calendar.user)
    run_all()
    assert BusyBlock.objects.count() == 2
    change(calendar=calendar, use=Use("Privat", counts_as_busy=False), by=calendar.user, now=wall_clock.now())
    assert BusyBlock.objects.get().source == other
    disconnect(calendar=other, by=calendar.user, now=wall_clock.now())
    assert not BusyBlock.objects.exists()
    assert not OutsideCalendar.objects.filter(pk=other.pk).exists()


def test_nobody_reads_for_a_user_who_may_not_log_in(outside, run_all):
    calendar = make_ics_calendar(serve(outside, event()))
    calendar.user.is_active = False
    calendar.user.save()
    run_all()
    assert outside.asked == []


def test_refreshing_over_and_over_asks_once_a_minute(outside, run_all, clock):
    calendar = make_ics_calendar(serve(outside, event()))
    run_all()
    for _ in range(5):
        refresh_soon(calendar=calendar, by=calendar.user, now=wall_clock.now())
        run_all()
    assert len(outside.asked) == 1
    clock.forward(minutes=2)
    refresh_soon(calendar=calendar, by=calendar.user, now=wall_clock.now())
    run_all()
    assert len(outside.asked) == 2
