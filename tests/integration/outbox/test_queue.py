from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import translation

from samtale.core import audit
from samtale.outbox.domain.queue import (
    BadAddress,
    OutsideTransaction,
    cancel,
    dismiss,
    queue,
    revive,
    rewrite,
    send_again,
    too_late,
)
from samtale.outbox.kinds import UnknownKind
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from tests.factories.accounts import make_user
from tests.factories.outbox import NOON, make_content, make_letter, make_message
from tests.integration.outbox.conftest import fresh

pytestmark = pytest.mark.django_db


def test_letters_become_waiting_messages_in_the_order_given(django_assert_max_num_queries):
    user = make_user()
    letters = [
        make_letter(recipient_name=f"Søker {n}", expires_at=NOON + timedelta(days=n)) for n in range(30)
    ]

    with django_assert_max_num_queries(2):  # the rows, and on PostgreSQL the call to the workers
        messages = queue(letters, by=user, now=NOON)

    stored = list(Message.objects.order_by("pk"))
    assert [m.pk for m in messages] == [m.pk for m in stored]
    assert [m.recipient_name for m in stored] == [f"Søker {n}" for n in range(30)]
    assert {(m.state, m.channel, m.created_by, m.created_at, m.try_at) for m in stored} == {
        (State.WAITING, "email", user, NOON, NOON)
    }
    assert stored[3].content == make_content()
    assert stored[3].expires_at == NOON + timedelta(days=3)


@pytest.mark.django_db(transaction=True)
def test_without_a_transaction_nothing_is_queued():
    with pytest.raises(OutsideTransaction, match="atomic"):
        queue([make_letter()], by=None, now=NOON)
    assert not Message.objects.exists()


def test_a_kind_that_does_not_exist_is_an_error():
    with pytest.raises(UnknownKind):
        queue([make_letter(kind="gone.letter")], by=None, now=NOON)


@pytest.mark.parametrize("address", ["", "a@b.no\r\nBcc: x@y.no", " a@b.no", "a" * 250 + "@b.no"])
def test_what_cannot_be_an_address_is_refused(address: str):
    with pytest.raises(BadAddress):
        queue([make_letter(recipient_address=address)], by=None, now=NOON)
    assert not Message.objects.exists()


def test_names_and_subjects_are_made_to_fit():
    [message] = queue(
        [make_letter(recipient_name="Å" * 500, sender_name="K\nL", subject="x\r\n" * 500)], by=None, now=NOON
    )
    message.clean_fields(exclude=[field.name for field in Message._meta.fields if field.null])
    assert message.sender_name == "K L"


def test_only_what_has_not_begun_to_leave_is_stopped():
    messages = {state: make_message(state=state) for state in State}
    user = make_user()

    count = cancel(Message.objects.all(), by=user, now=NOON, reason="The interview has been moved.")

    assert count == 2
    for state, message in messages.items():
        stopped = state in (State.WAITING, State.CLAIMED)
        assert fresh(message).state == (State.CANCELLED if stopped else state)
        assert [row.verb for row in audit.history(message)] == (["message.cancelled"] if stopped else [])
    assert fresh(messages[State.WAITING]).reason == "The interview has been moved."
    assert set(too_late(Message.objects.all())) == {
        messages[state] for state in (State.SENDING, State.SENT, State.UNKNOWN)
    }


def test_messages_are_stopped_by_number_too(django_assert_num_queries):
    messages = [make_message() for _ in range(30)]

    assert cancel([m.pk for m in messages[:20]], by="candidate", now=NOON, reason="x") == 20
    assert Message.objects.filter(state=State.WAITING).count() == 10


def test_the_reason_is_told_in_the_readers_language():
    message = make_message(reason="Its time was over before it could be sent.")
    server = make_message(reason="550 5.1.1 no such user")

    with translation.override("nb"):
        assert message.why == "Tiden var ute før meldingen kunne sendes."
        assert server.why == "550 5.1.1 no such user"
        assert make_message().why == ""


def test_the_audit_tells_that_a_message_was_stopped():
    message = make_message()
    cancel([message.pk], by=make_user(), now=NOON, reason="Its time was over before it could be sent.")

    with translation.override("nb"):
        [row] = audit.history(message)
        assert audit.sentence_for(row) == "Melding stoppet: Tiden var ute før meldingen kunne sendes."


