"""Whether answers by e-mail are read."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.timesince import timesince

from samtale.core import clock
from samtale.inbox.mailbox import name_of
from samtale.inbox.models import Mailbox

# A server that restarts is no trouble: what has come waits in the mailbox.
STANDS_STILL = timedelta(minutes=10)


@dataclass(frozen=True)
class Unread:
    """A mailbox that has not been read since an instant. `words` are its server's, or "" if unasked."""

    name: str
    at: datetime
    words: str

    @property
    def since(self) -> str:
        """Return how long that is by now, in words of the active language."""
        return timesince(self.at, clock.now())


def stuck() -> int:
    """Return on how many letters in the mailbox Samtale itself has failed: nobody has read them yet."""
    row = _mailbox()
    return len(row.stuck) if row else 0


def unread(*, now: datetime, longer_than: timedelta = STANDS_STILL) -> Unread | None:
    """Return the mailbox if it has not been read to its end for more than ten minutes, or `longer_than`."""
    row = _mailbox()
    if row is None:  # none is set up, or no worker has run since it was set up, of which the outbox tells
        return None
    # One that was never read has been due since it was set up, or has failed since.
    last = row.read_at or row.failing_since or row.due_at
    return Unread(row.name, last, row.words) if now - last > longer_than else None


def _mailbox() -> Mailbox | None:
    access = settings.INBOX_MAILBOX
    return Mailbox.objects.filter(name=name_of(access)).first() if access else None
