from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from samtale.core.owners import new_owner
from samtale.outbox.domain.claims import INTERRUPTED, begin, claim, due, recover, release
from samtale.outbox.models import Delivery, Message
from samtale.outbox.models.message import State
from tests.factories.outbox import NOON, make_message, make_sms
from tests.integration.outbox.conftest import fresh

pytestmark = pytest.mark.django_db


def claimed_by(owner: str, **changes: Any) -> list[Message]:
    how: dict[str, Any] = {"now": NOON, "owner": owner, "limit": 10, "channel": "email"}
    return claim(**how | changes)


def test_what_one_has_claimed_another_does_not_get():
    messages = [make_message() for _ in range(5)]

    first, second = claimed_by("a", limit=3), claimed_by("b", limit=3)

    assert [m.pk for m in first] == [m.pk for m in messages[:3]]
    assert [m.pk for m in second] == [m.pk for m in messages[3:]]
    assert {m.owner for m in first} == {"a"}
    assert claimed_by("c") == []


def test_an_idle_worker_only_reads(django_assert_num_queries):
    make_message(due_at=NOON + timedelta(days=1))
    with django_assert_num_queries(2):  # for what is due, and for what another worker is kept from
        assert claimed_by("a") == []


def test_the_index_on_due_times_is_used():
    plan = due(now=NOON, channel="email").explain()
    if connection.vendor == "sqlite":
        assert "message_waiting" in plan


def test_only_the_owner_begins_and_only_while_the_lease_lasts():
    make_message()
    [message] = claimed_by("a", lease=timedelta(seconds=60))

    assert not begin(message, owner="b", now=NOON)
    message = fresh(message)
    assert not begin(message, owner="a", now=NOON + timedelta(seconds=60))
    assert begin(message, owner="a", now=NOON + timedelta(seconds=59))
    assert (fresh(message).state, fresh(message).tries) == (State.SENDING, 1)
    assert not begin(fresh(message), owner="a", now=NOON)


def test_what_is_given_back_waits_again():
    make_message()
    make_message()
    first, second = claimed_by("a")
    begin(first, owner="a", now=NOON)

    assert release([first, second], owner="b") == 0
    assert release([first, second], owner="a", reason="down") == 1
    assert [fresh(first).state, fresh(second).state] == [State.SENDING, State.WAITING]
    assert fresh(second).reason == "down"


def left_behind(state: State, **fields: Any) -> Message:
    make = make_sms if fields.pop("sms", False) else make_message
    fields = {"owner": "dead", "lease_until": NOON, "tries": int(state == State.SENDING)} | fields
    return make(state=state, **fields)


def test_an_expired_claim_waits_again():
    message = left_behind(State.CLAIMED)

    assert recover(NOON) == 1

    assert (fresh(message).state, fresh(message).owner, fresh(message).tries) == (State.WAITING, "", 0)
    assert not fresh(message).may_have_arrived_twice


def test_a_claim_that_still_lasts_is_left_alone():
    for state in (State.CLAIMED, State.SENDING):
        left_behind(state, lease_until=NOON + timedelta(seconds=1))

    assert recover(NOON) == 0


def test_an_interrupted_email_is_tried_once_more_and_says_so():
    message = left_behind(State.SENDING)

    recover(NOON)

    message = fresh(message)
    assert (message.state, message.try_at, message.may_have_arrived_twice) == (State.WAITING, NOON, True)
    assert [d.outcome for d in message.deliveries.all()] == [Delivery.Outcome.UNSURE]


def test_an_email_interrupted_twice_is_left_to_a_person():
    message = left_behind(State.SENDING, may_have_arrived_twice=True)

    recover(NOON)

    assert (fresh(message).state, fresh(message).reason) == (State.UNKNOWN, INTERRUPTED)


def test_an_interrupted_sms_is_never_sent_again_by_itself():
    message = left_behind(State.SENDING, sms=True)

    recover(NOON)
    recover(NOON + timedelta(days=1))

    assert (fresh(message).state, fresh(message).finished_at) == (State.UNKNOWN, NOON)
    assert claimed_by("a", channel="sms") == []


def test_a_living_owner_keeps_what_it_has():
    message = left_behind(State.CLAIMED, owner=new_owner(), lease_until=NOON + timedelta(hours=1))

    assert recover(NOON) == 0
    assert fresh(message).state == State.CLAIMED


def test_a_dead_owner_on_this_machine_is_not_waited_for():
    machine, pid, beginning, token = new_owner().split(":")
    dead = f"{machine}:{pid}:{int(beginning) - 1}:{token}"
    message = left_behind(State.CLAIMED, owner=dead, lease_until=NOON + timedelta(hours=1))

    assert recover(NOON) == 1
    assert fresh(message).state == State.WAITING