def test_a_stopped_message_comes_back_if_its_time_is_still_ahead():
    later = NOON + timedelta(days=1)
    ahead = make_message(due_at=later, state=State.CANCELLED, reason="x", finished_at=NOON)
    outdated = make_message(due_at=later, state=State.OUTDATED)
    past = make_message(due_at=NOON, state=State.CANCELLED)
    tried = make_message(due_at=later, state=State.CANCELLED, tries=1)
    failed = make_message(due_at=later, state=State.FAILED)

    assert revive(Message.objects.all(), now=NOON) == 2

    assert [fresh(m).state for m in (ahead, outdated, past, tried, failed)] == [
        State.WAITING,
        State.WAITING,
        State.CANCELLED,
        State.CANCELLED,
        State.FAILED,
    ]
    assert (fresh(ahead).reason, fresh(ahead).finished_at, fresh(ahead).try_at) == ("", None, later)


def test_a_person_may_send_again_what_failed_or_is_unknown():
    user = make_user()
    failed = make_message(state=State.FAILED, reason="550 no", tries=7)
    unknown = make_message(state=State.UNKNOWN, tries=1)
    sent = make_message(state=State.SENT, tries=1)

    assert [send_again(m, by=user, now=NOON) for m in (failed, unknown, sent)] == [True, True, False]

    assert [fresh(m).state for m in (failed, unknown, sent)] == [State.WAITING, State.WAITING, State.SENT]
    assert not fresh(failed).may_have_arrived_twice
    assert fresh(unknown).may_have_arrived_twice
    assert [row.verb for row in audit.history(failed)] == ["message.sent_again"]


def test_a_person_may_dismiss_what_failed_and_nothing_else():
    user = make_user()
    failed = make_message(state=State.FAILED, reason="550 no", tries=7)
    unknown = make_message(state=State.UNKNOWN, tries=1)

    assert [dismiss(m, by=user, now=NOON, reason="No use.") for m in (failed, unknown)] == [True, False]

    assert (fresh(failed).state, fresh(failed).reason) == (State.CANCELLED, "No use.")
    assert fresh(unknown).state == State.UNKNOWN
    assert [row.verb for row in audit.history(failed)] == ["message.dismissed"]


@pytest.mark.django_db(transaction=True)
def test_letters_vanish_with_the_transaction_that_caused_them():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        queue([make_letter()], by=None, now=NOON)
        raise ZeroDivisionError
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("state", "after"),
    [
        ("waiting", "waiting"),
        ("claimed", "waiting"),
        ("failed", "failed"),
        ("cancelled", "cancelled"),
        ("sending", None),
        ("sent", None),
        ("unknown", None),
        ("outdated", None),
    ],
)
def test_only_what_has_not_left_is_rewritten_and_its_fate_stays(state, after):
    message = make_message(state=state, tries=3, try_at=NOON + timedelta(hours=4), owner="a")
    number, before = message.public_id, message.subject
    letter = make_letter(recipient_address="new@example.org", subject="Nytt emne", due_at=NOON)
    assert rewrite({message.pk: letter}, by="system", now=NOON) == (after is not None)
    message = fresh(message)
    assert (message.state, message.public_id) == (after or state, number)
    if after:
        assert (message.recipient_address, message.subject) == ("new@example.org", "Nytt emne")
        assert (message.tries, message.try_at) == (0, NOON)
        old = audit.history(message).get(verb="message.rewritten").data["old"]
        assert old == {"recipient_address": "amina@example.org"}
    else:
        assert (message.recipient_address, message.subject) == ("amina@example.org", before)


def test_a_letter_that_says_the_same_is_left_with_the_worker_that_holds_it():
    message = make_message(state="claimed", owner="a")
    assert rewrite({message.pk: make_letter()}, by="system", now=NOON) == 0
    assert fresh(message).state == State.CLAIMED


def test_a_new_name_does_not_hurry_what_waits_for_its_next_try():
    later = NOON + timedelta(hours=4)
    message = make_message(tries=3, try_at=later, reason="451 try later")
    rewrite({message.pk: make_letter(recipient_name="Aminah")}, by="system", now=NOON)
    message = fresh(message)
    assert (message.recipient_name, message.tries, message.try_at) == ("Aminah", 3, later)
    assert message.reason == "451 try later"
