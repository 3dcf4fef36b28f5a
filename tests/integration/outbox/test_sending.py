"""What a real mail server gets."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samtale.outbox.models import Delivery, Message
from samtale.outbox.models.message import State
from tests.factories.accounts import make_organisation
from tests.factories.outbox import CALENDAR, answer_address, make_content, make_kind, make_message
from tests.integration.outbox.conftest import fresh

pytestmark = pytest.mark.django_db


def test_each_letter_goes_to_one_recipient_alone(smtp_server, deliver):
    for number in range(120):
        make_message(recipient_address=f"s{number}@example.org", recipient_name=f"Søker {number}")

    sent = sum(deliver().states[State.SENT] for _ in range(3))

    assert sent == 120
    assert [letter.recipients for letter in smtp_server.received] == [
        [f"s{n}@example.org"] for n in range(120)
    ]
    assert all(f"s{n}@example.org" in letter.message["To"] for n, letter in enumerate(smtp_server.received))
    assert not any(letter.message["Cc"] or letter.message["Bcc"] for letter in smtp_server.received)


def test_a_letter_arrives_whole(smtp_server, deliver):
    make_organisation(name="Bergen kommune", sender_email="jobb@bergen.example")
    message = make_message(sender_name="Kari Lunde", sender_address="kari@bergen.example")

    deliver()

    [letter] = smtp_server.received
    assert letter.sender == "kari@bergen.example"
    assert letter.message["From"] == "Kari Lunde <kari@bergen.example>"
    assert letter.message["To"] == "Amina Hassan <amina@example.org>"
    assert letter.message["Subject"] == "Invitasjon til intervju – Sykepleier"
    assert letter.message["Auto-Submitted"] == "auto-generated"
    assert letter.message["Message-ID"] == f"<{message.public_id}@samtale.example.org>"
    assert letter.message["Date"] == "Mon, 02 Mar 2026 12:00:00 +0000"
    address = answer_address(message, "confirmlink")
    assert letter.message.get_body(("plain",)).get_content().replace("\r\n", "\n") == (
        f"Hei Amina Hassan,\n\nVi møtes på Rådhuset.\n\nSvar på innkallingen: {address}\n\nHilsen oss"
    )
    html = letter.message.get_body(("html",)).get_content()
    assert '<html lang="nb">' in html
    assert f'href="{address}"' in html
    assert "Hei Amina Hassan," in html
    [invite] = letter.message.iter_attachments()
    assert (invite.get_filename(), invite.get_content_type()) == ("invite.ics", "text/calendar")
    assert invite.get_payload(decode=True) == CALENDAR


def test_the_outcome_is_written_down(smtp_server, deliver, wall):
    message = make_message()

    deliver()

    message = fresh(message)
    assert (message.state, message.tries, message.finished_at) == (State.SENT, 1, wall.now)
    assert (message.owner, message.lease_until, message.reason) == ("", None, "")
    assert [d.outcome for d in message.deliveries.all()] == [Delivery.Outcome.SENT]


def test_without_a_sender_the_organisation_writes(smtp_server, deliver):
    make_organisation(name="Bergen kommune", sender_email="jobb@bergen.example")
    make_message()

    deliver()

    assert smtp_server.received[0].message["From"] == "Bergen kommune <jobb@bergen.example>"


def test_a_letter_written_by_a_person_is_not_marked_as_automatic(smtp_server, deliver, declare):
    declare(make_kind("test.personal", auto_submitted=False, attachments=None))
    make_message(kind="test.personal")

    deliver()

    assert smtp_server.received[0].message["Auto-Submitted"] is None


def test_a_hostile_name_is_only_a_name(smtp_server, deliver):
    name = 'Eve\r\nBcc: all@example.org\u2028"\\<x@y.no>,{confirmlink}<script>alert(1)</script>'
    make_message(recipient_name=name, subject=f"Til {name}", content=make_content(name=name))

    deliver()

    [letter] = smtp_server.received
    assert letter.recipients == ["amina@example.org"]
    assert letter.message["Bcc"] is None
    assert [a.addr_spec for a in letter.message["To"].addresses] == ["amina@example.org"]
    assert "<script>" not in letter.message.get_body(("html",)).get_content()
    assert letter.message.get_body(("plain",)).get_content().count("https://") == 1


def test_nothing_leaves_early(smtp_server, deliver, wall):
    make_message()
    wall.forward(seconds=-1)

    assert deliver().handled == 0
    wall.forward(seconds=1)
    assert deliver().handled == 1


def test_the_longest_waiting_leaves_first(smtp_server, deliver, wall):
    make_message(subject="later", due_at=wall.now)
    wall.forward(minutes=-5)
    make_message(subject="sooner", due_at=wall.now)
    wall.forward(minutes=5)

    deliver()

    assert [letter.message["Subject"] for letter in smtp_server.received] == ["sooner", "later"]


def test_many_letters_share_a_connection_but_not_for_ever(awkward_server, courier):
    for _ in range(230):
        make_message()

    while courier.deliver_due().handled:
        pass

    assert len(awkward_server.received) == 230
    assert awkward_server.connections == 3


def test_a_letter_costs_few_queries(smtp_server, deliver):
    def queries(count: int) -> int:
        for _ in range(count):
            make_message()
        with CaptureQueriesContext(connection) as captured:
            deliver()
        return len(captured)

    # Two UPDATEs and the row of the try, in one statement on PostgreSQL; elsewhere in a transaction, which
    # has two ends here, in a test.
    assert queries(21) - queries(1) == 20 * (1 if connection.vendor == "postgresql" else 5)


def test_kinds_are_asked_to_prepare_once_a_batch(smtp_server, deliver, declare):
    asked: list[int] = []
    declare(make_kind("test.prepared", prepare=lambda messages: asked.append(len(messages))))
    for slug in ("test.prepared", "test.letter", "test.prepared"):
        make_message(kind=slug)

    deliver()

    assert asked == [2]


def test_what_is_written_to_files_is_what_would_be_sent(settings, tmp_path, deliver):
    settings.EMAIL_BACKEND = "samtale.outbox.transports.email.files.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    for number in range(3):
        make_message(subject=f"Nummer {number}")

    deliver()

    files = sorted((tmp_path / "mail").iterdir())
    assert all(re.fullmatch(r"\d{8}T\d{6}\.\d{6}Z-\w{8}\.eml", file.name) for file in files)
    assert [f"Subject: Nummer {n}" in file.read_text() for n, file in enumerate(files)] == [True] * 3
    assert Message.objects.filter(state=State.SENT).count() == 3
