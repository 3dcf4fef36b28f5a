"""Fixtures for all tests, and the tripwires around them."""

import os
import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet
from django.test import SimpleTestCase
from pytest_django import Settings

from samtale.accounts.models import Organisation
from samtale.core import configuration
from scripts.chromium import find_chromium
from scripts.postgres import CLUSTER
from tests import calendar_readers, tripwires
from tests.calendar_readers import Reader
from tests.mail_server import MailServer
from tests.outside_server import OutsideServer

# A time without a zone would mean another instant on another machine.
time_machine.naive_mode = time_machine.NaiveMode.ERROR


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the browser's tests, keep them in one process, and leave them out where there is no browser. (With
    pytest 9.2 they are in several all the same: pytest-xdist 3.8 notes groups where it no longer looks.)

    On PostgreSQL leave out what touches no database, since it would do the same as it does on SQLite.
    """
    if connection.vendor == "postgresql":
        apart = {item for item in items if not _touches_the_database(item)}
        config.hook.pytest_deselected(items=list(apart))
        items[:] = [item for item in items if item not in apart]
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker("browser")
            item.add_marker(pytest.mark.xdist_group("browser"))
            if not find_chromium():
                item.add_marker(pytest.mark.skip(reason="there is no Chromium"))


def _touches_the_database(item: pytest.Item) -> bool:
    assert isinstance(item, pytest.Function)
    is_with_its_own = "faults" in item.path.parts  # some start and stop servers of their own
    is_marked = item.get_closest_marker("django_db") is not None
    is_case = item.cls is not None and issubclass(item.cls, SimpleTestCase)
    return is_with_its_own or is_marked or is_case or bool({"db", "transactional_db"} & {*item.fixturenames})


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not find_chromium():
        terminalreporter.write_line(
            "THE BROWSER TESTS WERE LEFT OUT: there is no Chromium. Install it, or set CHROMIUM to its path.",
            red=True,
        )
    if connection.vendor != "postgresql":
        terminalreporter.write_line(
            "PostgreSQL was left out: these tests ran on SQLite. `make test-postgres` finds or installs a "
            "server and runs them on it, with those that restart it.",
            yellow=True,
        )
    elif not os.environ.get(CLUSTER):
        terminalreporter.write_line(
            "The restarts of PostgreSQL were left out: TEST_DATABASE_URL names a server that may not be "
            "restarted. `make test-postgres` without it makes one.",
            yellow=True,
        )


@pytest.fixture(autouse=True)
def _tripwires(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", tripwires.connect_only_here)
    monkeypatch.setattr(QuerySet, "_fetch_all", tripwires.fetch_all_shuffled)


@pytest.fixture(autouse=True)
def _letters_leave_at_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let organisations have no time to undo Send, but in tests marked `undo_window`: there, as shipped."""
    if not request.node.get_closest_marker("undo_window"):
        monkeypatch.setattr(Organisation._meta.get_field("undo_seconds"), "_get_default", lambda: 0)


@pytest.fixture(autouse=True)
def _no_limits_left_over() -> None:
    """Forget the rate limits that an earlier test used up."""
    cache.clear()


class Clock:
    """The clock of one test. It stands still until it is told to move."""

    def __init__(self, traveller: time_machine.Traveller) -> None:
        self._traveller = traveller

    def move_to(self, instant: datetime) -> None:
        """Make it `instant`, which must be aware."""
        assert instant.tzinfo, "the clock takes aware times only"
        self._traveller.move_to(instant, tick=False)

    def forward(self, **duration: float) -> None:
        """Let time pass: `forward(hours=2)`."""
        self._traveller.shift(timedelta(**duration))


@pytest.fixture
def clock() -> Iterator[Clock]:
    """Stop the clock at Monday 2 March 2026, 10:00 in Oslo, or where the test moves it."""
    start = datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Europe/Oslo"))
    with time_machine.travel(start, tick=False) as traveller:
        yield Clock(traveller)


@pytest.fixture
def smtp_server(settings: Settings) -> Iterator[MailServer]:
    """Run a real SMTP server on loopback, and send this test's e-mail there."""
    server = MailServer()
    server.start()
    for name, value in configuration.email(server.url).items():
        setattr(settings, name, value)
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture
def outside(settings: Settings) -> Iterator[OutsideServer]:
    """Run a web server on loopback for addresses that users type, and allow Samtale to ask it."""
    settings.CALENDAR_ALLOWED_HOSTS = ["127.0.0.1"]
    server = OutsideServer()
    server.start()
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session", params=calendar_readers.NAMES)
def calendar_reader(request: pytest.FixtureRequest) -> Iterator[Reader]:
    """Run the test with each program that reads iCalendar; leave out those that are not here."""
    try:
        opened = calendar_readers.open_reader(request.param)
    except calendar_readers.Missing as missing:
        pytest.skip(str(missing))
    with opened:
        yield opened
