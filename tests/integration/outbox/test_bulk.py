"""What is done with many messages at once, and what a person decides about an unknown one."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samtale.core.models import AuditEntry
from samtale.outbox.domain import bulk
from samtale.outbox.domain.bulk import Outcome, dismiss_all, hurry_all, send_again_all, stop_all
from samtale.outbox.domain.settle import hold_arrived, leave
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from tests.factories.accounts import make_user
from tests.factories.outbox import NOON, make_message, make_sms

pytestmark = pytest.mark.django_db
EARLIER = NOON - timedelta(hours=1)
NOT_WAITING = {State.SENDING, State.SENT, State.FAILED, State.UNKNOWN, State.CANCELLED, State.OUTDATED}


def one_of_each() -> dict[str, Message]:
    return {state: make_message(state=state, recipient_name=state, tries=7) for state in State}


def do(verb: Callable[..., Outcome], messages: Any) -> tuple[int, set[str]]:
    outcome = verb([each.pk for each in messages], by=make_user(), now=EARLIER)
    return outcome.done, {message.recipient_name for message, reason in outcome.refused if reason}


@pytest.mark.parametrize(
    ("verb", "taken", "becomes", "audit"),
    [
        (stop_all, {State.WAITING, State.CLAIMED}, State.CANCELLED, "message.cancelled"),
        (dismiss_all, {State.FAILED}, State.CANCELLED, "message.dismissed"),
        (send_again_all, {State.FAILED, State.UNKNOWN}, State.WAITING, "message.sent_again"),
    ],
)
def test_those_that_can_be_are_done_and_the_others_named(
    verb: Callable[..., Outcome], taken: set[State], becomes: State, audit: str
):
    messages = one_of_each()

    done, refused = do(verb, messages.values())

    assert (done, refused) == (len(taken), set(State) - taken)
    for state, message in messages.items():
        message.refresh_from_db()
        assert message.state == (becomes if state in taken else state)
    subjects = AuditEntry.objects.filter(verb=audit).values_list("subject_id", flat=True)
    assert set(subjects) == {messages[state].pk for state in taken}


def test_those_that_wait_are_due_now():
    messages = one_of_each()

    done, refused = do(hurry_all, messages.values())

    assert (done, refused) == (2, NOT_WAITING)
    messages["waiting"].refresh_from_db()
    assert (messages["waiting"].due_at, messages["waiting"].try_at) == (EARLIER, EARLIER)
    messages["sent"].refresh_from_db()
    assert messages["sent"].due_at == NOON


def test_what_would_not_leave_anyway_is_neither_hurried_nor_repeated():
    late = [make_message(state=state, expires_at=EARLIER) for state in (State.WAITING, State.FAILED)]

    assert do(hurry_all, late)[0] == 0
    assert do(send_again_all, late)[0] == 0
    assert set(Message.objects.values_list("state", flat=True)) == {State.WAITING, State.FAILED}


def test_an_unknown_sms_is_never_repeated_with_others_and_an_email_is_marked():
    sms, email = make_sms(state=State.UNKNOWN, recipient_name="SMS"), make_message(state=State.UNKNOWN)

    assert do(send_again_all, [sms, email]) == (1, {"SMS"})

    email.refresh_from_db()
    assert email.may_have_arrived_twice


def test_more_than_a_portion_is_done_and_costs_as_many_questions_a_portion(monkeypatch: pytest.MonkeyPatch):
    def questions(number: int) -> int:
        messages = [make_message(state=State.FAILED) for _ in range(number)]
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert do(send_again_all, messages)[0] == number
        return len(captured)

    assert questions(1) == questions(30)
    monkeypatch.setattr(bulk, "PORTION", 2)
    assert questions(5) > 0
    assert not Message.objects.exclude(state=State.WAITING).exists()


class TestUnknown:
    @pytest.mark.parametrize(("verb", "becomes"), [(hold_arrived, State.SENT), (leave, State.CANCELLED)])
    def test_is_settled_by_a_person(self, verb: Callable[..., bool], becomes: State):
        message = make_sms(state=State.UNKNOWN)

        assert verb(message, by=make_user(), now=NOON)

        message.refresh_from_db()
        assert message.state == becomes
        assert message.reason
        assert AuditEntry.objects.filter(subject_id=message.pk).count() == 1

    @pytest.mark.parametrize("verb", [hold_arrived, leave])
    @pytest.mark.parametrize("state", sorted(set(State) - {State.UNKNOWN}))
    def test_nothing_else_is(self, verb: Callable[..., bool], state: State):
        message = make_sms(state=state)

        assert not verb(message, by=make_user(), now=NOON)

        message.refresh_from_db()
        assert message.state == state
        assert not AuditEntry.objects.exists()
