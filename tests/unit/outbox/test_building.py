from datetime import datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest

from samtale.outbox.kinds import Attachment
from samtale.outbox.transports.email.building import Mail, NotAnAddressError, ReadyMail, build, mailbox

AT = datetime(2026, 3, 2, 10, 30, tzinfo=timezone(timedelta(hours=1)))
INVITE = Attachment("invite.ics", b"BEGIN:VCALENDAR\r\n", "text/calendar; charset=utf-8; method=PUBLISH")


def ready(**changes: Any) -> ReadyMail:
    parts: dict[str, Any] = {
        "message_id": "<1@example.org>",
        "at": AT,
        "sender": ("Kari Lunde", "kari@example.org"),
        "recipient": ("Amina Hassan", "amina@example.org"),
        "subject": "Intervju",
        "text": "Hei på deg\n",
        "html": "<p>Hei på deg</p>",
    }
    return build(Mail(**parts | changes))


def parsed(**changes: Any) -> EmailMessage:
    message = message_from_bytes(ready(**changes).content, policy=policy.default)
    assert not message.defects
    return message


def test_headers_read_back_as_written():
    message = parsed(subject="Invitasjon – sykepleier", headers={"Auto-Submitted": "auto-generated"})

    assert message["Subject"] == "Invitasjon – sykepleier"
    assert message["From"] == "Kari Lunde <kari@example.org>"
    assert message["To"] == "Amina Hassan <amina@example.org>"
    assert message["Message-ID"] == "<1@example.org>"
    assert message["Date"] == "Mon, 02 Mar 2026 10:30:00 +0100"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["MIME-Version"] == "1.0"


def test_text_and_html_are_alternatives_and_the_appointment_is_attached():
    message = parsed(attachments=[INVITE])

    assert message.get_content_type() == "multipart/mixed"
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    invite = next(message.iter_attachments())
    assert invite.get_filename() == "invite.ics"
    assert invite.get_param("method") == "PUBLISH"
    assert invite.get_payload(decode=True) == INVITE.content


def test_without_files_the_letter_is_not_wrapped():
    assert parsed().get_content_type() == "multipart/alternative"


@pytest.mark.parametrize(
    "text",
    ["Åse = bra\n.\nFrom her\n", "x" * 2000, "slutter uten linjeskift", "mellomrom \n\n\n", "é" * 500 + "\n"],
)
def test_every_text_arrives_as_it_was(text: str):
    body = parsed(text=text).get_body(("plain",))

    assert body and body.get_payload(decode=True).decode().replace("\r\n", "\n") == text  # type: ignore[union-attr]


def test_what_is_sent_suits_every_server():
    content = ready(subject="å" * 300, text="å" * 3000, html="<p>" + "å" * 3000, attachments=[INVITE]).content

    assert content.isascii()
    assert content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r")
    assert max(len(line) for line in content.split(b"\r\n")) <= 998


@pytest.mark.parametrize(
    "subject",
    [
        "Invitasjon til førstegangsintervju – sykepleier i hjemmetjenesten, Åsane og Fana bydel",
        "Invitation to a first interview for the position as a nurse in the home care of Fana and Arna",
        "x" * 300,
        "å" * 400,
        "日本" * 100,
    ],
)
def test_a_long_subject_is_folded_and_begins_on_its_own_line(subject: str):
    content = ready(subject=subject).content

    (first,) = [line for line in content.split(b"\r\n") if line.startswith(b"Subject:")]
    assert len(first) > 40
    assert max(len(line) for line in content.partition(b"MIME-Version")[0].split(b"\r\n")) <= 78
    assert message_from_bytes(content, policy=policy.default)["Subject"] == subject


def test_a_backend_that_sends_the_parts_finds_them():
    mail = ready(attachments=[INVITE])

    assert mail.subject == "Intervju"
    assert mail.recipients() == ['"Amina Hassan" <amina@example.org>']
    assert mail.alternatives[0][0] == "<p>Hei på deg</p>"
    assert mail.attachments[0][0] == "invite.ics"
    assert mail.message()["Message-ID"] == "<1@example.org>"


@pytest.mark.parametrize(
    ("name", "address", "whole"),
    [
        ("", "a@example.org", "<a@example.org>"),
        ("Lunde, Kari", "a@example.org", '"Lunde, Kari" <a@example.org>'),
        ('Kari "K" \\ <x@y.no>', "a@example.org", r'"Kari \"K\" \\ <x@y.no>" <a@example.org>'),
        ("Åse", "a@example.org", "=?utf-8?q?=C3=85se?= <a@example.org>"),
        ("Kari\r\nBcc: x@y.no", "a@example.org", '"Kari Bcc: x@y.no" <a@example.org>'),
        (
            "=?utf-8?q?=0ABcc?=",
            "a@example.org",
            "=?utf-8?b?PT91dGYtOD9xPz0wQUJjYz89?= <a@example.org>",
        ),
        ("A", "a@blåbær.example", '"A" <a@xn--blbr-roah.example>'),
    ],
)
def test_a_mailbox_is_plain_ascii(name: str, address: str, whole: str):
    assert mailbox(name, address) == whole


@pytest.mark.parametrize(
    "address",
    [
        "",
        "amina",
        "@example.org",
        "amina@",
        "a b@example.org",
        "a@b@example.org",
        "amina@example.org\r\nBcc: all@example.org",
        "amina@example.org\u2028",
        "amina@example.org,all@example.org",
        "<amina@example.org>",
        "åse@example.org",
        "a@" + "x" * 300 + ".no",
        "a@.example.org",
    ],
)
def test_what_is_no_address_is_refused(address: str):
    with pytest.raises(NotAnAddressError):
        mailbox("A", address)


def test_a_header_of_ours_with_a_line_end_is_refused():
    with pytest.raises(ValueError, match="Message-ID"):
        ready(message_id="<1@x>\r\nBcc: a@b.no")


def test_a_file_name_with_other_letters_arrives():
    file = Attachment('innkalling "å".ics', b"x", "text/calendar")

    assert next(parsed(attachments=[file]).iter_attachments()).get_filename() == 'innkalling "å".ics'
