import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from samtale.outbox.domain.queries.messages import (
    ATTENTION,
    NEWEST_FIRST,
    Attention,
    attention,
    matching,
    newer_than,
    older_than,
)
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from tests.factories.outbox import NOON, make_message, make_sms

pytestmark = pytest.mark.django_db


def test_what_is_older_and_newer_than_a_message_is_all_the_others():
    for minutes in (0, 2, 1, 1, 1, 3):
        make_message(due_at=NOON + timedelta(minutes=minutes))
    messages = Message.objects.all()
    everything = list(messages.order_by(*NEWEST_FIRST))

    for index, message in enumerate(everything):
        older = older_than(messages, due_at=message.due_at, pk=message.pk)
        newer = newer_than(messages, due_at=message.due_at, pk=message.pk)
        assert list(older) == everything[index + 1 :]
        assert list(newer) == everything[:index][::-1]


def test_messages_are_found_by_what_one_knows_of_them():
    amina = make_message(recipient_name="Amina Åsen", recipient_address="aa@example.org")
    ola = make_sms(recipient_name="Ola Vik", state=State.FAILED)

    def found(**wanted: str) -> list[Message]:
        return list(matching(Message.objects.order_by("pk"), **wanted))

    assert found() == [amina, ola]
    assert found(recipient="åsen") == [amina]
    assert found(recipient="AA@example") == [amina]
    assert found(recipient="nobody") == []
    assert found(state="failed") == [ola]
    assert found(channel="email") == [amina]
    assert found(kind="test.sms") == [ola]


def test_messages_are_found_by_their_days_and_their_send():
    batch = uuid.uuid4()
    early, late = make_message(batch=batch), make_message(due_at=NOON + timedelta(days=1))

    def found(**wanted: Any) -> list[Message]:
        return list(matching(Message.objects.order_by("pk"), **wanted))

    assert found(since=NOON) == [early, late]
    assert found(since=NOON + timedelta(seconds=1)) == [late]
    assert found(until=NOON + timedelta(days=1)) == [early]
    assert found(batch=batch) == [early]


def test_what_failed_or_is_unknown_needs_attention():
    for state in State:
        make_message(state=state)
    messages = Message.objects.all()

    assert {each.state for each in matching(messages, state=ATTENTION)} == {State.FAILED, State.UNKNOWN}
    assert attention(messages) == Attention(failed=1, unknown=1)
    assert attention(messages.exclude(state=State.FAILED)) == Attention(unknown=1)


def test_what_needs_attention_is_found_by_its_indexes():
    plan = matching(Message.objects.all(), state=ATTENTION).order_by(*NEWEST_FIRST).explain()
    if connection.vendor == "sqlite":
        assert "message_failed" in plan
        assert "message_unknown" in plan
