"""What a mail server may do to us."""

from datetime import timedelta

import pytest

from samtale.outbox.domain.outcomes import PAUSES
from samtale.outbox.models import Delivery
from samtale.outbox.models.message import State
from tests.factories.outbox import make_message
from tests.integration.outbox.conftest import fresh
from tests.mail_server import free_port

pytestmark = pytest.mark.django_db
Outcome = Delivery.Outcome


def outcomes(message) -> list[str]:
    return [delivery.outcome for delivery in message.deliveries.all()]


def test_one_refused_recipient_keeps_no_one_else_waiting(awkward_server, deliver):
    messages = [make_message(recipient_address=f"s{number}@example.org") for number in range(3)]
    awkward_server.answers["s1@example.org"] = "550 5.1.1 no such user"

    done = deliver()

    assert done.states == {State.SENT: 2, State.FAILED: 1}
    refused = fresh(messages[1])
    assert (refused.state, refused.reason) == (State.FAILED, "550 5.1.1 no such user")
    assert outcomes(refused) == [Outcome.REFUSED]
    assert [letter.recipients for letter in awkward_server.received] == [
        ["s0@example.org"],
        ["s2@example.org"],
    ]


@pytest.mark.parametrize("place", ["on_mail", "on_data"])
def test_a_permanent_refusal_is_final_and_in_the_servers_words(awkward_server, deliver, wall, place):
    message = make_message()
    getattr(awkward_server, place).append("554 5.7.1 spam is not welcome")

    deliver()

    assert (fresh(message).state, fresh(message).reason) == (State.FAILED, "554 5.7.1 spam is not welcome")
    wall.forward(days=2)
    assert deliver().handled == 0


@pytest.mark.parametrize(
    ("place", "answer"),
    [
        ("on_mail", "451 4.3.0 try again"),
        ("on_data", "452 4.2.2 mailbox full"),
        ("on_mail", "421 4.3.2 shutting down"),
        ("on_data", "421 4.3.2 shutting down"),
    ],
)
def test_a_refusal_for_now_is_tried_again_later(awkward_server, deliver, wall, place, answer):
    message = make_message()
    getattr(awkward_server, place).append(answer)

    deliver()

    waiting = fresh(message)
    assert (waiting.state, waiting.reason, waiting.try_at) == (State.WAITING, answer, wall.now + PAUSES[0])
    assert not waiting.may_have_arrived_twice
    assert deliver().handled == 0
    wall.forward(minutes=1)
    deliver()
    assert outcomes(fresh(message)) == [Outcome.LATER, Outcome.SENT]
    assert (fresh(message).state, fresh(message).reason) == (State.SENT, "")


def test_the_pauses_grow_and_come_to_an_end(awkward_server, deliver, wall):
    message = make_message()
    awkward_server.answers["amina@example.org"] = "450 greylisted"
    pauses = []
    while fresh(message).state == State.WAITING:
        before = wall.now
        deliver()
        if fresh(message).state == State.WAITING:
            wall.now = fresh(message).try_at
            pauses.append(wall.now - before)

    assert pauses == [
        timedelta(minutes=1),
        timedelta(minutes=5),
        timedelta(minutes=15),
        timedelta(hours=1),
        timedelta(hours=4),
        timedelta(hours=12),
    ]
    assert (fresh(message).state, fresh(message).reason, fresh(message).tries) == (
        State.FAILED,
        "450 greylisted",
        7,
    )


def test_a_connection_that_breaks_before_the_letter_leaves_no_doubt(awkward_server, deliver, wall):
    message = make_message()
    awkward_server.on_mail.append("hang up")

    deliver()

    assert fresh(message).state == State.WAITING
    assert not fresh(message).may_have_arrived_twice
    wall.forward(minutes=1)
    deliver()
    assert len(awkward_server.received) == 1


def test_a_connection_that_breaks_after_the_letter_means_one_more_try_under_the_same_name(
    awkward_server, deliver, wall
):
    message = make_message()
    awkward_server.on_data.append("hang up")

    deliver()
    assert fresh(message).state == State.WAITING
    assert fresh(message).may_have_arrived_twice
    wall.forward(minutes=1)
    deliver()

    assert fresh(message).state == State.SENT
    assert len({letter.message["Message-ID"] for letter in awkward_server.received}) == 1
    assert outcomes(fresh(message)) == [Outcome.UNSURE, Outcome.SENT]


def test_a_server_that_always_breaks_off_gets_two_copies_and_no_more(awkward_server, deliver, wall):
    message = make_message()
    awkward_server.on_data += ["hang up"] * 5

    for _ in range(5):
        deliver()
        wall.forward(days=1)

    assert fresh(message).state == State.UNKNOWN
    assert len(awkward_server.received) == 2


def test_the_next_letter_leaves_over_a_new_connection(awkward_server, deliver):
    make_message()
    make_message(recipient_address="next@example.org")
    awkward_server.on_data.append("hang up")

    deliver()

    assert awkward_server.received[-1].recipients == ["next@example.org"]
    assert awkward_server.connections == 2


@pytest.mark.parametrize(
    "address", ["not an address", "a@example.org\nBcc: b@example.org", "åse@example.org"]
)
def test_a_bad_address_fails_at_once_and_says_so(awkward_server, deliver, address):
    message = make_message(recipient_address=address)

    deliver()

    assert fresh(message).state == State.FAILED
    assert "is not an e-mail address" in fresh(message).reason
    assert awkward_server.received == []


def test_a_server_that_is_away_uses_up_no_tries(awkward_server, settings, deliver):
    messages = [make_message() for _ in range(3)]
    settings.EMAIL_PORT = free_port()

    done = deliver()

    assert list(done.down) == ["email"]
    assert [(fresh(m).state, fresh(m).tries) for m in messages] == [(State.WAITING, 0)] * 3
    assert all("refused" in fresh(m).reason for m in messages)
    settings.EMAIL_PORT = awkward_server.port
    assert deliver().states == {State.SENT: 3}
    assert fresh(messages[0]).reason == ""


def test_a_server_that_does_not_let_us_in_is_not_the_letters_fault(awkward_server, settings, deliver):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "samtale", "wrong"
    message = make_message()

    assert list(deliver().down) == ["email"]
    assert fresh(message).state == State.WAITING
