"""Whether a message may still leave."""

from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.utils import translation
from django.utils.translation import gettext_noop

from samtale.outbox.domain.scrubbed import ANONYMISED, is_scrubbed
from samtale.outbox.kinds import MessageKind
from samtale.outbox.models import Message

EXPIRED = gettext_noop("Its time was over before it could be sent.")
NO_KIND = gettext_noop("Messages of this kind can no longer be sent.")
GONE = gettext_noop("What it was about no longer exists.")


def why_untrue(message: Message, kind: MessageKind, *, now: datetime) -> str:
    """Return "" or the reason why `message` must not leave at `now`: it is late, or no longer true.

    The reason is English, because it may be stored, and every reader has a language of their own.
    """
    if is_scrubbed(message):
        return ANONYMISED
    if message.expires_at and message.expires_at <= now:
        return EXPIRED
    if kind.is_still_true is None:
        return ""
    with translation.override(None):
        try:
            return kind.is_still_true(message, now)
        except ObjectDoesNotExist:
            return GONE
