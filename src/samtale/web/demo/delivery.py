"""Lets the demo's past happen in order, its letters included, without reaching anybody.

Letters that were due leave through transports of their own, into the data folder, whatever
EMAIL_URL and SMS_URL say: nothing the demo has behind it may flow out later.
"""

import logging
from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from pathlib import Path

from django.conf import settings

from samtale.outbox.domain.deliver import Courier
from samtale.outbox.models import Message
from samtale.outbox.models.message import Channel, State
from samtale.outbox.transports.email.building import ReadyMail
from samtale.outbox.transports.errors import TransportError
from samtale.outbox.transports.folder import write_new
from samtale.outbox.transports.sms.files import FileTransport

_ON_THE_WAY = timedelta(seconds=20)
NO_SUCH_MAILBOX = "550 5.1.1 Recipient address rejected: user unknown"


class MailFolder:
    """Takes e-mail as a mail server would, and refuses what is for somebody in `unknown`."""

    def __init__(self, folder: Path, unknown: Collection[str]) -> None:
        self._folder = folder
        self._unknown = unknown

    def open(self) -> None:
        pass

    def send(self, parcel: ReadyMail) -> str:
        if any(name in to for to in parcel.to for name in self._unknown):
            raise TransportError(NO_SUCH_MAILBOX, permanent=True)
        write_new(self._folder, "eml", parcel.content)
        return ""

    def close(self) -> None:
        pass


class Past:
    """What happened up to now: acts at instants, and between them the letters that fell due."""

    def __init__(self, *, unknown_people: Collection[str]) -> None:
        self._acts: list[tuple[datetime, Callable[[datetime], object]]] = []
        self._now = datetime.min.replace(tzinfo=UTC)
        mail, sms = settings.DATA / "mail", settings.DATA / "sms"
        self._courier = Courier(
            clock=lambda: self._now,
            transports={
                Channel.EMAIL: lambda: MailFolder(mail, unknown_people),
                Channel.SMS: lambda: FileTransport(f"file://{sms}"),
            },
            # Its minutes pass at once, and a rate would never have room again.
            keeps_rate=False,
        )

    def at(self, instant: datetime, act: Callable[[datetime], object]) -> None:
        """Let `act(instant)` happen then."""
        self._acts.append((instant, act))

    def happen(self, *, until: datetime) -> None:
        """Do everything in the order of time, up to and with what is due at `until`."""
        # The refused letters are part of the play; whoever starts the demo need not read about them.
        logging.disable(logging.WARNING)
        try:
            for instant, act in sorted(self._acts, key=itemgetter(0)):
                self._deliver(instant)
                act(instant)
            self._deliver(until)
        finally:
            logging.disable(logging.NOTSET)
            self._courier.close()

    def _deliver(self, until: datetime) -> None:
        waiting = Message.objects.filter(state=State.WAITING, try_at__lte=until).order_by("try_at", "pk")
        while first := waiting.values_list("try_at", flat=True).first():
            self._now = min(first + _ON_THE_WAY, until)
            self._courier.deliver_due()
