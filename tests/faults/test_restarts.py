"""PostgreSQL is restarted while workers deliver."""

import os
import time
from collections import Counter

import pytest
from django.db import DatabaseError, connection

from samtale.outbox.models import Delivery, Message
from samtale.outbox.models.message import State
from scripts.postgres import CLUSTER, Cluster
from tests.factories.outbox import make_message
from tests.mail_server import SlowMailServer
from tests.worker_processes import WorkerProcesses, wait_until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(300),
    pytest.mark.skipif(not os.environ.get(CLUSTER), reason="needs a PostgreSQL server that may be restarted"),
]
MESSAGES, WORKERS = 500, 3


def finished() -> int:
    try:
        return Message.objects.filter(state__in=[State.SENT, State.UNKNOWN, State.FAILED]).count()
    except DatabaseError:
        connection.close()
        return 0


def restart(mode: str, *, away: float) -> None:
    """Stop the server, politely (`fast`) or as a crash would (`immediate`); start it after `away` seconds."""
    cluster = Cluster.existing(os.environ[CLUSTER])
    cluster.stop(mode)
    time.sleep(away)
    cluster.start()
    connection.close()


def test_workers_come_back_by_themselves_and_neither_lose_nor_repeat(
    slow_mail: SlowMailServer, workers: WorkerProcesses
):
    letters = {
        str(make_message(recipient_address=f"s{number}@example.org").public_id) for number in range(MESSAGES)
    }
    for _ in range(WORKERS):
        workers.start()
    restarts = [("immediate", 0.0), ("fast", 1.5), ("immediate", 4.0), ("fast", 0.0)]
    for number, (mode, away) in enumerate(restarts, 1):
        wait_until(lambda share=number: finished() >= MESSAGES * share / 6, seconds=90)
        restart(mode, away=away)
    wait_until(lambda: finished() == MESSAGES, seconds=120)

    received = Counter(str(each.message["Message-ID"])[1:].partition("@")[0] for each in slow_mail.received)
    doubted = set(
        map(str, Message.objects.filter(may_have_arrived_twice=True).values_list("public_id", flat=True))
    )
    repeated = {name for name, times in received.items() if times > 1}
    print(f"{len(restarts)} restarts, {len(repeated)} repeated, {len(doubted)} doubted")
    assert set(received) == letters
    assert not repeated, "each worker lived on, and knew what it had handed over"
    assert not doubted
    assert Delivery.objects.filter(outcome=Delivery.Outcome.SENT).count() == MESSAGES
    assert len(workers.running()) == WORKERS
