"""E-mail through providers' HTTP interfaces: what they get, and what their answers and silence mean."""

import json
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured

from samtale.core.configuration import email
from samtale.outbox.kinds import Attachment
from samtale.outbox.transports.email import EmailTransport
from samtale.outbox.transports.email.backends import send_through
from samtale.outbox.transports.email.building import Mail, ReadyMail, build
from samtale.outbox.transports.errors import TransportDownError, TransportError
from tests.integration.outbox.provider_server import Provider, running

KEY = "key+very/secret"
PUBLIC_ID = "6f1c1c2e-3a51-4a86-9c6f-0a3c5d2f0a11"
# Of each: the settings beside the address, what it answers, and the id in that.
PROVIDERS = {
    "mailgun": ("api_key={}&sender_domain=example.org", {"id": "<x@example.org>", "message": "Queued."}),
    "postmark": (
        "server_token={}",
        {"ErrorCode": 0, "Message": "OK", "MessageID": "x", "To": "ola@example.org"},
    ),
    "brevo": ("api_key={}", {"messageId": "x"}),
    "sendgrid": ("api_key={}", {}),
}


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running() as one:
        yield one


@pytest.fixture
def transport(settings, provider: Provider) -> Iterator[Callable[..., EmailTransport]]:
    made: list[EmailTransport] = []

    def make(name: str = "mailgun", url: str = "") -> EmailTransport:
        query, answer = PROVIDERS[name]
        provider.answer = json.dumps(answer).encode()
        address = f"anymail://{name}?{query.format(quote(KEY, safe='+'))}&api_url={url or provider.url}"
        for setting, value in email(address, timeout=1).items():
            setattr(settings, setting, value)
        made.append(EmailTransport())
        made[-1].open()
        return made[-1]

    yield make
    for one in made:
        one.close()


CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


def letter(*, asks: bool = False) -> ReadyMail:
    kind = "text/calendar; charset=utf-8; method=REQUEST" if asks else "text/calendar"
    return build(
        Mail(
            message_id=f"<{PUBLIC_ID}@samtale.example.org>",
            at=datetime(2026, 11, 27, 9, tzinfo=UTC),
            sender=("Kari Bjørk", "kari@example.org"),
            recipient=("Ola Ås", "ola@example.org"),
            subject="Intervju på onsdag",
            text="Velkommen, Ola",
            html="<p>Velkommen, Ola</p>",
            attachments=[Attachment("invite.ics", CALENDAR, kind, is_part_of_text=asks)],
            public_id=PUBLIC_ID,
        )
    )


@pytest.mark.filterwarnings("ignore:django-anymail has dropped official support for SendGrid")
@pytest.mark.parametrize("name", PROVIDERS)
def test_a_provider_gets_the_letter_its_calendar_file_and_our_name_for_it(transport, provider, name: str):
    provider_id = transport(name).send(letter())

    [body] = provider.bodies
    # Brevo tells a file's type by its name, and has no field for it.
    kind = b"text/calendar" if name != "brevo" else b""
    for part in (b"Velkommen, Ola", b"invite.ics", kind, PUBLIC_ID.encode(), b"ola@example.org"):
        assert part in body
    assert body.count(b"invite.ics") == 1
    assert provider_id


@pytest.mark.filterwarnings("ignore:django-anymail has dropped official support for SendGrid")
@pytest.mark.parametrize("name", PROVIDERS)
def test_a_calendar_that_asks_is_a_file_where_no_third_text_is_taken(transport, provider, name: str):
    open_transport = transport(name)

    assert open_transport.send(letter(asks=True))

    [body] = provider.bodies
    assert body.count(b"invite.ics") == 1
    texts = [part["type"] for part in json.loads(body)["content"]] if name == "sendgrid" else []
    assert ("text/calendar; charset=utf-8; method=REQUEST" in texts) is (name == "sendgrid")


@pytest.mark.parametrize(
    ("status", "permanent"),
    [(400, True), (422, True), (408, False), (429, False), (500, False), (503, False)],
)
def test_a_refusal_says_whether_trying_again_is_of_use(transport, provider, status: int, permanent: bool):
    open_transport = transport()
    provider.status = status
    provider.answer = json.dumps({"message": f"to is wrong, {KEY}"}).encode()

    with pytest.raises(TransportError) as caught:
        open_transport.send(letter())

    assert caught.value.permanent is permanent
    assert not caught.value.may_have_left
    assert caught.value.words == f"{status} to is wrong, ***"


@pytest.mark.parametrize("status", [401, 403])
def test_a_provider_that_does_not_let_us_in_blames_no_letter(transport, provider, status: int):
    open_transport = transport()
    provider.status = status

    with pytest.raises(TransportDownError):
        send_through(mail.get_connection(), letter())
    with pytest.raises(TransportDownError):
        open_transport.send(letter())


@pytest.mark.parametrize("words", ["Found inactive addresses: ola@example.org.", "Said in other words"])
def test_a_refused_recipient_is_refused_for_good(transport, provider, words: str):
    open_transport = transport("postmark")
    provider.status = 422
    provider.answer = json.dumps({"ErrorCode": 406, "Message": words}).encode()

    with pytest.raises(TransportError) as caught:
        open_transport.send(letter())

    assert caught.value.permanent


def test_a_provider_that_takes_too_long_may_have_taken_it(transport, provider):
    open_transport = transport()
    provider.hangs = 1.5

    with pytest.raises(TransportError) as caught:
        open_transport.send(letter())

    assert caught.value.may_have_left
    assert caught.value.timed_out


def test_a_connection_that_breaks_after_the_request_may_have_taken_it(transport, provider):
    open_transport = transport()
    provider.breaks = True

    with pytest.raises(TransportError) as caught:
        open_transport.send(letter())

    assert caught.value.may_have_left


def test_an_answer_that_cannot_be_read_may_have_taken_it(transport, provider):
    open_transport = transport()
    provider.answer = b"<html>"

    with pytest.raises(TransportError) as caught:
        open_transport.send(letter())

    assert caught.value.may_have_left


def test_a_provider_that_cannot_be_reached_got_nothing(transport):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        open_transport = transport(url=f"http://127.0.0.1:{unused.getsockname()[1]}/")

        with pytest.raises(TransportDownError):
            send_through(mail.get_connection(), letter())
        with pytest.raises(TransportDownError):
            open_transport.send(letter())


def test_no_error_and_none_behind_it_quotes_the_key_or_the_letter(transport, provider):
    open_transport = transport()
    provider.status = 400

    with pytest.raises(TransportError) as caught:
        open_transport.send(letter())

    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    assert KEY not in str(caught.value)
    assert "Velkommen" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    ["anymail://pigeon?api_key=secret", "anymail://base?a=secret", "anymail://mailgun?secret", "backend:"],
)
def test_a_provider_that_is_none_is_named_without_its_key(url: str):
    with pytest.raises(ImproperlyConfigured) as caught:
        email(url)

    assert "EMAIL_URL" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_any_other_backend_is_named_by_its_path():
    assert email("backend:their.mail.Backend") == {"EMAIL_BACKEND": "their.mail.Backend"}
