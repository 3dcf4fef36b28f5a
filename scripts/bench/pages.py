"""Measures pages: how long they take beside an empty one, and how often they ask the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from statistics import median, quantiles

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samtale.accounts.models import User
from samtale.core import clock
from samtale.interviews.domain.tokens import token_for
from samtale.interviews.models import Invitation
from scripts.bench.client import Ask, in_process
from scripts.bench.data import Data
from scripts.bench.urls import EMPTY, EMPTY_OPEN

ROUNDS, WARM_UP = 60, 5
LIST = "List of applicants, 50 rows"


@dataclass(frozen=True)
class Measured:
    """A page to measure: its path, the empty page it is compared with, and its goals (None: none set)."""

    name: str
    path: str
    times_empty: float | None = None
    most_queries: int | None = None
    beside: str = EMPTY


@dataclass
class Timing:
    """What came of it. Seconds; `empty` are those of its empty page, which all such pages share."""

    page: Measured
    empty: list[float]
    seconds: list[float] = field(default_factory=list)
    queries: int = 0

    @property
    def median(self) -> float:
        return median(self.seconds)

    @property
    def p95(self) -> float:
        return quantiles(self.seconds, n=20)[-1]

    @property
    def ratio(self) -> float:
        return self.median / median(self.empty)


def pages(data: Data) -> list[Measured]:
    """Return the pages of the issue's goals."""
    applications = f"/projects/{data.project.pk}/applications/?size=50"
    deep = data.project.applications.count() // 50 - 3
    today = clock.now().date()
    first = today.replace(day=1).replace(month=today.month % 12 + 1, year=today.year + today.month // 12)
    month = f"/calendar/?date_from={first:%Y-%m-01}&date_to={first:%Y-%m-28}"
    full = data.full_month
    after = (full + timedelta(days=31)).replace(day=1)
    drawn = f"/calendar/events/?start={full}&end={after}"
    invited = Invitation.objects.filter(meeting_status="awaiting", application__project=data.project)
    invitation = invited.select_related("interview").latest("pk")
    return [
        Measured("Empty view, logged in", EMPTY),
        Measured("Empty view, nobody logged in", EMPTY_OPEN, beside=EMPTY_OPEN),
        Measured(f"{LIST}, first page", applications, 10, 15),
        Measured(f"{LIST}, page {deep}", f"{applications}&page={deep}", 10, 15),
        Measured(f"{LIST}, newest first, page {deep}", f"{applications}&sort=-applied&page={deep}", 10, 15),
        Measured("Search for one name", f"{applications}&q=fatima", None, 15),
        Measured("Search for a word in notes", f"{applications}&q=bekreftet", None, 15),
        Measured("Application page", f"/applications/{data.invited[0].pk}/", 10),
        Measured("Calendar, one month as a list (75 interviews a page)", month, 12),
        Measured("Calendar, the page around a month", f"/calendar/?view=month&date={full}"),
        Measured("Calendar, a month’s 5,000 interviews (goal: 300 ms)", drawn, None, 15),
        Measured("Candidate’s page", f"/a/{token_for(invitation)}/", 3, beside=EMPTY_OPEN),
    ]


def cookies_of(user: User) -> str:
    """Return the Cookie header of a new session of `user`."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"sessionid={session.session_key}"


def time_pages(measured: list[Measured], asks: Mapping[str, Ask], *, rounds: int = ROUNDS) -> list[Timing]:
    """Ask for all pages in turn, `rounds` times, each right after its empty page.

    So whatever else the machine does meanwhile meets both alike. `asks` is by empty page: one asks
    as somebody who is logged in, the other as nobody.
    """
    empties: dict[str, list[float]] = {path: [] for path in asks}
    timings = [Timing(page, empties[page.beside]) for page in measured]
    for number in range(rounds + WARM_UP):
        for timing in timings:
            ask = asks[timing.page.beside]
            empty, seconds = ask(timing.page.beside), ask(timing.page.path)
            if number >= WARM_UP:
                timing.empty.append(empty)
                timing.seconds.append(seconds)
    return timings


def count_queries(timings: list[Timing], asks: Mapping[str, Ask]) -> None:
    """Write into each timing how many queries its page asks."""
    for timing in timings:
        with CaptureQueriesContext(connection) as captured:
            asks[timing.page.beside](timing.page.path)
        timing.queries = len(captured)


def time_in_process(data: Data) -> list[Timing]:
    """Measure every page in this process."""
    asks = {EMPTY: in_process(cookies_of(data.recruiter)), EMPTY_OPEN: in_process("")}
    timings = time_pages(pages(data), asks)
    count_queries(timings, asks)
    return timings
