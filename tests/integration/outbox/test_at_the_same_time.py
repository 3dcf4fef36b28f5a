"""Two who want the same message: one gets it."""

from collections.abc import Callable

import pytest

from samtale.outbox.domain.claims import begin, claim
from samtale.outbox.domain.queue import cancel
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from tests.at_once import at_once
from tests.factories.outbox import NOON, make_message

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_message_is_stopped_or_sent_and_never_both():
    messages = [make_message() for _ in range(60)]
    begun: list[int] = []
    stopped = 0

    def send() -> None:
        while batch := claim(now=NOON, owner="a", limit=10, channel="email"):
            begun.extend(message.pk for message in batch if begin(message, owner="a", now=NOON))

    def stop() -> None:
        nonlocal stopped
        for message in reversed(messages):
            stopped += cancel([message.pk], by="system", now=NOON, reason="x")

    at_once([send, stop])

    assert len(begun) + stopped == 60
    assert set(begun) == set(Message.objects.filter(state=State.SENDING).values_list("pk", flat=True))
    assert Message.objects.filter(state=State.CANCELLED).count() == stopped


def test_no_message_is_claimed_by_two():
    for _ in range(90):
        make_message()
    claimed: list[int] = []

    def worker(owner: str) -> Callable[[], None]:
        def work() -> None:
            while batch := claim(now=NOON, owner=owner, limit=7, channel="email"):
                claimed.extend(message.pk for message in batch)

        return work

    at_once([worker("a"), worker("b"), worker("c")])

    assert len(claimed) == len(set(claimed)) == 90
