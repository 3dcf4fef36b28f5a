"""A refusal that means all messages, and one that only says so."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from samtale.outbox.domain.claims import claim
from samtale.outbox.domain.deliver import Courier
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from samtale.outbox.transports.errors import TransportDownError
from tests.factories.outbox import NOON, make_message

pytestmark = pytest.mark.django_db


class Provider:
    """Answers 403 to what goes to `unwanted`, or to everybody."""

    def __init__(self, is_unwanted: Callable[[str], bool]) -> None:
        self.is_unwanted = is_unwanted
        self.asked: list[str] = []

    def open(self) -> None: ...

    def close(self) -> None: ...

    def send(self, parcel: Any) -> str:
        self.asked.append(parcel.to[0])
        if self.is_unwanted(parcel.to[0]):
            raise TransportDownError("403 not this one")
        return ""


class Day:
    now = NOON


def courier(provider: Provider, day: Day) -> Courier:
    ways = {"email": lambda: provider, "sms": lambda: provider}
    return Courier(clock=lambda: day.now, owner="a", transports=ways)


def test_one_that_is_refused_stops_nobody_else_and_fails_in_the_end():
    for number in range(12):
        make_message(recipient_address=f"to{number}@example.org")
    provider, day = Provider(lambda address: "to0@" in address), Day()
    worker = courier(provider, day)

    done = worker.deliver_due()
    assert not done.down
    assert Message.objects.filter(state=State.SENT).count() == 11

    for _ in range(9):
        day.now += timedelta(days=1)
        make_message(due_at=day.now, try_at=day.now)
        worker.deliver_due()
    unwanted = Message.objects.get(recipient_address="to0@example.org")
    assert (unwanted.state, unwanted.reason) == (State.FAILED, "403 not this one")


def test_where_all_are_refused_two_are_asked_and_none_is_blamed():
    for _ in range(5):
        make_message()
    provider, day = Provider(lambda address: True), Day()
    worker = courier(provider, day)

    for _ in range(9):
        done = worker.deliver_due()
        assert done.down == {"email": "403 not this one"}
        day.now += timedelta(days=1)
    assert len(provider.asked) == 18
    assert set(Message.objects.values_list("state", "tries")) == {(State.WAITING, 0)}

    provider.is_unwanted = lambda address: False
    worker.deliver_due()
    assert set(Message.objects.values_list("state", "tries")) == {(State.SENT, 1)}


def test_an_idle_worker_takes_what_another_is_kept_from():
    messages = [make_message() for _ in range(4)]
    held = claim(now=NOON, owner="kept waiting", limit=4, channel="email")
    assert len(held) == 4

    assert claim(now=NOON + timedelta(seconds=2), owner="idle", limit=9, channel="email") == []
    later = NOON + timedelta(seconds=4)
    assert claim(now=later, owner="idle", limit=3, channel="email") == messages[:3]
    assert claim(now=later, owner="kept waiting", limit=9, channel="email") == []
    assert set(Message.objects.values_list("owner", flat=True)) == {"kept waiting", "idle"}
