"""Which worker may send which message: claims with a lease, and what a dead worker leaves behind.

Everything here is a conditional UPDATE, so that of two who want the same message one gets it.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop

from samtale.core.owners import is_gone
from samtale.outbox.domain.pace import allowance, forgive, put_back, slow_domains, to_be_tried
from samtale.outbox.domain.scrubbed import forget_words
from samtale.outbox.domain.states import move, move_held
from samtale.outbox.models import Delivery, Message
from samtale.outbox.models.message import Channel, State

CLAIM_LEASE = timedelta(seconds=60)
# After so long an idle worker takes what one that is kept waiting has not begun.
TAKEN_OVER_AFTER = timedelta(seconds=3)
# Longer than a conversation with a server in which every answer comes at the last moment.
SENDING_LEASE = timedelta(minutes=5)
INTERRUPTED = gettext_noop("The worker stopped while the message was being sent.")
LET_GO = {"owner": "", "lease_until": None}


def due(*, now: datetime, channel: str) -> QuerySet[Message]:
    """Return what may leave by `channel` at `now`, the longest waiting first."""
    waiting = Message.objects.filter(state=State.WAITING, try_at__lte=now, channel=channel)
    return waiting.order_by("try_at", "id")


def claim(
    *,
    now: datetime,
    owner: str,
    limit: int,
    channel: str,
    lease: timedelta = CLAIM_LEASE,
    keeps_rate: bool = True,
) -> list[Message]:
    """Take up to `limit` due messages for `owner` until `now` + `lease`, and return them."""
    rows = due(now=now, channel=channel)
    # An idle worker takes no lock. In the order of the index, which PostgreSQL leaves for a bare EXISTS.
    if not rows.values_list("pk")[:1]:
        return _take_over(now=now, owner=owner, limit=limit, channel=channel, lease=lease)
    domain = _domain_to_try(channel, now)
    if domain:
        rows, limit = rows.filter(domain=domain), 1
    elif slow := slow_domains():
        rows = rows.exclude(domain__in=slow)
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        ids = list(rows.values_list("pk", flat=True)[:limit])
        if keeps_rate and ids:
            ids = ids[: allowance(channel, wanted=len(ids), now=now)]
        chosen = Message.objects.filter(pk__in=ids)
        move(chosen, State.WAITING, State.CLAIMED, owner=owner, lease_until=now + lease)
        claimed = list(chosen.filter(owner=owner, state=State.CLAIMED).order_by("try_at", "id"))
    if domain and not claimed:
        put_back(domain, now=now)
    for message in claimed:
        message.is_trial = bool(domain)
    return claimed


def _take_over(*, now: datetime, owner: str, limit: int, channel: str, lease: timedelta) -> list[Message]:
    """Take what another worker claimed a while ago and has not begun, since a server keeps it waiting.

    Whoever begins a message must still hold it, so that it goes once. They have been counted for the rate
    when they were claimed.
    """
    stuck = Message.objects.filter(
        lease_until__isnull=False,
        state=State.CLAIMED,
        channel=channel,
        lease_until__lte=now + lease - TAKEN_OVER_AFTER,
        lease_until__gt=now,
    ).exclude(owner=owner)
    if not stuck.values_list("pk")[:1]:
        return []
    rows = stuck.exclude(domain__in=slow_domains()).order_by("try_at", "id")
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        chosen = stuck.filter(pk__in=list(rows.values_list("pk", flat=True)[:limit]))
        ids = list(chosen.values_list("pk", flat=True))
        chosen.update(owner=owner, lease_until=now + lease)
    taken = Message.objects.filter(pk__in=ids, owner=owner, state=State.CLAIMED)
    messages = list(taken.order_by("try_at", "id"))
    for message in messages:
        message.is_trial = False
    return messages


def _domain_to_try(channel: str, now: datetime) -> str:
    """Return a slow domain that this worker is to try again with one of its messages, or ""."""
    if channel != Channel.EMAIL:
        return ""
    domain = to_be_tried(now=now, until=now + SENDING_LEASE)
    if domain and not due(now=now, channel=channel).filter(domain=domain).exists():
        forgive(domain)
        return ""
    return domain


def release(messages: list[Message], *, owner: str, reason: str = "") -> int:
    """Give back those of `messages` that `owner` still holds and has not begun to send.

    `reason` tells staff what they wait for; without it, what stood there stays.
    """
    held = Message.objects.filter(pk__in=[message.pk for message in messages], owner=owner)
    return move(held, State.CLAIMED, State.WAITING, **LET_GO, **({"reason": reason[:300]} if reason else {}))


def may_begin(message: Message, *, now: datetime) -> bool:
    """Say whether the claim on `message` still holds at `now`, and its time is not over."""
    in_time = message.expires_at is None or message.expires_at > now
    return in_time and message.lease_until is not None and message.lease_until > now


def beginning(message: Message, *, now: datetime) -> dict[str, Any]:
    """Return what changes of a message that is being sent from `now` on."""
    message.tries += 1
    # Of this try nobody knows the provider's name yet, and reports under that of another are not of it.
    return {"tries": message.tries, "lease_until": now + SENDING_LEASE, "provider_id": ""}


def begin(message: Message, *, owner: str, now: datetime) -> bool:
    """Mark a claimed message as being sent. Say whether it still was the owner's to send.

    It is not if it was stopped meanwhile, if the lease ran out and another has it, or if its time is over
    since it was looked at last.
    """
    if not may_begin(message, now=now):
        return False
    changes = beginning(message, now=now)
    return move_held(message, State.CLAIMED, State.SENDING, held_by=owner, **changes)


@transaction.atomic
def give_back(*, owner: str, in_doubt: int | None, now: datetime) -> int:
    """Put in order what `owner` holds though it is at rest, and return how many messages that were.

    For a worker that has lost the database in the middle of its work and found it again. What it had not
    handed over waits again at once. `in_doubt` is the id of a message of which it cannot tell.
    """
    held = Message.objects.select_for_update().filter(
        owner=owner, lease_until__isnull=False, state__in=[State.CLAIMED, State.SENDING]
    )
    messages = list(held.order_by("pk"))
    for message in messages:
        if message.pk == in_doubt or message.state == State.CLAIMED:
            _recover(message, now)
        else:
            move_held(message, State.SENDING, State.WAITING, held_by=owner, **LET_GO)
    return len(messages)


@transaction.atomic
def recover(now: datetime) -> int:
    """Put in order what dead workers held, and return how many messages that were.

    What was only claimed waits again. An e-mail that was being sent is tried once more under the same
    Message-ID and marked as possibly sent twice; the second time, and for an SMS at once, nobody
    knows, and only a person can send it again.
    """
    left = Message.objects.filter(_left_behind(now))
    if not left.exists():
        return 0
    if connection.features.has_select_for_update_skip_locked:
        left = left.select_for_update(skip_locked=True)
    messages = list(left.order_by("pk"))
    for message in messages:
        _recover(message, now)
    return len(messages)


def _left_behind(now: datetime) -> Q:
    # In the words of the partial index: SQLite does not see that two states imply a lease.
    held = Q(lease_until__isnull=False, state__in=[State.CLAIMED, State.SENDING])
    gone = [
        owner
        for owner in Message.objects.filter(held).order_by("owner").values_list("owner", flat=True).distinct()
        if is_gone(owner)
    ]
    return held & (Q(lease_until__lte=now) | Q(owner__in=gone))


def _recover(message: Message, now: datetime) -> None:
    if message.state == State.CLAIMED:
        move_held(message, State.CLAIMED, State.WAITING, held_by=message.owner, **LET_GO)
    else:
        settle_unsure(message, owner=message.owner, now=now, try_at=now, words=INTERRUPTED)


def settle_unsure(message: Message, *, owner: str, now: datetime, try_at: datetime, words: str) -> State:
    """Decide about a message of which nobody knows whether it left, and return its new state."""
    again = message.channel == Channel.EMAIL and not message.may_have_arrived_twice
    state = State.WAITING if again else State.UNKNOWN
    changes = {"may_have_arrived_twice": True, "try_at": try_at} if again else {"finished_at": now}
    words = words[:300]
    with transaction.atomic():
        if move_held(message, State.SENDING, state, held_by=owner, reason=words, **LET_GO, **changes):
            Delivery.objects.create(message=message, at=now, outcome=Delivery.Outcome.UNSURE, detail=words)
            forget_words(message)
    return state
