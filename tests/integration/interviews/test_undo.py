"""Send is taken back as a whole, or not at all."""

from datetime import timedelta

import pytest

from samtale.core import clock as wall_clock
from samtale.interviews.domain.undo import UndoneAlready, UndoRefused, undo_dispatch
from samtale.interviews.models import Dispatch, Interview, Invitation
from samtale.outbox.domain.deliver import deliver_due
from samtale.outbox.models import Message
from samtale.recruiting.domain.progress import set_status
from samtale.recruiting.models import Application, Correspondence
from tests.at_once import at_once
from tests.factories.interviews import make_letters, send_invitations
from tests.factories.recruiting import make_application, make_project

pytestmark = [pytest.mark.django_db, pytest.mark.undo_window]


def undo(dispatch):
    undo_dispatch(dispatch=dispatch, by=dispatch.by, now=wall_clock.now())


@pytest.fixture
def dispatch(clock):
    project = make_project()
    applications = [make_application(project), make_application(project, status="saved")]
    letters = make_letters(reminder="email", reminder_days=2)
    return send_invitations(project, applications, letters=letters).dispatch


def test_letters_wait_thirty_seconds_and_then_leave(dispatch, clock):
    clock.forward(seconds=29)
    assert not deliver_due(clock=wall_clock.now).handled
    clock.forward(seconds=1)
    assert deliver_due(clock=wall_clock.now).states["sent"] == 2


def test_nothing_stays_but_the_letters_that_were_stopped(dispatch, clock):
    undo(dispatch)

    assert not Dispatch.objects.exists()
    assert not Interview.objects.exists()
    assert not Invitation.objects.exists()
    assert set(Message.objects.values_list("state", "reason")) == {("cancelled", "Send was undone.")}
    assert Correspondence.objects.count() == 4
    assert sorted(Application.objects.values_list("status", flat=True)) == ["new", "saved"]
    clock.forward(days=20)
    assert not deliver_due(clock=wall_clock.now).handled


def test_a_status_changed_since_stays(dispatch):
    application = Application.objects.order_by("pk").first()
    set_status(applications=[application], status="interviewed", by=dispatch.by, now=wall_clock.now())

    undo(dispatch)

    assert sorted(Application.objects.values_list("status", flat=True)) == ["interviewed", "saved"]


def test_not_after_the_window(dispatch, clock):
    clock.forward(seconds=30)
    with pytest.raises(UndoRefused):
        undo(dispatch)
    assert Interview.objects.count() == 2
    assert set(Message.objects.values_list("state", flat=True)) == {"waiting"}


@pytest.mark.parametrize("state", ["sending", "sent", "unknown"])
def test_not_when_one_letter_has_begun_to_leave(dispatch, state):
    first = Message.objects.order_by("pk").first()
    Message.objects.filter(pk=first.pk).update(state=state)
    with pytest.raises(UndoRefused, match="1 av 4"):
        undo(dispatch)
    assert Interview.objects.count() == 2


@pytest.mark.parametrize("change", [{"version": 2}, {"state": "cancelled"}])
def test_not_when_an_interview_has_changed(dispatch, change):
    Interview.objects.filter(pk=Interview.objects.order_by("pk").first().pk).update(**change)
    with pytest.raises(UndoRefused, match="i mellomtiden"):
        undo(dispatch)


def test_a_near_start_shortens_the_window(clock):
    project = make_project()
    now = wall_clock.now()
    send_invitations(project, [make_application(project)], start=now + timedelta(seconds=70))
    assert Message.objects.get().due_at == now + timedelta(seconds=10)


@pytest.mark.django_db(transaction=True)
def test_a_race_with_the_worker_ends_with_all_or_nothing(clock):
    for _round in range(30):
        project = make_project()
        sent = send_invitations(project, [make_application(project) for _ in range(3)])
        # The worker's clock is past the window, whoever undoes has one that is not: the worst there is.
        late, now = wall_clock.now() + timedelta(seconds=31), wall_clock.now()

        at_once(
            [
                lambda: deliver_due(clock=lambda: late),  # noqa: B023
                lambda: undo_dispatch(dispatch=sent.dispatch, by=project.owner, now=now),  # noqa: B023
            ],
            expected=(UndoRefused, UndoneAlready),
        )
        deliver_due(clock=lambda: late)  # noqa: B023

        states = set(Message.objects.filter(correspondence__project=project).values_list("state", flat=True))
        is_there = Interview.objects.filter(project=project).exists()
        assert (states, is_there) in [({"sent"}, True), ({"cancelled"}, False)]


@pytest.mark.django_db(transaction=True)
def test_two_who_undo_at_once_do_it_once(clock):
    project = make_project()
    dispatch = send_invitations(project, [make_application(project)]).dispatch
    ends = at_once(
        [lambda: undo(Dispatch.objects.get(pk=dispatch.pk))] * 3,
        expected=(UndoneAlready, Dispatch.DoesNotExist),
    )
    assert ends.count(None) == 1
