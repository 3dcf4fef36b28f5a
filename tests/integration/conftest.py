from collections.abc import Callable, Iterator

import pytest
from pytest_django import Settings

from samtale.calendars.domain.run import CalendarRunner
from samtale.core import clock as wall_clock
from samtale.core.owners import new_owner
from tests.radicale_server import RadicaleServer


@pytest.fixture(scope="session")
def _radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RadicaleServer]:
    server = RadicaleServer(tmp_path_factory.mktemp("radicale"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def radicale(_radicale: RadicaleServer, settings: Settings) -> RadicaleServer:
    """Give a CalDAV server that runs, without calendars."""
    settings.CALENDAR_ALLOWED_HOSTS = ["127.0.0.1"]
    _radicale.forget_all()
    return _radicale


@pytest.fixture
def run_all() -> Callable[[], int]:
    """Let a worker look at all calendars that are due, and return how many those were."""

    def run() -> int:
        runner = CalendarRunner(clock=wall_clock.now, owner=new_owner(), should_stop=lambda: False)
        number = 0
        while runner.step():
            number += 1
        return number

    return run
