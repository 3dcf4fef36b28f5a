"""PostgreSQL is restarted while workers deliver."""

import os
import time
from collections import Counter
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse

from samtale.accounts.models import User
from samtale.interviews.models import Dispatch, Interview, Invitation
from samtale.outbox.models import Delivery, Message
from samtale.outbox.models.message import State
from samtale.recruiting.models import Application, Project
from scripts.postgres import CLUSTER, Cluster
from tests.at_once import at_once
from tests.factories.accounts import make_organisation, make_user
from tests.factories.outbox import make_message
from tests.factories.recruiting import make_application, make_project
from tests.integration.staff.invite.flow import Flow
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


def test_a_send_during_a_restart_is_carried_out_once_or_answered_by_a_clear_page(clock):
    make_organisation()
    project = make_project(owner=make_user(language="nb"))
    applications = [make_application(project) for _ in range(30)]
    answers: Counter[int] = Counter()

    def recruiter(first: int) -> None:
        client = Browser(raise_request_exception=False)
        while not logged_in(client, project.owner):
            time.sleep(0.1)
        for number, application in list(enumerate(applications))[first::5]:
            # Times of their own: what overlaps would have to be looked at before Send.
            when = {"date": f"2026-03-{10 + number % 15}", "time": f"{9 + number // 15:02}:00"}
            invite_until_done(client, project, application, when, answers)

    def restart_often() -> None:
        for mode in ("immediate", "fast") * 3:
            sends = answers.total()
            end = time.monotonic() + 5
            while answers.total() == sends and time.monotonic() < end:
                time.sleep(0.01)
            restart(mode, away=0.3)

    at_once([*(lambda first=first: recruiter(first) for first in range(5)), restart_often])
    connection.close()

    print(f"answers to Send: {dict(answers)}")
    assert set(answers) <= {302, 503}
    assert answers[503], "no Send met the restart"
    assert Dispatch.objects.count() == Interview.objects.count() == len(applications)
    assert set(Invitation.objects.values_list("application", flat=True)) == {each.pk for each in applications}
    assert Invitation.objects.count() == len(applications)
    assert Message.objects.filter(kind="invitation.interview_1").count() == len(applications)


class Browser(Client):
    """Leaves no connection behind after a request, as the web server does."""

    def request(self, **request: Any) -> Any:
        try:
            return super().request(**request)
        finally:
            connection.close()


def logged_in(client: Client, user: User) -> bool:
    try:
        client.force_login(user)
    except DatabaseError:
        connection.close()
        return False
    return True


def invite_until_done(
    client: Client, project: Project, application: Application, when: dict[str, str], answers: Counter[int]
) -> None:
    """Go through the two steps, and press Send again and again while the page says to."""
    flow, end = None, time.monotonic() + 60
    while flow is None:
        assert time.monotonic() < end, "the two steps cannot be gone through"
        try:
            flow = Flow(client, project, [application]).to_step_2(**when)
        except (AssertionError, KeyError, TypeError):  # a page of the two steps met the restart
            time.sleep(0.1)
    fields = flow.fields | {"go": "send"}
    while time.monotonic() < end:
        status = client.post(reverse("staff:invite", args=[project.pk]), fields).status_code
        answers[status] += 1
        if status != 503:
            return
        time.sleep(0.2)
