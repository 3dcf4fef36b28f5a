"""The last look at a message before it leaves: is it still true, and what exactly will be sent."""

import logging
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from django.db import DatabaseError
from django.utils.translation import gettext_noop

from samtale.outbox import kinds
from samtale.outbox.domain.parcels import Parcel, Sender, parcel
from samtale.outbox.domain.truth import NO_KIND, why_untrue
from samtale.outbox.kinds import UnknownKind
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from samtale.outbox.transports.email.building import NotAnAddressError

logger = logging.getLogger(__name__)

NOT_BUILT = gettext_noop("The message could not be put together. The worker's log says why.")


class KeptBackError(Exception):
    """A message must not or cannot leave; it becomes `state` because of `reason`."""

    def __init__(self, state: State, reason: str) -> None:
        super().__init__(reason)
        self.state = state
        self.reason = reason


def prepare(messages: Sequence[Message]) -> None:
    """Let each kind fetch, once for all of its messages, what it will be asked about them."""
    for slug, group in groupby(sorted(messages, key=attrgetter("kind")), key=attrgetter("kind")):
        try:
            hook = kinds.get(slug).prepare
        except UnknownKind:
            continue
        if hook:
            hook(list(group))


def ready(message: Message, *, sender: Sender, now: datetime) -> Parcel:
    """Return what the transport is to take.

    Raises:
        KeptBackError: the message is late, untrue, of an unknown kind, or cannot be built.
    """
    try:
        kind = kinds.get(message.kind)
        if reason := why_untrue(message, kind, now=now):
            raise KeptBackError(State.OUTDATED, reason)
        return parcel(message, kind, sender=sender, now=now)
    except (KeptBackError, DatabaseError):
        raise
    except UnknownKind as error:
        raise KeptBackError(State.FAILED, NO_KIND) from error
    except NotAnAddressError as error:
        raise KeptBackError(State.FAILED, str(error)) from error
    except Exception as error:
        logger.exception("message %s could not be built", message.pk)
        raise KeptBackError(State.FAILED, NOT_BUILT) from error
