"""The first time all can, worked out from when they are taken."""

from datetime import UTC, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from samtale.interviews.domain.free_times import Wish, free_starts, offers

OSLO = ZoneInfo("Europe/Oslo")


def oslo(day: int, hour: int, minute: int = 0, *, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=OSLO).astimezone(UTC)


def first(wish: Wish, taken=(), *, after: datetime, number: int = 1) -> list[str]:
    starts = islice(free_starts(wish, taken, after=after), number)
    return [f"{each.astimezone(OSLO):%d.%m. %H:%M}" for each in starts]


def test_the_first_quarter_of_the_next_working_day():
    assert first(Wish(45, OSLO), after=oslo(6, 15, 30)) == ["09.03. 08:00"]  # a Friday afternoon
    assert first(Wish(45, OSLO), after=oslo(9, 10, 5), number=2) == ["09.03. 10:15", "09.03. 10:30"]


def test_what_anybody_is_in_is_gone_around_to_the_minute():
    taken = [(oslo(9, 8), oslo(9, 9)), (oslo(9, 9, 45), oslo(9, 12)), (oslo(9, 8, 30), oslo(9, 8, 40))]
    assert first(Wish(45, OSLO), taken, after=oslo(9, 7)) == ["09.03. 09:00"]
    assert first(Wish(46, OSLO), taken, after=oslo(9, 7)) == ["09.03. 12:00"]


def test_nothing_ends_after_the_working_day():
    taken = [(oslo(9, 8), oslo(9, 15, 16))]
    assert first(Wish(45, OSLO), taken, after=oslo(9, 7)) == ["10.03. 08:00"]
    assert first(Wish(45, OSLO, day_end=time(18)), taken, after=oslo(9, 7)) == ["09.03. 15:30"]


def test_several_interviews_follow_each_other_within_one_day():
    taken = [(oslo(9, 10), oslo(9, 10, 30))]
    wish = Wish(60, OSLO, pause=15, count=4)
    assert first(wish, taken, after=oslo(9, 7)) == ["09.03. 10:30"]  # 10:30, 11:45, 13:00, 14:15
    assert first(Wish(60, OSLO, count=9), after=oslo(9, 7)) == []


def test_with_an_end_of_day_they_go_on_the_next_weekday():
    wish = Wish(60, OSLO, count=9, day_end=time(16))
    assert first(wish, after=oslo(13, 7)) == ["13.03. 08:00"]  # eight on Friday, one on Monday
    assert first(wish, [(oslo(16, 8, 59), oslo(16, 9))], after=oslo(13, 7)) == ["13.03. 09:00"]


@pytest.mark.parametrize(("day", "month"), [(27, 3), (23, 10)])  # the Fridays before the clocks are changed
def test_across_a_change_of_clocks_the_working_day_begins_at_eight(day, month):
    after = oslo(day, 16, month=month)
    starts = islice(free_starts(Wish(45, OSLO), [], after=after), 1)
    assert [f"{each.astimezone(OSLO):%a %H:%M}" for each in starts] == ["Mon 08:00"]


def test_a_time_that_no_clock_shows_is_not_offered():
    apia = ZoneInfo("Pacific/Apia")  # where Friday 30 December 2011 was left out
    after = datetime(2011, 12, 29, 16, tzinfo=apia).astimezone(UTC)
    starts = islice(free_starts(Wish(45, apia), [], after=after), 1)
    assert [f"{each.astimezone(apia):%d %H:%M}" for each in starts] == ["02 08:00"]


def test_four_weeks_are_looked_at():
    days = {each.astimezone(OSLO).date() for each in free_starts(Wish(480, OSLO), [], after=oslo(9, 7))}
    assert len(days) == 21 and max(days) - min(days) == timedelta(days=28)


def test_the_offers_leave_a_choice():
    wish = Wish(45, OSLO)
    chosen = offers(free_starts(wish, [], after=oslo(9, 7)), wish, number=5)
    assert [f"{each.astimezone(OSLO):%d %H:%M}" for each in chosen] == [
        "09 08:00",
        "09 08:45",
        "10 08:00",
        "10 08:45",
        "11 08:00",
    ]
