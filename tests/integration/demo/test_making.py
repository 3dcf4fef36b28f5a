"""Making the demo data: the same every time, whole on any day, and only where there is nothing yet."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from samtale.core.models import AuditEntry
from samtale.interviews.models import Interview, Invitation
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from samtale.recruiting.models import Application, Project
from samtale.web.demo import fill
from tests.conftest import Clock
from tests.factories.accounts import make_department
from tests.integration.demo.conftest import NOW, OSLO, statuses
from tests.mail_server import MailServer

pytestmark = pytest.mark.django_db

# The ends of a weekend, and the day after a change of clocks.
DAYS = [
    datetime(2026, 11, 28, 23, 59, tzinfo=OSLO),
    datetime(2026, 11, 29, 0, 1, tzinfo=OSLO),
    datetime(2026, 3, 30, 7, tzinfo=OSLO),
]


def shape() -> list[object]:
    """Everything a reader could notice, without keys and random names."""
    return [
        _sorted(Project.objects.values_list("title", "reference", "deadline")),
        _sorted(
            Application.objects.values_list(
                "candidate__email", "candidate__mobile", "status", "applied_at", "letter", "cv"
            )
        ),
        _sorted(
            Invitation.objects.values_list(
                "interview__start", "application__sort_name", "meeting_status", "answered_at"
            )
        ),
        _sorted(
            Message.objects.values_list("due_at", "kind", "recipient_name", "state", "subject", "finished_at")
        ),
    ]


def _sorted(rows: Iterable[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Return `rows` in one order: two letters to one person at one moment have none of their own."""
    return sorted(rows, key=repr)


def test_it_is_the_same_every_time() -> None:
    shapes = []
    for _each in range(2):
        with transaction.atomic():
            fill(now=NOW)
            shapes.append(shape())
            transaction.set_rollback(True)

    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("now", DAYS, ids=str)
def test_it_is_whole_on_any_day(now: datetime) -> None:
    fill(now=now)

    nurses = Project.objects.get(title="Sykepleier, hjemmetjenesten")
    assert statuses(nurses)[Application.Status.INVITED] == 18
    assert nurses.applications.count() == 214
    assert not Message.objects.filter(state=State.WAITING, due_at__lte=now).exists()
    assert Message.objects.filter(state=State.FAILED).count() == 3
    midnight = now.astimezone(OSLO).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Interview.objects.filter(start__gte=midnight, start__lt=midnight + timedelta(days=1))
    assert today.count() == 3


def test_a_second_run_changes_nothing(clock: Clock) -> None:
    clock.move_to(NOW)
    said = StringIO()
    call_command("demo", stdout=StringIO())
    before = AuditEntry.objects.count()

    call_command("demo", stdout=said)

    assert "Det finnes data fra før" in said.getvalue()
    assert AuditEntry.objects.count() == before
    assert Project.objects.count() == 5


def test_it_keeps_away_from_an_installation_somebody_has_begun_to_set_up() -> None:
    make_department(name="Our own")
    said = StringIO()

    call_command("demo", stdout=said)

    assert "Det finnes data fra før" in said.getvalue()
    assert not Project.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_nothing_leaves_when_a_mail_server_is_set_up(smtp_server: MailServer, clock: Clock) -> None:
    clock.move_to(NOW)

    call_command("demo", stdout=StringIO())
    call_command("worker", "--once", stdout=StringIO())

    assert smtp_server.received == []
