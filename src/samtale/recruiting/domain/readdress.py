"""A message failed because of its address: the address is corrected, and the message sent again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from samtale.accounts.models import User
from samtale.outbox.domain.bulk import Outcome, send_again_all
from samtale.outbox.domain.queue import NoLongerTrue
from samtale.outbox.models import Message
from samtale.outbox.models.message import Channel
from samtale.recruiting.domain.apply import update_candidate
from samtale.recruiting.models import Candidate

_FIELD = {Channel.EMAIL: "email", Channel.SMS: "mobile"}


@dataclass(frozen=True)
class Readdressed:
    """What became of it: what is sent again, and the letters that the correction came too late for."""

    outcome: Outcome
    left_behind: list[Message]


@transaction.atomic
def readdress(
    *, message: Message, candidate_id: int, address: str, also: Collection[int] = (), by: User, now: datetime
) -> Readdressed:
    """Correct the address at which the message's channel reaches the candidate, and send it again; and
    those of `also`, ids of other failed messages, that can be.

    Asks for no right: "recruiting.edit_candidate" is the caller's to ask for.

    Raises:
        CandidateEmailTaken: another candidate has the address.
        NoLongerTrue: the message would not leave anyway. Then nothing is changed.
    """
    candidate = Candidate.objects.select_for_update(no_key=True).get(pk=candidate_id)
    names = ("first_name", "last_name", "email", "mobile", "language", "address")
    details = {name: getattr(candidate, name) for name in names}
    details[_FIELD[Channel(message.channel)]] = address
    left_behind = update_candidate(candidate=candidate, **details, by=by, now=now)
    outcome = send_again_all({message.pk, *also}, by=by, now=now)
    for refused, reason in outcome.refused:
        if refused.pk == message.pk:
            raise NoLongerTrue(reason)
    return Readdressed(outcome, left_behind)
