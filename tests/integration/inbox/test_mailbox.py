"""The mailbox itself, on a real server: what is read, what stays, and what happens when it is away."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from samtale.core import clock as wall_clock
from samtale.core.owners import new_owner
from samtale.inbox.checks import answers_are_read
from samtale.inbox.domain import run
from samtale.inbox.domain.queries.health import stuck, unread
from samtale.inbox.domain.run import MailboxRunner
from samtale.inbox.letters import IncomingLetter
from samtale.inbox.mailbox import MailboxTrouble, opened
from samtale.inbox.models import IncomingMail, Mailbox
from samtale.inbox.readers import readers
from tests import dovecot_server
from tests.dovecot_server import DOMAIN, USER, DovecotServer
from tests.factories.accounts import make_user
from tests.integration.inbox.conftest import use_inbox
from tests.mail_server import free_port

pytestmark = pytest.mark.django_db

Outcome = IncomingMail.Outcome
MINE = f"{USER}+mine@{DOMAIN}"


def letter(number: int = 1, body: str = "text", to: str = MINE) -> bytes:
    return f"To: <{to}>\r\nMessage-ID: <{number}@elsewhere.example>\r\n\r\n{body}\r\n".encode()


class Desk:
    """Reads what is written to the mark "mine", and keeps what it was given."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.outcome: Outcome = Outcome.TAKEN
        self.fails_on = ""

    def __call__(self, letter: IncomingLetter, mark: str, *, now: datetime) -> Outcome | None:
        if mark != "mine":
            return None
        if self.fails_on and self.fails_on in letter.text:
            raise ZeroDivisionError
        self.seen.append(letter.text.strip())
        return self.outcome


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk()
    monkeypatch.setattr("samtale.inbox.domain.take.readers", [desk])
    return desk


def runner(should_stop: Callable[[], bool] = lambda: False) -> MailboxRunner:
    return MailboxRunner(clock=wall_clock.now, owner=new_owner(), should_stop=should_stop)


def test_the_interviews_read_what_comes_in():
    assert [reader.__name__ for reader in readers] == ["read_answer"]


def test_letters_are_read_in_order_and_taken_out(dovecot: DovecotServer, desk: Desk, read_mailbox):
    for number in range(5):
        dovecot.deliver(letter(number, f"letter {number}"), to=MINE)

    read_mailbox()

    assert desk.seen == [f"letter {number}" for number in range(5)]
    assert dovecot.uids() == []


def test_what_is_nobodys_stays_unread(dovecot: DovecotServer, desk: Desk, read_mailbox):
    dovecot.deliver(letter(to=f"{USER}@{DOMAIN}"), to=f"{USER}@{DOMAIN}")
    dovecot.deliver(letter(to=f"{USER}+other@{DOMAIN}"), to=f"{USER}+other@{DOMAIN}")

    read_mailbox()

    assert desk.seen == []
    assert len(dovecot.unread()) == 2
    assert not IncomingMail.objects.exists()


def test_what_stays_is_not_read_again(dovecot: DovecotServer, desk: Desk, read_mailbox):
    desk.outcome = Outcome.LEFT
    dovecot.deliver(letter(), to=MINE)

    read_mailbox()
    read_mailbox()

    assert desk.seen == ["text"]
    assert len(dovecot.unread()) == 1


def test_a_mailbox_that_is_counted_anew_gives_nothing_twice(dovecot: DovecotServer, desk: Desk, read_mailbox):
    desk.outcome = Outcome.LEFT
    dovecot.deliver(letter(1), to=MINE)
    read_mailbox()
    old = Mailbox.objects.get().uid_validity
    dovecot.forget_all()
    dovecot.deliver(letter(1), to=MINE)
    dovecot.deliver(letter(2, "another"), to=MINE)
    Mailbox.objects.update(uid_validity=(old or 0) + 1)

    read_mailbox()

    assert desk.seen == ["text", "another"]


