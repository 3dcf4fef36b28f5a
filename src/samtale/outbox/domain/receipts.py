"""What a provider reports of a message after it took it: delivered, delayed, come back, or unwanted."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from samtale.core import audit
from samtale.outbox import followers
from samtale.outbox.domain.claims import LET_GO
from samtale.outbox.domain.scrubbed import is_scrubbed
from samtale.outbox.domain.states import move
from samtale.outbox.models import Delivery, Message
from samtale.outbox.models.message import Receipt, State

Outcome = Delivery.Outcome
_RECEIPTS = {
    Outcome.DELIVERED: Receipt.DELIVERED,
    Outcome.BOUNCED: Receipt.BOUNCED,
    Outcome.COMPLAINED: Receipt.COMPLAINED,
}


class StillLeavingError(Exception):
    """The worker has not yet written down what became of the message. Report it again in a moment."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """One report. The message is the one we called `public_id` or, without that, the provider `provider_id`.

    `words` are the provider's, for people to read; `at` is when it happened, in UTC. `recipient` is whom it
    was sent to, where the report says so.
    """

    channel: str
    outcome: Outcome
    at: datetime
    words: str = ""
    public_id: uuid.UUID | None = None
    provider_id: str = ""
    recipient: str = ""


@transaction.atomic
def record(report: Report, *, now: datetime) -> Message | None:
    """Write down a report and what follows from it. Return its message, or None where it is of none of ours.

    A message of which nobody knew whether it left is sent when it is delivered. One that came back has
    failed, and those who follow are told. The same report a second time changes nothing, nor does one of an
    earlier try, to an address that was wrong or under another name of the provider's.

    Raises:
        StillLeavingError: the worker is just handing the message over.
    """
    message = _message(report)
    if message is None or is_scrubbed(message) or _is_of_another_try(message, report):
        return None
    if message.state == State.SENDING:
        raise StillLeavingError
    words = report.words[:300]
    if _is_known(message, report.outcome, words):
        return message
    Delivery.objects.create(message=message, at=report.at, outcome=report.outcome, detail=words)
    if report.outcome == Outcome.DELIVERED:
        _delivered(message, report)
    elif report.outcome == Outcome.BOUNCED:
        _came_back(message, report, now=now)
    _keep_receipt(message, report)
    if report.outcome in (Outcome.BOUNCED, Outcome.COMPLAINED):
        audit.record(f"message.{report.outcome}", subject=message, by=None, now=now, words=words)
        for follow in followers.came_back:
            follow(message, words=words, now=now)
    return message


def _is_of_another_try(message: Message, report: Report) -> bool:
    if report.recipient and report.recipient.casefold() != message.recipient_address.casefold():
        return True
    names = {message.provider_id.strip("<>"), report.provider_id.strip("<>")} - {""}
    return len(names) > 1


def _is_known(message: Message, outcome: Outcome, words: str) -> bool:
    """Say whether the same was reported already, since the message was last sent."""
    tries = message.deliveries.filter(outcome__in=[Outcome.SENT, Outcome.UNSURE]).order_by("-pk")
    since = tries.values_list("pk", flat=True).first() or 0
    return message.deliveries.filter(pk__gt=since, outcome=outcome, detail=words).exists()


def _message(report: Report) -> Message | None:
    rows = Message.objects.select_for_update(of=("self",)).filter(channel=report.channel)
    if report.public_id:
        return rows.filter(public_id=report.public_id).first()
    return rows.filter(provider_id=report.provider_id).order_by("-pk").first() if report.provider_id else None


def _delivered(message: Message, report: Report) -> None:
    """End the doubt about a try that was interrupted, and spare the candidate a second copy."""
    if not message.may_have_arrived_twice and message.state != State.UNKNOWN:
        return
    one = Message.objects.filter(pk=message.pk)
    move(one, State.CLAIMED, State.WAITING, **LET_GO)
    for state in (State.WAITING, State.UNKNOWN):
        move(one, state, State.SENT, reason="", finished_at=report.at)


def _came_back(message: Message, report: Report, *, now: datetime) -> None:
    one = Message.objects.filter(pk=message.pk)
    for state in (State.SENT, State.UNKNOWN):
        move(one, state, State.FAILED, reason=report.words[:300], finished_at=now)


def _keep_receipt(message: Message, report: Report) -> None:
    """Keep the last word: what has come back is not delivered, however late that report comes."""
    receipt = _RECEIPTS.get(report.outcome)
    if receipt is None or (receipt == Receipt.DELIVERED and message.receipt):
        return
    Message.objects.filter(pk=message.pk).update(receipt=receipt, receipt_at=report.at)
    message.refresh_from_db()
