"""The last look before a message leaves."""

import logging
from datetime import timedelta

import pytest
from django.utils.translation import gettext as _

from samtale.outbox import kinds
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from tests.factories.outbox import NOON, make_kind, make_message
from tests.integration.outbox.conftest import fresh

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("seconds", "state"), [(0, State.OUTDATED), (-1, State.OUTDATED), (1, State.SENT)])
def test_nothing_leaves_at_or_after_the_end_of_its_time(smtp_server, deliver, seconds, state):
    message = make_message(expires_at=NOON + timedelta(seconds=seconds))

    deliver()

    assert fresh(message).state == state
    assert len(smtp_server.received) == (state == State.SENT)


def test_what_is_no_longer_true_stays_and_says_why(smtp_server, deliver, declare):
    declare(make_kind("test.moved", is_still_true=lambda message, now: _("Cancelled by %s") % now.year))
    message = make_message(kind="test.moved")

    deliver()

    assert (fresh(message).state, fresh(message).reason) == (State.OUTDATED, "Cancelled by 2026")
    assert fresh(message).tries == 0
    assert smtp_server.received == []


def test_a_reason_is_stored_untranslated(smtp_server, deliver, declare):
    declare(
        make_kind(
            "test.moved", is_still_true=lambda message, now: _("Messages of this kind can no longer be sent.")
        )
    )
    message = make_message(kind="test.moved")

    deliver()

    assert fresh(message).reason == "Messages of this kind can no longer be sent."


def test_a_kind_that_no_longer_exists_fails_visibly_and_alone(smtp_server, deliver):
    gone, there = make_message(kind="gone.letter"), make_message()

    deliver()

    assert [fresh(gone).state, fresh(there).state] == [State.FAILED, State.SENT]
    assert fresh(gone).why == "Denne typen meldinger kan ikke lenger sendes."


def test_a_kind_with_an_error_fails_visibly_and_is_logged(smtp_server, deliver, declare, caplog):
    declare(make_kind("test.broken", attachments=lambda message: 1 / 0))
    message = make_message(kind="test.broken")

    with caplog.at_level(logging.ERROR):
        deliver()

    assert fresh(message).state == State.FAILED
    assert "ZeroDivisionError" in caplog.text


def test_a_link_without_an_address_is_never_sent(smtp_server, deliver, declare):
    declare(make_kind("test.linkless", link_address=None))
    message = make_message(kind="test.linkless")

    deliver()

    assert fresh(message).state == State.FAILED
    assert smtp_server.received == []


def test_a_message_stopped_at_the_last_moment_stays(smtp_server, deliver, declare):
    def stop(message: Message) -> list[kinds.Attachment]:
        Message.objects.filter(pk=message.pk).update(state=State.CANCELLED, owner="")
        return []

    declare(make_kind("test.stopped", attachments=stop))
    message = make_message(kind="test.stopped")

    assert deliver().handled == 0

    assert fresh(message).state == State.CANCELLED
    assert smtp_server.received == []


def test_addresses_are_made_in_the_letters_language(smtp_server, deliver, declare):
    declare(
        make_kind(
            "test.lang", attachments=None, link_address=lambda m, tag: f"https://x.example/{_('Language')}"
        )
    )
    for language in ("nb", "en"):
        make_message(kind="test.lang", language=language)

    deliver()

    texts = [letter.message.get_body(("plain",)).get_content() for letter in smtp_server.received]
    assert ["https://x.example/Språk" in texts[0], "https://x.example/Language" in texts[1]] == [True, True]
