"""What becomes of a user's letters when the right to send them is taken away (spec 9)."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from samtale.accounts.models import User
from samtale.core.audit import Actor
from samtale.outbox import kinds
from samtale.outbox.domain.queries import leaving
from samtale.outbox.domain.queue import STOPPABLE, cancel
from samtale.outbox.models import Message
from samtale.outbox.models.message import Channel

RIGHT_TAKEN = gettext_noop("Whoever sent it may no longer send such messages.")
_FLAGS = {Channel.EMAIL: "may_send_email", Channel.SMS: "may_send_sms"}


def stop_letters(user: User, *, by: Actor, now: datetime) -> int:
    """Stop what `user` has queued by a channel that they may no longer use and that has not begun to leave.

    Runs inside the transaction that sets the rights, see `accounts.followers`. Letters of projects that the
    user governs stay, since there the right follows from that. Return how many were stopped.
    """
    waiting = _theirs(user).filter(state__in=STOPPABLE)
    return cancel(waiting.order_by("pk"), by=by, now=now, reason=RIGHT_TAKEN)


def left_meanwhile(user: User, *, since: datetime) -> QuerySet[Message]:
    """Return those that were leaving while the right was taken away; see `outbox.domain.queries.leaving`."""
    return leaving.left_meanwhile(_theirs(user), since=since)


def waiting_letters(user: User) -> QuerySet[Message]:
    """Return everything that `user` has sent and that still waits, in whatever way."""
    return Message.objects.filter(created_by=user, correspondence__isnull=False, state__in=STOPPABLE)


def _theirs(user: User) -> QuerySet[Message]:
    channels = _without(user)
    if not channels or user.is_administrator:
        return Message.objects.none()
    governed = user.administers.order_by().values("pk")
    letters = Message.objects.filter(created_by=user, channel__in=channels, correspondence__isnull=False)
    letters = letters.exclude(kind__in=kinds.to_staff())  # colleagues are told without any right
    return letters.exclude(correspondence__project__department__in=governed)


def _without(user: User) -> Iterable[str]:
    return [channel for channel, flag in _FLAGS.items() if not getattr(user, flag)]
