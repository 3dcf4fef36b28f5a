"""Reads the mailbox as letters come in.

A letter is taken in a transaction of its own, and deleted from the mailbox after that: where the worker dies
in between, it comes up once more and is known. What is for a person to read stays in the mailbox, unread.
A letter on which Samtale itself fails is looked at again later, until it can be taken or is gone: the next
version may know better.
"""

import logging
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError

from samtale.core.owners import is_gone
from samtale.inbox.domain.take import Outcome, take
from samtale.inbox.letters import LARGEST, IncomingLetter, NotALetter
from samtale.inbox.mailbox import Found, MailboxTrouble, OpenMailbox, name_of, opened
from samtale.inbox.models import Mailbox

logger = logging.getLogger(__name__)

BETWEEN_LOOKS = timedelta(seconds=30)
LONGEST_REST = timedelta(minutes=15)
BEFORE_ANOTHER_TRY = timedelta(hours=1)
MOST_STUCK = 500
LEASE = timedelta(minutes=5)
_SECONDS_A_STEP = 120.0  # well within the lease


class MailboxRunner:
    """Looks into the mailbox that INBOX_URL names. One of all workers does at a time."""

    def __init__(self, *, clock: Callable[[], datetime], owner: str, should_stop: Callable[[], bool]) -> None:
        self._clock = clock
        self._owner = owner
        self._should_stop = should_stop

    def is_due(self) -> bool:
        """Say whether it is time to look, and nobody does."""
        row = self._row()
        return row is not None and self._is_free(row)

    def step(self) -> bool:
        """Look once. Say whether there may be more to read at once."""
        access = settings.INBOX_MAILBOX
        if access is None or self._should_stop() or (row := self._claim()) is None:
            return False
        try:
            is_read_to_the_end = self._read(row, access)
        except MailboxTrouble as trouble:
            logger.warning("cannot read the mailbox: %s", trouble)
            self._rest(row, str(trouble))
            return False
        now = self._clock()
        due_at = now + BETWEEN_LOOKS if is_read_to_the_end else now
        values: dict[str, Any] = {"failures": 0, "failing_since": None, "words": "", "due_at": due_at}
        if is_read_to_the_end:
            values["read_at"] = now
        self._mine(row).update(**values, owner="", lease_until=None)
        return not is_read_to_the_end

    def _row(self) -> Mailbox | None:
        access: Mapping[str, Any] | None = settings.INBOX_MAILBOX
        if access is None:
            return None
        now = self._clock()
        row, _is_new = Mailbox.objects.get_or_create(name=name_of(access), defaults={"due_at": now})
        return row if row.due_at <= now else None

    def _is_free(self, row: Mailbox) -> bool:
        if not row.owner or row.lease_until is None or row.lease_until <= self._clock():
            return True
        return is_gone(row.owner)

    def _claim(self) -> Mailbox | None:
        row = self._row()
        if row is None or not self._is_free(row):
            return None
        same = Mailbox.objects.filter(pk=row.pk, owner=row.owner, due_at=row.due_at)
        is_ours = same.update(owner=self._owner, lease_until=self._clock() + LEASE)
        return row if is_ours else None

    def _mine(self, row: Mailbox) -> Any:
        return Mailbox.objects.filter(pk=row.pk, owner=self._owner)

    def _read(self, row: Mailbox, access: Mapping[str, Any]) -> bool:
        """Take what has come since, and say whether that was all of it."""
        until = time.monotonic() + _SECONDS_A_STEP
        with opened(access) as mailbox:
            # A mailbox that was made anew counts from the start; what was taken before is known.
            is_same = row.uid_validity == mailbox.uid_validity
            last, stuck = (row.last_uid, list(row.stuck)) if is_same else (0, [])
            look_again_at = row.look_again_at
            once_more: list[int] = []
            if stuck and look_again_at and look_again_at <= self._clock():
                once_more, look_again_at = [*stuck], self._clock() + BEFORE_ANOTHER_TRY
            for uid in [*once_more, *mailbox.after(last)]:
                if self._should_stop() or time.monotonic() > until:
                    return False
                is_done = self._look(mailbox, uid)
                stuck = [each for each in stuck if each != uid] + ([] if is_done else [uid])
                if stuck and look_again_at is None:
                    look_again_at = self._clock() + BEFORE_ANOTHER_TRY
                last = max(last, uid)
                if not self._mine(row).update(
                    uid_validity=mailbox.uid_validity,
                    last_uid=last,
                    stuck=stuck[-MOST_STUCK:],
                    look_again_at=look_again_at if stuck else None,
                ):
                    return False  # another worker has taken over
        return True

    def _look(self, mailbox: OpenMailbox, uid: int) -> bool:
        """Take the letter, if there is anything to take. Say whether Samtale was up to it."""
        found = mailbox.fetch(uid, largest=LARGEST)
        if found is None:
            return True
        try:
            outcome = self._take(uid, found)
        except (DatabaseError, InterfaceError):
            raise  # the database is away: the letter is looked at again
        except Exception:
            # One letter that nobody has thought of must not keep all others from being read.
            logger.exception("letter %s in the mailbox failed", uid)
            return False
        if outcome is Outcome.TAKEN:
            mailbox.remove(uid)
        return True

    def _take(self, uid: int, found: Found) -> Outcome | None:
        if found.content is None:
            logger.warning("letter %s in the mailbox is too large", uid)
            return None
        try:
            letter = IncomingLetter.read(found.content, arrived_at=found.arrived_at)
            return take(letter, now=self._clock())
        except NotALetter:
            logger.warning("letter %s in the mailbox cannot be read", uid)
            return None

    def _rest(self, row: Mailbox, words: str) -> None:
        """Note what is wrong, and wait the longer the more often it was."""
        now = self._clock()
        failures = min(row.failures + 1, 1000)
        rest = min(BETWEEN_LOOKS * 2 ** min(failures, 10), LONGEST_REST)
        self._mine(row).update(
            failures=failures,
            failing_since=row.failing_since or now,
            words=words,
            due_at=now + rest,
            owner="",
            lease_until=None,
        )
