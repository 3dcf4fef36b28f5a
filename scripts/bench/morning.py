"""Measures a morning: 20,000 reminders fall due at the same moment, while recruiters look at their lists."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from statistics import quantiles

from django.db import connection

from samtale.core import clock
from samtale.interviews.domain.queries.standing import standing_invitations
from samtale.interviews.models.interview import Round
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from samtale.recruiting.models import Application
from scripts.bench.client import Ask, over_http
from scripts.bench.data import APPLICATIONS, INVITED_AT_ONCE, Data, colleague, send
from scripts.bench.delivery import hold_back_all, mail_sink
from scripts.bench.pages import cookies_of
from scripts.bench.processes import resident_megabytes, running

REMINDERS = 2 * APPLICATIONS
_ASKED_BEFORE = 60
_PAUSE = 0.25  # seconds between two looks at the list
_EARLY = 2_000  # letters after which a worker has all it needs in memory


@dataclass(frozen=True)
class Morning:
    """Seconds until the last reminder had left; the list's p95 in seconds, before and meanwhile; and the
    worker's memory in MB, early on and at its most."""

    reminders: int
    seconds: float
    before: float
    meanwhile: float
    early: float
    most: float


def measure_morning(data: Data) -> Morning:
    """Write the reminders, let them fall due, and look at the list of applicants until all have left."""
    _write_reminders(data)
    port = int(os.environ["PORT"])
    path = f"/projects/{data.project.pk}/applications/?size=50"
    arguments = ("-m", "gunicorn", "-c", "python:samtale.serving.gunicorn_settings")
    with mail_sink(), running(*arguments, port=port):
        ask = over_http(port, cookies_of(data.recruiter))
        for _warm_up in range(5):
            ask(path)
        before = [_look(ask, path) for _ in range(_ASKED_BEFORE)]
        reminders = _let_fall_due()
        connection.close()
        return _deliver(ask, path, reminders, before)


def _deliver(ask: Ask, path: str, reminders: int, before: list[float]) -> Morning:
    worker = subprocess.Popen(
        [sys.executable, "-m", "django", "deliver_once"], stdout=subprocess.PIPE, text=True
    )
    meanwhile: list[float] = []
    memory: list[float] = []
    try:
        while worker.poll() is None:
            meanwhile.append(_look(ask, path))
            memory.append(resident_megabytes(worker.pid))
        assert worker.stdout
        result = json.loads(worker.stdout.read().splitlines()[-1])
    finally:
        worker.kill()
        worker.wait()
    assert result["sent"] == reminders, f"{result['sent']} of {reminders} reminders left"
    early = memory[: max(1, len(memory) * _EARLY // reminders)]
    return Morning(
        reminders, result["seconds"], _p95(before), _p95(meanwhile), max(early), result["megabytes"]
    )


def _look(ask: Ask, path: str) -> float:
    time.sleep(_PAUSE)
    return ask(path)


def _p95(seconds: list[float]) -> float:
    return quantiles(seconds, n=20)[-1]


def _write_reminders(data: Data) -> None:
    """Invite all applicants to two rounds, each with a reminder by e-mail."""
    for round_ in (Round.SECOND, Round.THIRD):
        applications = list(
            Application.objects.filter(project=data.project).select_related("candidate").order_by("pk")
        )
        for start in range(0, len(applications), INVITED_AT_ONCE):
            some, now = applications[start : start + INVITED_AT_ONCE], clock.now()
            known = frozenset(each.pk for each in standing_invitations(some, now=now))
            send(
                data.project,
                some,
                by=data.recruiter,
                attends=colleague(),
                now=now,
                round_=round_,
                known=known,
            )
    hold_back_all()


def _let_fall_due() -> int:
    now = clock.now()
    written = Message.objects.filter(state=State.CANCELLED, kind="reminder.email").order_by("-pk")
    ids = list(written.values_list("pk", flat=True)[:REMINDERS])
    for start in range(0, len(ids), INVITED_AT_ONCE):
        due = Message.objects.filter(pk__in=ids[start : start + INVITED_AT_ONCE])
        due.update(state=State.WAITING, due_at=now, try_at=now)
    return len(ids)
