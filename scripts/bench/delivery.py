"""Measures one, two and four workers beside a plain loop that sends the same letters, to a server in its
own process."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
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
from scripts.bench.processes import result_of, results_at_once, running

LETTERS = 500
WORKERS = (1, 2, 4)
_ROUNDS = 3
_OF_THE_FRAME = ("Content-", "MIME-")


@dataclass(frozen=True)
class Delivery:
    """Letters a second of the plain loop, and of so many workers together; a worker’s peak memory in MB."""

    loop: float
    workers: dict[int, float]
    megabytes: float


def measure_delivery(folder: Path) -> Delivery:
    """Let the loop and the workers take turns, three times: 500 letters each for the loop and for one
    worker, 1,000 for several together."""
    loops: list[float] = []
    workers: dict[int, list[float]] = {number: [] for number in WORKERS}
    megabytes = 0.0
    with mail_sink() as port:
        for _round in range(_ROUNDS):
            for number in WORKERS:
                hold_back_all()
                letters = folder / "letters.json"
                count = LETTERS * min(number, 2)
                letters.write_text(json.dumps(_let_go(count)))
                connection.close()
                if number == 1:
                    took = result_of("scripts.bench.plain_loop", str(port), str(letters))["seconds"]
                    loops.append(count / took)
                results = results_at_once(number, "django", "deliver_once", start=folder / "start")
                sent = sum(each["sent"] for each in results)
                assert sent == count, f"{number} workers sent {sent} letters"
                workers[number].append(count / max(each["seconds"] for each in results))
                megabytes = max(megabytes, *(each["megabytes"] for each in results))
    medians = {number: median(rates) for number, rates in workers.items()}
    return Delivery(median(loops), medians, megabytes)


@contextmanager
def mail_sink() -> Iterator[int]:
    """Run the mail server that the installation sends to. Yields its port."""
    port = urlsplit(os.environ["EMAIL_URL"]).port or 0
    with running("-m", "scripts.bench.mail_sink", str(port), port=port):
        yield port


def hold_back_all() -> None:
    """Let nothing be due, so that each round sends just its own letters; those of earlier rounds again."""
    Message.objects.filter(state__in=[State.WAITING, State.SENT]).update(state=State.CANCELLED, tries=0)


def _let_go(number: int) -> list[dict[str, object]]:
    """Make `number` invitations due, and return what will be sent for the loop to send too."""
    held = Message.objects.filter(state=State.CANCELLED, kind__startswith="invitation.").order_by("pk")
    ids, now = list(held.values_list("pk", flat=True)[:number]), clock.now()
    for start in range(0, number, LETTERS):
        some = Message.objects.filter(pk__in=ids[start : start + LETTERS])
        some.update(state=State.WAITING, due_at=now, try_at=now)
    messages = list(due(now=now, channel=Channel.EMAIL))
    for start in range(0, len(messages), LETTERS):
        prepare(messages[start : start + LETTERS])
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
