"""Takes a letter that has come in, by whichever way: once, and by whoever its address concerns."""

import hashlib
from datetime import datetime, timedelta

from django.db import transaction

from samtale.inbox.addresses import marks_in
from samtale.inbox.letters import IncomingLetter
from samtale.inbox.models import IncomingMail
from samtale.inbox.readers import readers

Outcome = IncomingMail.Outcome

KEPT = timedelta(days=90)
# What one candidate's mail program may send in an hour. Each can be a letter to every interviewer.
MOST_IN_AN_HOUR = 20


def take(letter: IncomingLetter, *, now: datetime) -> Outcome | None:
    """Let those read `letter` whom its addresses concern, and write down that they have.

    Return whether all that it says has been taken or a person ought to look at it; None where its addresses
    are nobody's. A letter that was taken before changes nothing and returns what was said then.
    """
    outcomes = [outcome for mark in marks_in(letter.recipients) if (outcome := _take(letter, mark, now=now))]
    if not outcomes:
        return None
    return Outcome.LEFT if Outcome.LEFT in outcomes else Outcome.TAKEN


def forget_old(*, now: datetime) -> int:
    """Forget which letters came more than `KEPT` ago, and return how many these are."""
    number, _each = IncomingMail.objects.filter(taken_at__lt=now - KEPT).delete()
    return number


@transaction.atomic
def _take(letter: IncomingLetter, mark: str, *, now: datetime) -> Outcome | None:
    about = hashlib.sha256(mark.encode()).hexdigest()
    # Written first: a second worker with the same letter waits here until the first is done with it.
    row, is_new = IncomingMail.objects.get_or_create(
        digest=letter.digest(mark), defaults={"about": about, "outcome": Outcome.LEFT, "taken_at": now}
    )
    if not is_new:
        return Outcome(row.outcome)
    recent = IncomingMail.objects.filter(about=about, taken_at__gt=now - timedelta(hours=1))
    if recent.count() > MOST_IN_AN_HOUR:
        return Outcome.LEFT
    for read in readers:
        if outcome := read(letter, mark, now=now):
            row.outcome = outcome
            row.save(update_fields=["outcome"])
            return outcome
    row.delete()
    return None
