"""Workers that are killed by SIGKILL while they read answers from a real mailbox."""

import random
import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from pytest_django import Settings

from samtale.core.inbox import inbox
from samtale.core.models import AuditEntry
from samtale.interviews.domain.ical import mailed_calendar
from samtale.interviews.models import Invitation
from samtale.interviews.models.invitation import MeetingStatus
from samtale.outbox.models import Message
from tests import calendar_answers, dovecot_server
from tests.calendar_answers import organiser_of
from tests.dovecot_server import DOMAIN, USER, DovecotServer
from tests.factories.interviews import make_invitation
from tests.worker_processes import WorkerProcesses, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
ADDRESS = f"{USER}@{DOMAIN}"
SEED, ANSWERS, KILLS = 20261129, 60, 8


@pytest.fixture
def dovecot(settings: Settings) -> Iterator[DovecotServer]:
    if not dovecot_server.is_here():
        pytest.skip("there is no Dovecot here")
    server = DovecotServer()
    server.start()
    settings.INBOX_ADDRESS, settings.INBOX_MAILBOX, settings.INBOX_HOOK = inbox(server.url, ADDRESS)
    yield server
    server.remove()


def letter_to(invitation: Invitation) -> EmailMessage:
    now = datetime.now(UTC)
    content, _method = mailed_calendar(invitation, now=now, organisation=None, language="nb")
    whole = EmailMessage()
    whole.add_attachment(content, maintype="text", subtype="calendar")
    return message_from_bytes(whole.as_bytes(), policy=policy.default)


def test_each_answer_counts_once_however_often_its_reader_is_killed(
    dovecot: DovecotServer, workers: WorkerProcesses
):
    chance = random.Random(SEED)
    start = datetime.now(UTC) + timedelta(days=7)
    for number in range(ANSWERS):
        letter = letter_to(make_invitation(start=start + number * timedelta(hours=1)))
        answer = calendar_answers.gmail(letter, "ACCEPTED", at=datetime.now(UTC), by="a@elsewhere.example")
        dovecot.deliver(answer, to=organiser_of(letter))

    environment = {"INBOX_URL": dovecot.url, "INBOX_ADDRESS": ADDRESS}
    workers.start(**environment)
    for kill in range(KILLS):
        share = ANSWERS * (kill + chance.random()) / (KILLS + 1)
        wait_until(lambda share=share: answered() >= share, seconds=60)
        time.sleep(chance.random() * 0.02)
        [victim] = workers.running()
        victim.send_signal(signal.SIGKILL)
        victim.wait()
        workers.start(**environment)
    wait_until(lambda: not dovecot.uids(), seconds=60)

    assert Invitation.objects.filter(meeting_status=MeetingStatus.ACCEPTED).count() == ANSWERS
    assert AuditEntry.objects.filter(verb="answered").count() == ANSWERS
    assert Message.objects.filter(kind="answer").count() == ANSWERS


def answered() -> int:
    return Invitation.objects.filter(meeting_status=MeetingStatus.ACCEPTED).count()
