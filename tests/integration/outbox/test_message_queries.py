from datetime import timedelta

import pytest

from samtale.outbox.domain.queries.messages import (
    NEWEST_FIRST,
    failed_count,
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


def test_only_those_that_were_given_up_count_as_failed():
    for state in State:
        make_message(state=state)

    assert failed_count(Message.objects.all()) == 1
    assert failed_count(Message.objects.exclude(state=State.FAILED)) == 0
