"""Measures the worker beside a plain loop that sends the same letters, to a server in its own process."""

import json
import os
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from django.db import connection

from samtale.core import clock
from samtale.outbox.domain.claims import due
from samtale.outbox.domain.departure import prepare, ready
from samtale.outbox.domain.parcels import Parcel, Sender
from samtale.outbox.models import Message
from samtale.outbox.models.message import Channel, State
from samtale.outbox.transports.email.building import ReadyMail
from scripts.bench.processes import result_of, running

LETTERS = 500
_ROUNDS = 3
_OF_THE_FRAME = ("Content-", "MIME-")


@dataclass(frozen=True)
class Delivery:
    """Letters a second of the worker and of the plain loop, and the worker's peak memory in MB."""

    worker: float
    loop: float
    megabytes: float

    @property
    def share(self) -> float:
        return self.worker / self.loop


def measure_delivery(folder: Path) -> Delivery:
    """Let the loop and the worker take turns, three times 500 letters each."""
    port = urlsplit(os.environ["EMAIL_URL"]).port or 0
    _hold_back_all()
    workers, loops, megabytes = [], [], 0.0
    with running("-m", "scripts.bench.mail_sink", str(port), port=port):
        for _round in range(_ROUNDS):
            letters = folder / "letters.json"
            letters.write_text(json.dumps(_let_go(LETTERS)))
            connection.close()
            loops.append(LETTERS / result_of("scripts.bench.plain_loop", str(port), str(letters))["seconds"])
            worker = result_of("django", "deliver_once")
            assert worker["sent"] == LETTERS, f"the worker sent {worker['sent']} letters"
            workers.append(LETTERS / worker["seconds"])
            megabytes = max(megabytes, worker["megabytes"])
    return Delivery(median(workers), median(loops), megabytes)


def _hold_back_all() -> None:
    """Let nothing be due, so that each round sends just its own letters."""
    Message.objects.filter(state=State.WAITING).update(state=State.CANCELLED)


def _let_go(number: int) -> list[dict[str, object]]:
    """Make `number` invitations due, and return what will be sent for the loop to send too."""
    held = Message.objects.filter(state=State.CANCELLED, kind__startswith="invitation.").order_by("pk")
    Message.objects.filter(pk__in=list(held.values_list("pk", flat=True)[:number])).update(
        state=State.WAITING
    )
    now = clock.now()
    messages = list(due(now=now, channel=Channel.EMAIL))
    prepare(messages)
    sender = Sender.current()
    return [_parts(ready(message, sender=sender, now=now)) for message in messages]


def _parts(letter: Parcel) -> dict[str, object]:
    """Take apart, into texts, what goes over the wire."""
    assert isinstance(letter, ReadyMail)
    parsed = message_from_bytes(letter.content, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    (calendar,) = parsed.iter_attachments()
    return {
        "headers": {name: str(value) for name, value in parsed.items() if not name.startswith(_OF_THE_FRAME)},
        "text": _content(parsed.get_body(("plain",))),
        "html": _content(parsed.get_body(("html",))),
        "calendar": _content(calendar),
    }


def _content(part: object) -> str:
    assert isinstance(part, EmailMessage)
    text: str = part.get_content()
    return text
