"""Measures what step 1 of inviting asks while somebody chooses a time."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from statistics import median
from zoneinfo import ZoneInfo

from samtale.accounts.models import User
from samtale.calendars.models import BusyBlock
from samtale.core import clock
from samtale.interviews.domain.free_times import DAYS_AHEAD, Wish
from samtale.interviews.domain.queries.conflicts import Period, busy_outside, conflicts
from samtale.interviews.domain.queries.free_times import first_times
from scripts.bench.data import Data, colleague

PEOPLE, BLOCKS, APPLICANTS = 6, 2_000, 200
_ROUNDS = 15


@dataclass(frozen=True)
class Planning:
    """In milliseconds, the median of some rounds."""

    first_times: float
    conflicts: float


def measure_planning(data: Data) -> Planning:
    """Look for the first time six can, and check the times of 200 applicants, among 2,000 busy blocks."""
    people = [data.recruiter, *(colleague() for _number in range(PEOPLE - 1))]
    now = clock.now()
    _make_busy(people, now)
    wish = Wish(minutes=45, zone=ZoneInfo("Europe/Oslo"))
    first = now + timedelta(days=7)
    periods = [
        Period(first + timedelta(minutes=45 * number), first + timedelta(minutes=45 * (number + 1)))
        for number in range(APPLICANTS)
    ]
    return Planning(
        _milliseconds(lambda: first_times(wish, interviewers=people, after=now)),
        _milliseconds(
            lambda: (conflicts(periods, interviewers=people), busy_outside(periods, interviewers=people))
        ),
    )


def _make_busy(people: list[User], now: datetime) -> None:
    chance = Random(1)
    minutes = DAYS_AHEAD * 24 * 60
    starts = [now + timedelta(minutes=chance.randrange(minutes)) for _number in range(BLOCKS)]
    BusyBlock.objects.bulk_create(
        [
            BusyBlock(user=people[number % PEOPLE], start=start, end=start + timedelta(minutes=30))
            for number, start in enumerate(starts)
        ],
        batch_size=500,
    )


def _milliseconds(work: Callable[[], object]) -> float:
    taken = []
    for _number in range(_ROUNDS):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return median(taken) * 1000
