"""Mail servers that hang, drip or break off: a worker loses its time limit to them and no more."""

import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from pytest_django import Settings

from samtale.core import configuration
from samtale.outbox.models.message import State
from tests.factories.outbox import make_message, make_sms
from tests.integration.outbox.conftest import fresh

pytestmark = pytest.mark.django_db
LIMIT = 1.5  # seconds


class Script(threading.Thread):
    """A server that says its lines, one for each line it hears, and then does as it is told.

    `then` is "hang", "drip" (a byte every now and then, for ever) or "close";
    anything else is said before it closes. With `after_letter` it reads
    the whole letter first.
    """

    def __init__(self, lines: list[str], then: str, *, after_letter: bool = False) -> None:
        super().__init__(daemon=True)
        self.lines, self.then, self.after_letter = lines, then, after_letter
        self.conversations = 0
        self.is_over = threading.Event()
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.listening.settimeout(0.1)
        self.port: int = self.listening.getsockname()[1]

    def run(self) -> None:
        while not self.is_over.is_set():
            try:
                conversation, _address = self.listening.accept()
            except TimeoutError:
                continue
            self.conversations += 1
            threading.Thread(target=self._talk, args=(conversation,), daemon=True).start()
        self.listening.close()

    def _talk(self, conversation: socket.socket) -> None:
        with conversation, conversation.makefile("rb") as heard:
            try:
                for line in self.lines:
                    conversation.sendall(f"{line}\r\n".encode())
                    heard.readline()
                if self.after_letter:
                    while heard.readline() not in (b".\r\n", b""):
                        pass
                if self.then == "close":
                    return
                if self.then not in ("hang", "drip"):
                    conversation.sendall(self.then.encode())
                    return
                while not self.is_over.wait(0.1):
                    if self.then == "drip":
                        conversation.sendall(b"2")
            except OSError:
                pass


@pytest.fixture
def server(settings: Settings) -> Iterator[Callable[..., Script]]:
    """Start a scripted server and send this test's e-mail there."""
    started: list[Script] = []

    def start(lines: list[str], then: str, **options: bool) -> Script:
        script = Script(lines, then, **options)
        script.start()
        started.append(script)
        for name, value in configuration.email(f"smtp://127.0.0.1:{script.port}").items():
            setattr(settings, name, value)
        settings.EMAIL_TIMEOUT = LIMIT
        return script

    yield start
    for script in started:
        script.is_over.set()
        script.join()


HELLO = ["220 hello", "250 at your service"]


@pytest.mark.parametrize("then", ["hang", "drip"])
@pytest.mark.parametrize("lines", [[], ["220 hello"]], ids=["at once", "after hello"])
def test_a_server_that_lets_nobody_in_costs_one_limit_for_all_letters(server, deliver, lines, then):
    server(lines, then)
    letters, sms = [make_message() for _ in range(5)], make_sms()

    began = time.monotonic()
    done = deliver()

    assert time.monotonic() - began < LIMIT + 3
    assert list(done.down) == ["email"]
    assert {(fresh(letter).state, fresh(letter).tries) for letter in letters} == {(State.WAITING, 0)}
    assert fresh(letters[0]).reason
    assert fresh(sms).state == State.SENT


@pytest.mark.parametrize("then", ["hang", "drip"])
@pytest.mark.parametrize("lines", [HELLO, [*HELLO, "250 ok"]], ids=["at MAIL", "at RCPT"])
def test_one_that_hangs_before_the_letter_leaves_no_doubt(server, deliver, wall, lines, then):
    server(lines, then)
    letters = [make_message(recipient_address=f"a@s{number}.example.org") for number in range(5)]
    sms = make_sms()

    began = time.monotonic()
    done = deliver()

    # Two letters run out of time; then it is the server, and the others are left for later.
    assert time.monotonic() - began < 2 * (LIMIT + 2.5)
    assert list(done.down) == ["email"]
    assert [fresh(letter).tries for letter in letters] == [1, 1, 0, 0, 0]
    assert {fresh(letter).state for letter in letters} == {State.WAITING}
    assert not any(fresh(letter).may_have_arrived_twice for letter in letters)
    assert "took longer than 1.5 seconds" in fresh(letters[0]).reason
    assert fresh(letters[0]).try_at > wall.now
    assert fresh(sms).state == State.SENT


@pytest.mark.parametrize("then", ["hang", "drip", "close"])
def test_one_that_is_silent_after_the_letter_leaves_a_doubt(server, deliver, wall, then):
    lines = [*HELLO, "250 ok", "250 ok", "354 go on"]
    script = server(lines, then, after_letter=True)
    message = make_message()

    for _try in range(2):
        began = time.monotonic()
        deliver()
        assert time.monotonic() - began < LIMIT + 2.5
        wall.forward(minutes=10)

    # Once more under the same Message-ID, and then a person decides.
    assert fresh(message).state == State.UNKNOWN
    assert fresh(message).may_have_arrived_twice
    assert script.conversations == 2


def test_one_that_closes_in_the_middle_of_the_letter_leaves_a_doubt(server, deliver):
    server([*HELLO, "250 ok", "250 ok", "354 go on"], "close")
    message = make_message()

    deliver()

    assert (fresh(message).state, fresh(message).may_have_arrived_twice) == (State.WAITING, True)


@pytest.mark.parametrize("cut", ["2", "25", "OK thanks\r\n"])
def test_an_answer_that_cannot_be_read_leaves_a_doubt(server, deliver, wall, cut):
    script = server([*HELLO, "250 ok", "250 ok", "354 go on"], cut, after_letter=True)
    message = make_message()

    for _try in range(4):
        deliver()
        wall.forward(hours=1)

    assert (fresh(message).state, fresh(message).may_have_arrived_twice) == (State.UNKNOWN, True)
    assert script.conversations == 2
