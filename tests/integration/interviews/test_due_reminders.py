"""Which reminders are to leave at a moment."""

from datetime import UTC, datetime, timedelta

import pytest

from samtale.core import clock as wall_clock
from samtale.interviews.domain.answer import Choice, answer
from samtale.interviews.domain.reminders import due_reminders
from samtale.interviews.models import Invitation
from samtale.outbox.worker import Worker
from tests.factories.accounts import make_organisation
from tests.factories.interviews import make_letters, send_invitations
from tests.factories.recruiting import make_application, make_project

pytestmark = pytest.mark.django_db
DUE = datetime(2026, 3, 15, 8, tzinfo=UTC)  # 09:00 in Oslo, the day before


@pytest.fixture
def invitation(clock) -> Invitation:
    make_organisation()
    project = make_project()
    send_invitations(
        project, [make_application(project)], letters=make_letters(reminder="email", reminder_days=1)
    )
    return Invitation.objects.get()


def test_they_are_those_whose_time_has_come_and_whose_interview_has_not(invitation):
    assert not due_reminders(now=DUE - timedelta(seconds=1)).exists()
    assert due_reminders(now=DUE).count() == 1
    assert due_reminders(now=invitation.interview.start - timedelta(seconds=1)).count() == 1
    assert not due_reminders(now=invitation.interview.start).exists()


def test_they_are_gone_with_a_no(invitation):
    answer(
        invitation=invitation,
        seen_version=invitation.interview.version,
        choice=Choice.NOT_COMING,
        now=wall_clock.now(),
    )
    assert not due_reminders(now=DUE).exists()


@pytest.mark.django_db(transaction=True)
def test_they_leave_once_through_a_real_server(invitation, clock, smtp_server):
    clock.move_to(DUE - timedelta(minutes=1))
    Worker(clock=wall_clock.now).drain()
    assert [letter.message["Subject"] for letter in smtp_server.received] == [
        "Intervju – Sykepleier, hjemmetjenesten"
    ]
    clock.move_to(DUE)
    for _round in range(2):
        Worker(clock=wall_clock.now).drain()
    assert len(smtp_server.received) == 2
    assert smtp_server.received[1].message["Subject"] == "Påminnelse mandag 16. mars 2026"
    assert not due_reminders(now=DUE).exists()
