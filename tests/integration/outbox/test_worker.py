"""Workers in processes of their own, on the database of the test, sending to a real mail server."""

import signal
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import connection

from samtale.outbox.models import Delivery, Message
from samtale.outbox.models.message import State
from tests.factories.outbox import make_message
from tests.mail_server import MailServer, free_port
from tests.worker_processes import WorkerProcesses, wait_until

pytestmark = [pytest.mark.django_db(transaction=True)]
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path, settings) -> Iterator[Start]:
    """Start a worker: `start("--once", SAMTALE_PARENT_PID=…)`. What is left of them at the end is killed."""
    workers = WorkerProcesses(tmp_path, mail_port=settings.EMAIL_PORT)
    yield workers.start
    workers.end()


def message_ids(server: MailServer) -> Counter[str]:
    return Counter(str(letter.message["Message-ID"]) for letter in server.received)


def states() -> Counter[str]:
    return Counter(Message.objects.values_list("state", flat=True))


def queue_letters(count: int) -> set[str]:
    messages = [make_message(recipient_address=f"s{number}@example.org") for number in range(count)]
    return {f"<{message.public_id}@samtale.example.org>" for message in messages}


def test_a_worker_that_is_killed_loses_nothing_and_repeats_one_at_most(smtp_server, start):
    expected = queue_letters(200)
    first = start()
    wait_until(lambda: len(smtp_server.received) >= 60)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert states()[State.SENT] < 200, "the worker was too quick to be killed in the middle"

    second = start("--once")
    assert second.wait(timeout=60) == 0

    received = message_ids(smtp_server)
    assert set(received) == expected
    repeated = [message_id for message_id, times in received.items() if times > 1]
    assert len(repeated) <= 1
    assert received.total() == 200 + len(repeated)
    assert states() == {State.SENT: 200}
    # Each repeated letter says so; the worker may also have died just before it handed the letter over.
    doubted = {
        f"<{message.public_id}@samtale.example.org>"
        for message in Message.objects.filter(may_have_arrived_twice=True)
    }
    assert set(repeated) <= doubted
    assert len(doubted) <= 1


def test_two_workers_send_nothing_twice(smtp_server, start):
    expected = queue_letters(150)

    both = [start("--once"), start("--once")]

    assert [worker.wait(timeout=60) for worker in both] == [0, 0]
    assert message_ids(smtp_server) == dict.fromkeys(expected, 1)
    assert Delivery.objects.count() == 150


class SlowServer(MailServer):
    """Takes its time over each letter."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.begun += 1
        time.sleep(0.3)
        return await super().handle_DATA(server, session, envelope)


@pytest.fixture
def slow_server() -> Iterator[SlowServer]:
    server = SlowServer()
    server.start()
    yield server
    server.stop()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_is_asked_to_stop_finishes_the_letter_in_hand(slow_server, start, number):
    queue_letters(20)
    worker = start(port=slow_server.port)
    wait_until(lambda: slow_server.begun >= 2)

    worker.send_signal(number)

    assert worker.wait(timeout=10) == 0
    sent = len(slow_server.received)
    assert 2 <= sent < 20
    assert states() == {State.SENT: sent, State.WAITING: 20 - sent}


def test_a_worker_does_not_outlive_its_parent(smtp_server, start):
    with subprocess.Popen(["sleep", "60"]) as parent:
        worker = start(SAMTALE_PARENT_PID=str(parent.pid))
        queue_letters(1)
        wait_until(lambda: len(smtp_server.received) == 1)
        parent.kill()
    assert worker.wait(timeout=10) == 0


def test_a_worker_waits_for_a_server_that_is_away(smtp_server, start):
    server = MailServer()
    queue_letters(3)
    worker = start(port=server.port)
    wait_until(lambda: Message.objects.exclude(reason="").count() == 3)
    assert worker.poll() is None

    server.start()
    try:
        wait_until(lambda: len(server.received) == 3)
        wait_until(lambda: states() == {State.SENT: 3})
    finally:
        server.stop()


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="needs a database that can be put in place as a file"
)
def test_a_worker_waits_for_a_database_that_is_not_ready(smtp_server, start, tmp_path):
    queue_letters(2)
    late = tmp_path / "late.sqlite3"
    worker = start(DATABASE_URL=f"sqlite:///{late}")
    while "no such table" not in (line := worker.stderr.readline()):
        assert line, "the worker gave up"

    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as ready,
        closing(sqlite3.connect(late)) as there,
    ):
        ready.backup(there)

    wait_until(lambda: len(smtp_server.received) == 2)


def test_once_says_what_it_did(smtp_server, start):
    queue_letters(3)
    smtp_server.answers["s1@example.org"] = "550 no such user"

    worker = start("--once")
    output, _errors = worker.communicate(timeout=60)

    assert worker.returncode == 0
    assert "2 sendt, 1 mislykket" in output


def test_once_says_that_a_server_is_away_and_does_not_end_well(smtp_server, start):
    queue_letters(2)

    worker = start("--once", port=free_port())
    output, errors = worker.communicate(timeout=60)

    assert worker.returncode == 1
    assert "0 sendt" in output
    assert "E-post er nede" in errors
    assert states() == {State.WAITING: 2}