def test_a_worker_that_dies_after_taking_a_letter_takes_it_no_second_time(
    dovecot: DovecotServer, desk: Desk, read_mailbox, monkeypatch: pytest.MonkeyPatch
):
    dovecot.deliver(letter(), to=MINE)

    class Killed(BaseException): ...

    def die(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("samtale.inbox.mailbox.OpenMailbox.remove", die)
        with pytest.raises(Killed):
            runner().step()
    assert len(dovecot.uids()) == 1
    Mailbox.objects.update(lease_until=wall_clock.now() - timedelta(seconds=1))

    read_mailbox()

    assert desk.seen == ["text"]
    assert dovecot.uids() == []


def test_one_letter_that_nobody_can_take_does_not_keep_the_next(
    dovecot: DovecotServer, desk: Desk, read_mailbox, caplog: pytest.LogCaptureFixture
):
    desk.fails_on = "poison"
    dovecot.deliver(letter(1, "poison"), to=MINE)
    dovecot.deliver(letter(2, "x" * (1024 * 1024)), to=MINE)
    dovecot.deliver(letter(3, "good"), to=MINE)

    read_mailbox()

    assert desk.seen == ["good"]
    assert len(dovecot.unread()) == 2
    assert "failed" in caplog.text
    assert "too large" in caplog.text


def test_a_letter_on_which_samtale_fails_is_said_and_taken_once_it_knows_better(
    dovecot: DovecotServer, desk: Desk, client: Client, clock
):
    desk.fails_on = "poison"
    dovecot.deliver(letter(1, "poison"), to=MINE)
    dovecot.deliver(letter(2, "good"), to=MINE)
    mine = runner()
    mine.step()
    assert desk.seen == ["good"]
    assert stuck() == 1
    assert [warning.id for warning in answers_are_read()] == ["samtale.W006"]
    client.force_login(make_user())
    sentence = "1 brev som kan være svar fra en kandidat"
    assert sentence in client.get("/").content.decode()
    clock.forward(minutes=59)
    desk.fails_on = ""
    mine.step()
    assert desk.seen == ["good"]  # it would fail again, most often

    clock.forward(minutes=2)
    mine.step()

    assert desk.seen == ["good", "poison"]
    assert (stuck(), dovecot.uids()) == (0, [])
    assert answers_are_read() == []
    assert sentence not in client.get("/").content.decode()


def test_a_letter_on_which_it_failed_and_that_a_person_took_away_is_forgotten(
    dovecot: DovecotServer, desk: Desk, settings: Settings, clock
):
    desk.fails_on = "poison"
    dovecot.deliver(letter(1, "poison"), to=MINE)
    mine = runner()
    mine.step()
    with opened(settings.INBOX_MAILBOX) as mailbox:
        mailbox.remove(dovecot.uids()[0])
    clock.forward(hours=1)
    mine.step()
    assert stuck() == 0
    dovecot.deliver(letter(2, "good"), to=MINE)
    clock.forward(minutes=1)
    mine.step()
    assert desk.seen == ["good"]


def test_it_looks_every_half_minute(dovecot: DovecotServer, desk: Desk, clock):
    clock.move_to(datetime(2026, 3, 2, 9, tzinfo=UTC))
    mine = runner()
    assert mine.is_due()
    assert mine.step() is False
    assert not mine.is_due()

    clock.move_to(datetime(2026, 3, 2, 9, 0, 31, tzinfo=UTC))

    assert mine.is_due()


def test_one_worker_reads_at_a_time(dovecot: DovecotServer, desk: Desk):
    dovecot.deliver(letter(), to=MINE)
    runner().is_due()
    Mailbox.objects.update(owner="somebody on another machine", lease_until=wall_clock.now() + run.LEASE)

    assert not runner().is_due()
    runner().step()

    assert desk.seen == []


def test_it_stops_when_told_and_goes_on_later(dovecot: DovecotServer, desk: Desk, read_mailbox):
    for number in range(3):
        dovecot.deliver(letter(number, str(number)), to=MINE)

    runner(should_stop=lambda: len(desk.seen) >= 1).step()
    assert desk.seen == ["0"]
    read_mailbox()

    assert desk.seen == ["0", "1", "2"]


def test_a_server_that_is_away_is_said_and_tried_again_ever_later(settings: Settings, desk: Desk, clock):
    use_inbox(settings, f"imap://{USER}:secret@127.0.0.1:{free_port()}")
    mine = runner()
    mine.step()
    row = Mailbox.objects.get()
    assert row.failures == 1
    assert row.due_at == wall_clock.now() + timedelta(minutes=1)
    assert unread(now=wall_clock.now()) is None

    for _ in range(6):
        clock.move_to(Mailbox.objects.get().due_at)
        mine.step()

    assert Mailbox.objects.get().due_at == wall_clock.now() + timedelta(minutes=15)
    found = unread(now=wall_clock.now())
    assert found
    assert "refused" in found.words
    assert "secret" not in f"{found.name} {found.words}"


def test_staff_are_told_that_answers_are_not_read(settings: Settings, client: Client):
    use_inbox(settings, f"imap://{USER}:secret@127.0.0.1:1")
    client.force_login(make_user())
    runner().is_due()
    assert "er ikke lest på" not in client.get("/").content.decode()

    since = wall_clock.now() - timedelta(minutes=25)
    Mailbox.objects.update(failing_since=since, failures=5, words="the server is <b>tired</b>")

    page = client.get("/").content.decode()
    assert "Svar som kandidatene gir på e-post, er ikke lest på 25\xa0minutter" in page
    assert "the server is &lt;b&gt;tired&lt;/b&gt;" in page
    assert "secret" not in page


def test_a_server_that_comes_back_is_read(settings: Settings, desk: Desk, read_mailbox):
    if not dovecot_server.is_here():
        pytest.skip("there is no Dovecot here")
    server = DovecotServer()
    use_inbox(settings, server.url)
    try:
        read_mailbox()
        assert Mailbox.objects.get().failures == 1
        server.start()
        server.deliver(letter(), to=MINE)
        read_mailbox()
    finally:
        server.remove()

    assert desk.seen == ["text"]
    row = Mailbox.objects.get()
    assert (row.failures, row.failing_since, row.words) == (0, None, "")
    assert unread(now=wall_clock.now()) is None


@pytest.mark.parametrize("wrong", ["user", "password", "folder"])
def test_what_the_server_says_is_kept(dovecot: DovecotServer, settings: Settings, desk: Desk, wrong: str):
    settings.INBOX_MAILBOX = settings.INBOX_MAILBOX | {wrong: "nothing such"}

    runner().step()

    row = Mailbox.objects.get()
    assert row.failures == 1
    assert row.words
    assert "nothing such" not in row.words or wrong != "password"


@pytest.fixture(scope="module")
def with_tls() -> Iterator[DovecotServer]:
    if not dovecot_server.is_here():
        pytest.skip("there is no Dovecot here")
    server = DovecotServer(with_tls=True)
    server.start()
    yield server
    server.remove()


@pytest.mark.parametrize("way", ["imaps", "starttls"])
def test_only_a_trusted_server_is_told_the_password(
    with_tls: DovecotServer, settings: Settings, monkeypatch: pytest.MonkeyPatch, way: str
):
    url = with_tls.url.replace("127.0.0.1", "localhost") + "?tls=true"
    if way == "imaps":
        url = url.replace("imap://", "imaps://").replace(str(with_tls.port), str(with_tls.tls_port))
    use_inbox(settings, url)
    access = settings.INBOX_MAILBOX

    with pytest.raises(MailboxTrouble, match="certificate"), opened(access):
        pass
    monkeypatch.setenv("SSL_CERT_FILE", str(with_tls.certificate))
    with opened(access) as mailbox:
        assert mailbox.after(0) == []


@pytest.mark.django_db(transaction=True)
def test_workers_that_look_at_once_take_each_letter_once(dovecot: DovecotServer, desk: Desk):
    from django.db import connection

    for number in range(8):
        dovecot.deliver(letter(number, str(number)), to=MINE)
    runner().is_due()  # the row is there

    def look() -> None:
        try:
            runner().step()
        finally:
            connection.close()

    threads = [threading.Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(desk.seen) == [str(number) for number in range(8)]
    assert dovecot.uids() == []
