"""No interview is lost or shown twice where a day, week or month ends and the next begins on the reader's
clock (spec 10)."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.test import Client
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from samtale.accounts.models import User
from samtale.interviews.domain.queries.agenda import between, interviews_for, today
from samtale.interviews.models import Interview, Invitation
from samtale.web.staff.calendar.showing import Showing, View
from tests.factories.accounts import make_organisation, make_user
from tests.factories.interviews import make_dispatch
from tests.factories.recruiting import make_application, make_project
from tests.property.interviews.transitions import DAY, MINUTE, NAMED, all_changes, at_midnight, wall

pytestmark = pytest.mark.django_db
OSLO = ZoneInfo("Europe/Oslo")
LENGTH = 30 * MINUTE
zones = st.sampled_from([ZoneInfo(key) for key in NAMED])


def _half_hours(first: datetime) -> list[datetime]:
    return [first + number * 30 * MINUTE for number in range(6)]


# In Santiago clocks jump from midnight to one; in Havana they go back from one to midnight.
NO_MIDNIGHT = ZoneInfo("America/Santiago"), OSLO, _half_hours(datetime(2026, 9, 6, 3, tzinfo=UTC))
TWO_MIDNIGHTS = ZoneInfo("America/Havana"), OSLO, _half_hours(datetime(2026, 11, 1, 3, tzinfo=UTC))


@st.composite
def borders(draw: st.DrawFn, *, with_months: bool = True) -> tuple[ZoneInfo, ZoneInfo, list[datetime]]:
    """The reader's zone, the interviews' zone, and starts near midnights around a change of clocks: of its
    day, of the week and of the month that it is in."""
    change = draw(st.sampled_from(all_changes()) | st.sampled_from(at_midnight()))
    zone = draw(st.sampled_from([change.zone, change.zone, draw(zones)]))
    day = wall(change.at, zone).date()
    monday, first = day - timedelta(days=day.weekday()), day.replace(day=1)
    next_first = (first + 32 * DAY).replace(day=1)
    days = {day, day + DAY, monday, monday + 7 * DAY, *([first, next_first] if with_months else [])}
    offsets = draw(st.lists(st.integers(-90, 90), max_size=3))
    starts = {change.at, change.at - MINUTE}
    for each in days:
        midnight = datetime.combine(each, time(), zone).astimezone(UTC)
        starts |= {midnight + minutes * MINUTE for minutes in (-60, -1, 0, 1, 59, 60, *offsets)}
    return zone, draw(zones), sorted(starts)


def arrange(reader: ZoneInfo, place: ZoneInfo, starts: Iterable[datetime]) -> User:
    make_organisation(time_zone=place.key)
    owner = make_user(time_zone=reader.key)
    project = make_project(owner=owner)
    dispatch = make_dispatch(project)
    Interview.objects.bulk_create(
        Interview(
            project=project,
            dispatch=dispatch,
            type="phone",
            round="interview_1",
            start=start,
            time_zone=place.key,
            duration=30,
        )
        for start in starts
    )
    application = make_application(project)  # what has nobody left does not take place
    Invitation.objects.bulk_create(
        Invitation(interview=interview, application=application, created_at=interview.start)
        for interview in Interview.objects.order_by("pk")
    )
    return owner


def taking_place(starts: Iterable[datetime], first: date, last: date, zone: ZoneInfo) -> list[datetime]:
    """Return the starts of those that take place, if only for a minute, from `first` to `last`."""
    return sorted(
        start
        for start in starts
        if wall(start, zone).date() <= last and wall(start + LENGTH - MINUTE, zone).date() >= first
    )


def days_around(starts: list[datetime], zone: ZoneInfo) -> list[date]:
    first, last = wall(starts[0], zone).date(), wall(starts[-1], zone).date()
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


@settings(max_examples=25, deadline=None)
@given(borders())
@example(NO_MIDNIGHT)
@example(TWO_MIDNIGHTS)
def test_every_interview_is_in_just_the_days_that_the_readers_clock_shows(found):
    zone, place, starts = found
    with transaction.atomic():
        owner = arrange(zone, place, starts)
        seen = interviews_for(owner)
        for day in days_around(starts, zone):
            expected = taking_place(starts, day, day, zone)
            of_day = between(seen, first=day, last=day, zone=zone).order_by("start")
            assert list(of_day.values_list("start", flat=True)) == expected, day
            if begun := [start for start in expected if wall(start, zone).date() == day]:
                for now in (begun[0], begun[-1]):
                    on_start_page = today(owner, now=now, zone=zone)
                    assert [each.start for each in on_start_page] == expected, now
        for view in (View.WEEK, View.MONTH):
            period = Showing(view, wall(starts[0], zone).date())
            while period.first <= wall(starts[-1], zone).date():
                part = between(seen, first=period.first, last=period.last, zone=zone)
                expected = taking_place(starts, period.first, period.last, zone)
                assert list(part.order_by("start").values_list("start", flat=True)) == expected, period
                period = period.after
        transaction.set_rollback(True)


# To find a smaller example of what failed would take minutes here.
@settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(borders(with_months=False))
@example(NO_MIDNIGHT)
@example(TWO_MIDNIGHTS)
def test_the_pages_show_each_on_its_days(found):
    """Events of the grid once, the list and the day's sheet on both dates of what runs past midnight."""
    zone, place, starts = found
    with transaction.atomic():
        owner = arrange(zone, place, starts)
        client = Client()
        client.force_login(owner)
        ids = dict(Interview.objects.values_list("start", "pk"))
        drawn: Counter[int] = Counter()
        week = Showing(View.WEEK, wall(starts[0], zone).date())
        while week.first <= wall(starts[-1], zone).date():
            drawn.update(_drawn(client, week.first, week.last))
            period = {"view": "list", "date_from": week.first.isoformat(), "date_to": week.last.isoformat()}
            expected = taking_place(starts, week.first, week.last, zone)
            assert _linked(client, period) == [ids[start] for start in expected]
            week = week.after
        assert drawn.keys() == {(pk, f"{wall(start, zone):%Y-%m-%dT%H:%M}") for start, pk in ids.items()}
        assert set(drawn.values()) == {1}
        for day in {wall(start, zone).date() for start in starts}:
            begun = [start for start in starts if wall(start, zone).date() == day]
            assert [pk for pk, _start in _drawn(client, day, day)] == [ids[start] for start in begun]
            page = client.get("/calendar/", {"view": "print", "date": day.isoformat()})
            sheet = BeautifulSoup(page.content, "html.parser").select(".sheet-interview time")
            assert [datetime.fromisoformat(str(each["datetime"])) for each in sheet] == taking_place(
                starts, day, day, zone
            )
        transaction.set_rollback(True)


def _drawn(client: Client, first: date, last: date) -> list[tuple[int, str]]:
    """Return what the grid draws of a period: the events that by their clock times begin within it."""
    query = {"start": first.isoformat(), "end": (last + DAY).isoformat()}
    events = client.get("/calendar/events/", query).json()["events"]
    return [(each["id"], each["start"]) for each in events if query["start"] <= each["start"] < query["end"]]


def _linked(client: Client, query: dict[str, str]) -> list[int]:
    found: list[int] = []
    for page in range(1, 3):
        content = client.get("/calendar/", query | {"page": str(page)}).content
        links = BeautifulSoup(content, "html.parser").select('td[rowspan] a[href^="/interviews/"]')
        numbers = [int(str(link["href"]).strip("/").split("/")[-1]) for link in links]
        if page > 1 and set(numbers) & set(found):
            break  # there is no second page, so that the last one is shown
        found += numbers
    return found
