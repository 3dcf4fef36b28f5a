"""A rate a minute, and slow domains that keep nobody else waiting."""

from datetime import timedelta
from typing import Any

import pytest

from samtale.outbox.domain import pace
from samtale.outbox.domain.claims import SENDING_LEASE, claim
from samtale.outbox.domain.deliver import Courier
from samtale.outbox.domain.queries.health import standing_still
from samtale.outbox.models import Message, SlowDomain
from samtale.outbox.models.message import State
from samtale.outbox.transports.errors import TransportError
from tests.at_once import at_once
from tests.factories.outbox import NOON, make_message, make_sms
from tests.integration.outbox.conftest import fresh

pytestmark = pytest.mark.django_db


class Places:
    """A way out on which some domains answer late, by the seconds given, or not at all in their time."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, **seconds: float) -> None:
        self.sent: list[str] = []
        self.late = {name.replace("_", "."): value for name, value in seconds.items()}
        self.silent: set[str] = set()
        self._seconds = 0.0
        monkeypatch.setattr("samtale.outbox.domain.deliver.time.monotonic", lambda: self._seconds)

    def open(self) -> None: ...

    def close(self) -> None: ...

    def send(self, parcel: Any) -> str:
        address = parcel.to[0].rpartition("<")[2].rstrip(">")
        domain = address.partition("@")[2]
        self.sent.append(address)
        self._seconds += self.late.get(domain, 0.01)
        if domain in self.silent:
            self._seconds += 30
            raise TransportError("the server took longer", permanent=False, timed_out=True)
        return ""


def courier_of(places: Places, wall, owner: str = "a") -> Courier:
    return Courier(clock=wall, owner=owner, transports={"email": lambda: places, "sms": lambda: places})


def letters_to(domain: str, count: int) -> list[Message]:
    return [make_message(recipient_address=f"s{number}@{domain}") for number in range(count)]


def test_a_slow_domain_takes_one_message_and_lets_the_others_by(monkeypatch, wall):
    places = Places(monkeypatch, slow_example=20)
    slow, quick = letters_to("slow.example", 30), letters_to("quick.example", 30)

    courier_of(places, wall).deliver_due()

    assert [address.partition("@")[2] for address in places.sent].count("slow.example") == 1
    assert len(places.sent) == 1 + 20  # a batch is fifty; the other slow ones of it are given back
    assert {fresh(message).state for message in slow[1:]} == {State.WAITING}
    assert all(not fresh(message).owner for message in slow[1:])
    courier_of(places, wall, "b").deliver_due()
    assert {fresh(message).state for message in quick} == {State.SENT}
    assert [address.partition("@")[2] for address in places.sent].count("slow.example") == 1


def test_after_a_rest_one_worker_tries_one_message_to_it(monkeypatch, wall):
    places = Places(monkeypatch, slow_example=20)
    letters_to("slow.example", 5)
    courier_of(places, wall).deliver_due()
    wall.forward(seconds=79)
    assert claim(now=wall.now, owner="b", limit=50, channel="email") == []

    wall.forward(seconds=2)
    first = claim(now=wall.now, owner="b", limit=50, channel="email")
    second = claim(now=wall.now, owner="c", limit=50, channel="email")

    assert (len(first), second) == (1, [])
    assert first[0].is_trial
    wall.forward(seconds=SENDING_LEASE.total_seconds())
    assert len(claim(now=wall.now, owner="c", limit=50, channel="email")) == 1, (
        "one whose trial died is replaced"
    )


def test_a_domain_that_is_quick_again_is_like_any_other(monkeypatch, wall):
    places = Places(monkeypatch, slow_example=20)
    letters_to("slow.example", 5)
    courier = courier_of(places, wall)
    courier.deliver_due()
    places.late = {}
    wall.forward(minutes=2)

    assert courier.deliver_due().states == {State.SENT: 1}
    assert not SlowDomain.objects.exists()
    assert courier.deliver_due().states == {State.SENT: 3}


def test_a_slow_domain_to_which_nothing_waits_is_forgotten(wall):
    make_message()
    pace.note("slow.example", seconds=9, now=wall.now)
    wall.forward(minutes=1)

    assert len(claim(now=wall.now, owner="a", limit=50, channel="email")) == 1
    assert not SlowDomain.objects.exists()


def test_a_server_that_answers_nobody_is_left_alone_after_two_letters(monkeypatch, wall):
    places = Places(monkeypatch)
    places.silent = {"a.example", "b.example", "c.example"}
    messages = [*letters_to("a.example", 2), *letters_to("b.example", 2), *letters_to("c.example", 2)]

    done = courier_of(places, wall).deliver_due()

    assert list(done.down) == ["email"]
    assert "email" not in done.up
    assert places.sent == ["s0@a.example", "s0@b.example"]
    assert [fresh(message).tries for message in messages] == [1, 0, 1, 0, 0, 0]
    assert {fresh(message).state for message in messages} == {State.WAITING}


def test_no_more_are_claimed_in_a_minute_than_the_rate_says(settings, wall):
    settings.MESSAGES_PER_MINUTE = {"email": 120, "sms": 0}
    for _ in range(400):
        make_message()
        make_sms()
    claimed: list[tuple[float, int]] = []

    for tenth in range(1200):
        owner = "abc"[tenth % 3]
        claimed.append((tenth / 10, len(claim(now=wall.now, owner=owner, limit=50, channel="email"))))
        wall.forward(seconds=0.1)

    assert sum(number for _at, number in claimed) >= 235
    for start in range(60):
        assert sum(number for at, number in claimed if start <= at < start + 60) <= 122
    assert max(number for _at, number in claimed) <= 3
    assert len(claim(now=wall.now, owner="a", limit=50, channel="sms")) == 50


@pytest.mark.django_db(transaction=True)
def test_the_rate_holds_for_workers_that_ask_at_the_same_moment(settings):
    settings.MESSAGES_PER_MINUTE = {"email": 60, "sms": 0}
    for _ in range(30):
        make_message()

    batches = at_once(
        [lambda owner=owner: claim(now=NOON, owner=owner, limit=10, channel="email") for owner in "abcd"]
    )

    assert sum(len(batch) for batch in batches) == 1
    assert len(claim(now=NOON + timedelta(seconds=10), owner="a", limit=50, channel="email")) <= 2


def test_a_rate_counts_only_what_is_taken_and_leaves_the_trial_of_a_slow_domain_to_others(settings):
    settings.MESSAGES_PER_MINUTE = {"email": 1}
    make_message(recipient_address="a@slow.example.org")
    SlowDomain.objects.create(domain="slow.example.org", seconds=9, retry_at=NOON + timedelta(seconds=30))

    # Only letters to the slow domain are due: looking for others takes nothing of the rate.
    assert claim(now=NOON, owner="a", limit=50, channel="email") == []
    other = make_message(recipient_address="a@quick.example.org")
    assert claim(now=NOON, owner="a", limit=50, channel="email") == [other]

    # Its trial falls due while there is no room: somebody may try as soon as there is.
    later = NOON + timedelta(seconds=31)
    assert claim(now=later, owner="a", limit=50, channel="email") == []
    assert len(claim(now=NOON + timedelta(seconds=61), owner="b", limit=50, channel="email")) == 1


def test_what_waits_for_a_slow_domain_is_no_standstill():
    make_message(recipient_address="a@slow.example.org")
    later = NOON + timedelta(minutes=9)
    assert standing_still(now=later)
    SlowDomain.objects.create(domain="slow.example.org", seconds=9, retry_at=later)
    assert standing_still(now=later) == []
