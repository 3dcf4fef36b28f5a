"""The worker looks at calendars beside its letters."""

import threading
import time

import pytest

from samtale.calendars.models import OutsideCalendar
from samtale.core import clock as wall_clock
from samtale.outbox.worker import Worker
from tests.factories.calendars import make_ics_calendar
from tests.integration.calendars.ics import event, ics
from tests.outside_server import OutsideServer, Reply


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_drains_looks_at_what_is_due(outside: OutsideServer):
    outside.pages["/kari.ics"] = Reply(ics(event()).encode())
    make_ics_calendar(f"{outside.url}/kari.ics")
    Worker(clock=wall_clock.now).drain()
    assert OutsideCalendar.objects.get().refreshed_at


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_runs_goes_on_with_its_rounds_while_a_server_keeps_silent(
    outside: OutsideServer, monkeypatch: pytest.MonkeyPatch
):
    answer, asked = threading.Event(), threading.Event()

    def slow(_asked: object) -> Reply:
        asked.set()
        answer.wait(20)
        return Reply(ics(event()).encode())

    outside.pages["/kari.ics"] = slow
    make_ics_calendar(f"{outside.url}/kari.ics")
    worker = Worker(clock=wall_clock.now)
    rounds = []

    def one_round() -> int:
        rounds.append(asked.is_set())
        if rounds.count(True) == 3:  # it has gone on
            answer.set()
        if OutsideCalendar.objects.filter(refreshed_at__isnull=False).exists() or len(rounds) > 100:
            worker._stop.set()
        return 0

    monkeypatch.setattr(worker, "_round", one_round)
    started = time.monotonic()
    worker.run()
    assert rounds.count(True) >= 3, time.monotonic() - started
    assert OutsideCalendar.objects.get().refreshed_at
    assert not [thread for thread in threading.enumerate() if thread.name == "calendars"]
