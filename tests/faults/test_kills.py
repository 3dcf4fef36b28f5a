"""Workers that are killed by SIGKILL at random moments, again and again, while they deliver."""

import json
import random
import signal
import time
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from tests.factories.outbox import NOON, make_content
from tests.mail_server import SlowMailServer
from tests.worker_processes import WorkerProcesses, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(400)]
SEED = 20261127
# On SQLite, which has one writer, one worker; on PostgreSQL four.
MESSAGES, SMS, KILLS, WORKERS = (2_000, 300, 50, 4) if connection.vendor == "postgresql" else (300, 60, 10, 1)


def queue(number: int, channel: str, **fields: object) -> set[str]:
    messages = [
        Message(
            kind=f"test.{'letter' if channel == 'email' else 'sms'}",
            channel=channel,
            language="nb",
            recipient_name="Amina Hassan",
            recipient_address=f"s{each}@example.org" if channel == "email" else f"+474{each:07}",
            subject="Invitasjon",
            content=make_content(),
            created_at=NOON,
            due_at=NOON,
            try_at=NOON,
        )
        for each in range(number)
    ]
    return {str(message.public_id) for message in Message.objects.bulk_create(messages)}


def finished() -> int:
    return Message.objects.filter(state__in=[State.SENT, State.UNKNOWN, State.FAILED]).count()


def sent_sms(folder: Path) -> Counter[str]:
    return Counter(json.loads(path.read_text())["reference"] for path in (folder / "sms").glob("*.json"))


def test_killed_workers_lose_nothing_and_repeat_no_more_than_they_were_killed(
    slow_mail: SlowMailServer, workers: WorkerProcesses, tmp_path: Path
):
    chance = random.Random(SEED)
    letters, texts = queue(MESSAGES, "email"), queue(SMS, "sms")
    kills = 0
    slow_sms = f"tests.slow_sms.SlowFileTransport?folder={tmp_path}/sms"
    for _ in range(WORKERS):
        workers.start(SMS_URL=slow_sms)
    while kills < KILLS:
        # Spread over the whole run: the next kill comes when its share has been delivered.
        share = (MESSAGES + SMS) * (kills + chance.random()) / (KILLS + 2)
        wait_until(lambda share=share: finished() >= share, seconds=120)
        time.sleep(chance.random() * 0.02)
        victim = chance.choice(workers.running())
        victim.send_signal(signal.SIGKILL)
        victim.wait()
        kills += 1
        workers.start(SMS_URL=slow_sms)
    wait_until(lambda: finished() == MESSAGES + SMS, seconds=180)

    received = Counter(str(each.message["Message-ID"])[1:].partition("@")[0] for each in slow_mail.received)
    repeated = {name for name, times in received.items() if times > 1}
    doubted = set(
        map(str, Message.objects.filter(may_have_arrived_twice=True).values_list("public_id", flat=True))
    )
    unknown = set(map(str, Message.objects.filter(state=State.UNKNOWN).values_list("public_id", flat=True)))
    fates = f"{len(repeated)} repeated, {len(doubted)} doubted, {len(unknown)} SMS unknown"
    print(f"seed {SEED}: {kills} kills, {fates}")

    assert set(received) == letters, "an e-mail was lost"
    assert received.total() - len(letters) <= kills
    assert repeated <= doubted, "a letter came twice and does not say so"
    assert len(doubted) + len(unknown & texts) <= kills
    # An SMS never goes twice, and one of which nobody knows waits for a person.
    handed_over = sent_sms(tmp_path)
    assert set(handed_over.values()) <= {1}
    assert set(handed_over) | unknown >= texts, "an SMS was lost"
    left = Message.objects.filter(state=State.SENT, channel="sms").values_list("public_id", flat=True)
    assert set(map(str, left)) <= set(handed_over)
    assert not Message.objects.filter(state=State.FAILED).exists()
