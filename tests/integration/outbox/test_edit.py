"""A message that waits, changed by hand."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from samtale.core.models import AuditEntry
from samtale.outbox import kinds
from samtale.outbox.domain.claims import begin, claim
from samtale.outbox.domain.edit import (
    BadTime,
    BadWords,
    ChangedMeanwhile,
    TooLate,
    Words,
    edit,
    stamp,
)
from samtale.outbox.domain.queue import rewrite
from samtale.outbox.kinds import MessageKind
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from tests.factories.accounts import make_user
from tests.factories.outbox import LETTER, NOON, TEXT, make_letter, make_message

pytestmark = pytest.mark.django_db
EARLIER = NOON - timedelta(hours=1)


def change(message: Message, *, seen: str = "", **parts: Any) -> bool:
    shown = Words.of(message)
    words = Words(subject=parts.pop("subject", shown.subject), content=parts.pop("content", shown.content))
    now = parts.pop("now", EARLIER)
    return edit(
        message_id=message.pk, seen=seen or stamp(message), words=words, by=make_user(), now=now, **parts
    )


def test_the_text_is_shown_with_its_tags():
    assert Words.of(make_message()).content == TEXT


def test_what_is_written_is_filled_in_and_kept_with_its_tags():
    message = make_message()

    assert change(message, content="Kjære {name}, ta med {place}\r\n{confirmlink}")

    message.refresh_from_db()
    assert message.content == [
        ["text", "Kjære "],
        ["value", "Amina Hassan", "name"],
        ["text", ", ta med "],
        ["value", "Rådhuset", "place"],
        ["text", "\n"],
        ["link", "Svar på innkallingen", "confirmlink"],
    ]
    # The subject was left alone, and so is nobody's own words.
    assert message.own_words == {"content": "Kjære {name}, ta med {place}\n{confirmlink}"}
    assert Words.of(message).content == "Kjære {name}, ta med {place}\n{confirmlink}"
    row = AuditEntry.objects.get(verb="message.edited", subject_id=message.pk)
    assert row.data["fields"] == ["content", "own_words"]


def test_a_subject_keeps_its_tags_too():
    message = make_message()

    change(message, subject="Til {name}")

    message.refresh_from_db()
    assert (message.subject, message.own_words) == ("Til Amina Hassan", {"subject": "Til {name}"})
    assert Words.of(message).subject == "Til {name}"


def test_who_changes_nothing_changes_nothing():
    message = make_message(subject="Til {name}")  # as a candidate may be called

    assert not change(message, content=TEXT.replace("\n", "\r\n") + "\r\n")

    before, after = message, Message.objects.get()
    assert (after.subject, after.content, after.own_words) == (before.subject, before.content, None)
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("words", "field", "sentence"),
    [
        ({"content": "Hei {nmae}"}, "content", "{nmae}"),
        ({"content": "Hei { name }"}, "content", "{ name }"),
        ({"subject": "{confirmlink}"}, "subject", "{confirmlink}"),
        ({"content": " \n"}, "content", "Write something"),
        ({"subject": " "}, "subject", "Write something"),
    ],
)
def test_what_cannot_be_filled_in_is_named_and_not_saved(
    words: dict[str, str],
    field: str,
    sentence: str,
):
    message = make_message()

    with pytest.raises(BadWords) as refusal, _english():
        change(message, **words)

    assert sentence in refusal.value.sentences[field][0]
    assert Message.objects.get().own_words is None


def test_a_tag_without_a_value_is_named():
    message = make_message(content=[["text", "Hei"]])

    with pytest.raises(BadWords) as refusal:
        change(message, content="Hei {name}, {confirmlink}")

    assert ["{name}" in each or "{confirmlink}" in each for each in refusal.value.sentences["content"]] == [
        True,
        True,
    ]


def test_what_the_letter_is_for_must_stay(monkeypatch: pytest.MonkeyPatch):
    _replace(monkeypatch, required=frozenset({"confirmlink"}))
    message = make_message()

    with pytest.raises(BadWords) as refusal:
        change(message, content="Hei {name}")

    assert "{confirmlink}" in refusal.value.sentences["content"][0]


def test_a_tag_that_was_not_there_has_what_the_kind_says(monkeypatch: pytest.MonkeyPatch):
    _replace(
        monkeypatch, vocabulary=lambda message: ({"name": "Ny", "place": "Ny sal"}, {"confirmlink": "Svar"})
    )
    message = make_message(content=[["value", "Amina", "name"]])

    change(message, content="{name} {place} {confirmlink}")

    # What stood there already is said as before.
    texts = [segment[1] for segment in Message.objects.get().content]
    assert texts == ["Amina", " ", "Ny sal", " ", "Svar"]


class TestTime:
    def test_moves_when_it_is_due_and_tried(self):
        message = make_message()
        later = NOON + timedelta(days=1)

        assert change(message, due_at=later)

        message.refresh_from_db()
        assert (message.due_at, message.try_at, message.own_words) == (later, later, None)

    def test_the_present_minute_is_now(self):
        message = make_message()
        assert change(message, due_at=EARLIER, now=EARLIER + timedelta(seconds=59))

    @pytest.mark.parametrize("due_at", [EARLIER - timedelta(minutes=1), NOON + timedelta(hours=2)])
    def test_past_or_too_late_is_refused(self, due_at: Any):
        message = make_message(expires_at=NOON + timedelta(hours=2))

        with pytest.raises(BadTime):
            change(message, content="Nytt", due_at=due_at)

        message.refresh_from_db()
        assert (message.due_at, message.own_words) == (NOON, None)


class TestMeanwhile:
    @pytest.mark.parametrize(
        "state", [State.SENDING, State.SENT, State.FAILED, State.UNKNOWN, State.CANCELLED, State.OUTDATED]
    )
    def test_what_does_not_wait_is_left_alone(self, state: State):
        message = make_message(state=state)

        with pytest.raises(TooLate):
            change(message, content="Nytt")

        assert Message.objects.get().own_words is None

    def test_another_editor_is_told(self):
        message = make_message()
        seen = stamp(message)
        change(message, content="Den første", seen=seen)

        with pytest.raises(ChangedMeanwhile) as meanwhile:
            change(message, content="Den andre", seen=seen)

        assert Words.of(meanwhile.value.message).content == "Den første"
        assert Words.of(Message.objects.get()).content == "Den første"

    def test_a_letter_written_anew_is_told(self):
        message = make_message()
        seen = stamp(message)
        rewrite({message.pk: make_letter(recipient_name="Emina Hassan")}, by=make_user(), now=EARLIER)
        Message.objects.filter(pk=message.pk).update(recipient_address="ny@example.org")

        with pytest.raises(ChangedMeanwhile):
            change(message, content="Nytt", seen=seen)

    def test_what_a_worker_holds_waits_again_and_it_has_nothing_to_send(self):
        message = make_message()
        (claimed,) = claim(owner="worker", now=NOON, limit=1, channel="email")

        assert change(message, content="Nytt", now=NOON)

        message.refresh_from_db()
        assert (message.state, message.owner) == (State.WAITING, "")
        assert not begin(claimed, owner="worker", now=NOON)


def _replace(monkeypatch: pytest.MonkeyPatch, **fields: Any) -> None:
    kind: MessageKind = replace(LETTER, **fields)
    monkeypatch.setitem(kinds._kinds, LETTER.slug, kind)


def _english() -> Any:
    return translation.override("en")
