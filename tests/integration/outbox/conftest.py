"""Kinds that only these tests know, and ways to deliver."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from samtale.core import configuration
from samtale.outbox import kinds
from samtale.outbox.domain.deliver import Courier, Round
from samtale.outbox.kinds import MessageKind
from samtale.outbox.models import Message
from tests.factories.outbox import LETTER, NOON, SMS
from tests.integration.outbox.awkward_server import AwkwardServer

Declare = Callable[[MessageKind], MessageKind]


@pytest.fixture
def declare(monkeypatch: pytest.MonkeyPatch) -> Declare:
    """Make a kind known for one test."""

    def _declare(kind: MessageKind) -> MessageKind:
        monkeypatch.setitem(kinds._kinds, kind.slug, kind)
        return kind

    return _declare


@pytest.fixture(autouse=True)
def _test_kinds(declare: Declare) -> None:
    declare(LETTER)
    declare(SMS)


class Wall:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **duration: float) -> None:
        self.now += timedelta(**duration)


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def courier(wall: Wall) -> Iterator[Courier]:
    courier = Courier(clock=wall, owner="test")
    yield courier
    courier.close()


@pytest.fixture
def deliver(wall: Wall) -> Callable[[], Round]:
    """Send what is due as a worker that has just begun."""

    def _deliver() -> Round:
        courier = Courier(clock=wall, owner="test")
        try:
            return courier.deliver_due()
        finally:
            courier.close()

    return _deliver


@pytest.fixture
def awkward_server(settings: Settings) -> Iterator[AwkwardServer]:
    """Run a mail server that answers as the test tells it, and send this test's e-mail there."""
    server = AwkwardServer()
    server.start()
    for name, value in configuration.email(server.url).items():
        setattr(settings, name, value)
    settings.EMAIL_TIMEOUT = 5
    try:
        yield server
    finally:
        server.stop()


def fresh(message: Message) -> Message:
    """Return the message as the database has it now."""
    return Message.objects.get(pk=message.pk)
