"""Where candidates cannot be reached, by what providers have reported."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from samtale.outbox.models import Delivery, Message
from samtale.outbox.models.message import Channel, Receipt
from samtale.recruiting.models import Candidate


@dataclass(frozen=True)
class DeadAddress:
    """An address that the newest report says does not take what is sent to it. `words` are the provider's."""

    channel: str
    address: str
    at: datetime
    words: str

    @property
    def is_sms(self) -> bool:
        return self.channel == Channel.SMS


def dead_addresses(candidate: Candidate) -> list[DeadAddress]:
    """Return the candidate's present e-mail address and mobile number, each where the newest report about it
    is that a message came back, whatever project that was for."""
    present = Q()
    for channel in Channel.values:
        if address := candidate.address_by(channel):
            present |= Q(channel=channel, recipient_address=address)
    if not present:
        return []
    reported = Message.objects.filter(present, correspondence__application__candidate=candidate)
    reported = reported.exclude(receipt="").order_by("receipt_at", "pk").defer("content")
    newest = {message.channel: message for message in reported}
    return [_dead(newest[channel]) for channel in Channel.values if _came_back(newest.get(channel))]


def came_back_from(application_ids: Collection[int]) -> set[int]:
    """Return the ids of those applications whose candidate's present e-mail address the newest report about
    a letter of that application says is dead. One query."""
    letters = Message.objects.filter(
        correspondence__application__in=application_ids,
        channel=Channel.EMAIL,
        recipient_address=F("correspondence__application__candidate__email"),
    )
    rows = letters.exclude(receipt="").order_by("receipt_at", "pk")
    newest = dict(rows.values_list("correspondence__application", "receipt"))
    return {pk for pk, receipt in newest.items() if pk and receipt == Receipt.BOUNCED}


def _came_back(message: Message | None) -> bool:
    return message is not None and message.receipt == Receipt.BOUNCED


def _dead(message: Message) -> DeadAddress:
    report = message.deliveries.filter(outcome=Delivery.Outcome.BOUNCED).last()
    at = message.receipt_at or message.due_at
    return DeadAddress(message.channel, message.recipient_address, at, report.detail if report else "")
