"""A forgotten password: the letter leaves from the outbox, and the page says the same to everybody."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samtale.accounts.domain.users import deactivate_user
from samtale.accounts.models import User
from samtale.core import clock as wall_clock
from samtale.core.models import AuditEntry
from samtale.outbox.domain.deliver import Courier
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from tests.factories.accounts import make_administrator, make_organisation, make_user
from tests.mail_server import MailServer, free_port

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
OLD, NEW = "en ganske lang setning", "en ganske annen setning"
DONE = "/accounts/password/reset/done/"


def ask(email: str, **headers: Any) -> Any:
    return Client(**headers).post("/accounts/password/reset/", {"email": email})


def deliver() -> None:
    courier = Courier(clock=wall_clock.now, owner="test")
    try:
        courier.deliver_due()
    finally:
        courier.close()


@pytest.fixture
def user() -> User:
    return make_user(email="kari@example.org", first_name="Kari", password=OLD)


def may_log_in(email: str, password: str) -> bool:
    return Client().post("/accounts/login/", {"login": email, "password": password}).status_code == 302


def test_the_link_that_arrives_works(smtp_server: MailServer, user: User) -> None:
    make_organisation(name="Bergen kommune", sender_email="jobb@example.org")

    assert ask("KARI@example.org", HTTP_HOST="localhost")["Location"] == DONE
    deliver()

    [letter] = smtp_server.received
    assert letter.recipients == ["kari@example.org"]
    assert (letter.message["Subject"], letter.message["From"].addresses[0].addr_spec) == (
        "Nytt passord til Samtale",
        "jobb@example.org",
    )
    plain = letter.message.get_body(("plain",))
    assert plain
    [link] = re.findall(r"https?://\S+/accounts/\S+", plain.get_content())
    assert link.startswith("https://samtale.example.org/accounts/password/reset/key/")
    assert "testserver" not in str(letter.message)

    client = Client()
    form = client.get(link.removeprefix("https://samtale.example.org"), follow=True).redirect_chain[-1][0]
    changed = client.post(form, {"password1": NEW, "password2": NEW}, follow=True)
    assert changed.status_code == 200
    assert (may_log_in(user.email, NEW), may_log_in(user.email, OLD)) == (True, False)
    assert "Lenken virker ikke lenger" in client.get(link, follow=True).content.decode()


def test_the_link_is_nowhere_in_the_database(user: User) -> None:
    ask(user.email)
    message = Message.objects.get()
    assert ["link", "Velg passord", "password-link"] in message.content
    assert "/password/reset/key/" not in str(message.__dict__)


def test_a_server_that_refuses_leaves_the_page_as_it_is_and_the_administrator_a_failed_message(
    smtp_server: MailServer, user: User
) -> None:
    smtp_server.answers[user.email] = "550 no such user"

    assert ask(user.email)["Location"] == DONE
    deliver()

    assert Message.objects.get().state == State.FAILED
    client = Client()
    client.force_login(make_administrator())
    outbox = client.get("/outbox/").content.decode()
    assert "Nytt passord" in outbox and "kari@example.org" in outbox


def test_without_a_server_the_letter_waits(smtp_server: MailServer, settings: Any, user: User) -> None:
    settings.EMAIL_PORT = free_port()

    assert ask(user.email)["Location"] == DONE
    deliver()

    assert Message.objects.get().state == State.WAITING


@pytest.mark.parametrize(
    "stranger", ["stranger@example.org", "closed@example.org", "a" * 64 + "@" + "b" * 60 + ".example.org"]
)
def test_a_stranger_is_answered_alike_by_as_much_work_and_leaves_no_trace(user: User, stranger: str) -> None:
    make_administrator()
    deactivate_user(user=make_user(email="closed@example.org"), by="system", now=wall_clock.now())
    before = AuditEntry.objects.count()

    def asked(email: str) -> tuple[Any, list[str]]:
        with CaptureQueriesContext(connection) as queries:
            answer = ask(email)
        return answer, [re.sub(r"'[^']*'|\d+", "?", query["sql"])[:40] for query in queries]

    unknown, for_unknown = asked(stranger)
    assert (Message.objects.count(), AuditEntry.objects.count()) == (0, before)
    known, for_known = asked(user.email)
    assert Message.objects.count() == 1

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    work = [[sql for sql in made if "SAVEPOINT" not in sql] for made in (for_known, for_unknown)]
    assert work[0] == work[1]


def test_it_is_not_sent_to_one_who_may_no_longer_log_in(smtp_server: MailServer, user: User) -> None:
    make_administrator()
    ask(user.email)
    deactivate_user(user=user, by="system", now=wall_clock.now())
    deliver()
    message = Message.objects.get()
    assert (message.state, message.reason) == (State.CANCELLED, "The user may no longer log in.")
    assert smtp_server.received == []
