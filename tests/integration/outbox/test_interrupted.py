"""What a worker does that has lost its database in the middle, and when outcomes are written."""

import threading
import time
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from samtale.outbox import wake
from samtale.outbox.domain import claims, outcomes
from samtale.outbox.domain.claims import give_back
from samtale.outbox.domain.deliver import Courier
from samtale.outbox.models import Delivery, Message
from samtale.outbox.models.message import State
from samtale.outbox.transports.errors import TransportDownError
from tests.factories.outbox import NOON, make_message, make_sms
from tests.integration.outbox.conftest import fresh


def held(owner: str, *, state: State = State.CLAIMED, **fields: Any) -> Message:
    make = make_sms if fields.pop("sms", False) else make_message
    return make(owner=owner, state=state, lease_until=NOON + claims.SENDING_LEASE, tries=1, **fields)


@pytest.mark.django_db
def test_what_was_not_handed_over_waits_again_without_a_doubt():
    claimed, begun, sms = held("a"), held("a", state=State.SENDING), held("a", state=State.SENDING, sms=True)
    others = held("b", state=State.SENDING)

    assert give_back(owner="a", in_doubt=None, now=NOON) == 3

    for message in (claimed, begun, sms):
        assert (fresh(message).state, fresh(message).owner) == (State.WAITING, "")
        assert not fresh(message).may_have_arrived_twice
    assert fresh(others).state == State.SENDING


@pytest.mark.django_db
def test_the_one_in_doubt_is_marked_and_an_sms_asks_a_person():
    letter, sms = held("a", state=State.SENDING), held("b", state=State.SENDING, sms=True)

    give_back(owner="a", in_doubt=letter.pk, now=NOON)
    give_back(owner="b", in_doubt=sms.pk, now=NOON)

    assert (fresh(letter).state, fresh(letter).may_have_arrived_twice) == (State.WAITING, True)
    assert fresh(sms).state == State.UNKNOWN


class Away:
    """Lets the database be away for statements that change messages, some times in a row."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if self.times and "UPDATE" in sql and "outbox_message" in sql:
            self.times -= 1
            raise OperationalError("the database is away")
        return execute(sql, params, many, context)


class Way:
    """A way out that does something at the moment of handing over."""

    def __init__(self, act: Any = None) -> None:
        self.sent: list[int] = []
        self.act = act

    def open(self) -> None: ...

    def close(self) -> None: ...

    def send(self, parcel: Any) -> str:
        self.sent.append(1)
        if self.act:
            self.act()
        return f"id-{len(self.sent)}"


@pytest.mark.django_db(transaction=True)
def test_what_has_left_is_written_down_when_the_database_is_back(monkeypatch):
    pauses: list[float] = []
    monkeypatch.setattr(outcomes.time, "sleep", pauses.append)
    monkeypatch.setattr(connection, "close", lambda: None)
    away, way = Away(), Way()
    way.act = lambda: setattr(away, "times", 6)
    make_message()
    courier = Courier(clock=lambda: NOON, owner="a", transports={"email": lambda: way, "sms": lambda: Way()})

    with connection.execute_wrapper(away):
        courier.deliver_due()

    assert pauses == [0.2, 0.5, 1.0, 2.0, 2.0, 2.0]
    assert Message.objects.get().state == State.SENT
    assert Message.objects.get().provider_id == "id-1"
    assert Delivery.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_database_that_goes_between_two_letters_costs_neither(monkeypatch):
    monkeypatch.setattr(outcomes.time, "sleep", lambda seconds: None)
    monkeypatch.setattr(connection, "close", lambda: None)
    away, way = Away(), Way()
    way.act = lambda: setattr(away, "times", 3 if len(way.sent) == 2 else 0)
    for _ in range(5):
        make_message()
    courier = Courier(clock=lambda: NOON, owner="a", transports={"email": lambda: way, "sms": lambda: Way()})

    with connection.execute_wrapper(away):
        with pytest.raises(OperationalError):
            courier.deliver_due()
        while courier.deliver_due().handled:
            pass

    assert len(way.sent) == 5
    assert set(Message.objects.values_list("state", "may_have_arrived_twice", "tries")) == {
        (State.SENT, False, 1)
    }
    assert Delivery.objects.count() == 5


@pytest.mark.django_db
def test_a_way_out_that_is_found_shut_when_sending_costs_no_try_and_leaves_no_doubt():
    def refuse() -> None:
        raise TransportDownError("401 who are you?")

    letters = [make_message(), make_sms()]
    ways = dict.fromkeys(("email", "sms"), lambda: Way(refuse))
    courier = Courier(clock=lambda: NOON, owner="a", transports=ways)

    done = courier.deliver_due()

    assert done.down == dict.fromkeys(("email", "sms"), "401 who are you?")
    for letter in map(fresh, letters):
        assert (letter.state, letter.tries, letter.owner) == (State.WAITING, 0, "")
        assert (letter.reason, letter.may_have_arrived_twice) == ("401 who are you?", False)


@pytest.mark.django_db(transaction=True)
def test_the_last_letter_of_a_batch_is_written_down_before_the_next_batch_is_taken():
    way = Way()
    make_message()
    courier = Courier(clock=lambda: NOON, owner="a", transports={"email": lambda: way, "sms": lambda: Way()})
    courier.deliver_due()
    assert Message.objects.get().state == State.SENT


@pytest.mark.django_db
def test_a_letter_whose_time_ends_while_the_one_before_it_leaves_stays(wall):
    way = Way(act=lambda: wall.forward(minutes=10))
    make_message()
    late = make_message(expires_at=NOON + claims.CLAIM_LEASE / 2)
    courier = Courier(clock=wall, owner="a", transports={"email": lambda: way, "sms": lambda: Way()})

    courier.deliver_due()
    courier.deliver_due()

    assert len(way.sent) == 1
    assert fresh(late).state == State.OUTDATED


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL calls its workers")
def test_a_queued_letter_calls_a_resting_worker():
    alarm = wake.Alarm(threading.Event())
    alarm.rest()  # begins to listen
    seconds: list[float] = []

    def rest() -> None:
        began = time.monotonic()
        alarm.rest()
        seconds.append(time.monotonic() - began)

    original, wake.IDLE_SECONDS = wake.IDLE_SECONDS, 20.0
    try:
        resting = threading.Thread(target=rest)
        resting.start()
        with transaction.atomic():
            wake.wake_workers()
            resting.join(0.3)
            assert resting.is_alive(), "called before the commit"
        resting.join(10)
    finally:
        wake.IDLE_SECONDS = original
        alarm.close()
    assert seconds, "it was not called"
    assert seconds[0] < 10


def test_a_worker_that_cannot_listen_looks_for_itself(monkeypatch):
    def refuse(**address: Any) -> None:
        raise psycopg.OperationalError("no")

    monkeypatch.setattr(psycopg, "connect", refuse)
    monkeypatch.setattr(wake, "IDLE_SECONDS", 0.01)
    monkeypatch.setattr(wake.connection, "vendor", "postgresql", raising=False)
    waited: list[float] = []
    stop = threading.Event()
    monkeypatch.setattr(stop, "wait", waited.append)

    wake.Alarm(stop).rest()

    assert waited == [0.01]
