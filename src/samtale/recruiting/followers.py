"""What higher floors do when something happens here. They join in their `AppConfig.ready`."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from samtale.core.audit import Actor
from samtale.outbox.models import Message
from samtale.recruiting.models import Application, Candidate


class ApplicationClosed(Protocol):
    """Called inside the transaction that closes `applications`: withdrawn, rejected or transferred.

    Whatever waits for these candidates in the project, such as reminders, must end.
    """

    def __call__(self, applications: Sequence[Application], *, by: Actor, now: datetime) -> None: ...


class CandidateChanged(Protocol):
    """Called inside the transaction that changes how `candidates` are reached or named. `changed` are the
    names of their fields that did, at least one of them in `IN_LETTERS`.

    What has not left to them must follow. Return the letters that could not: those that ended, and those
    that had left already, or were leaving, to an address that is the candidate's no longer.
    """

    def __call__(
        self, candidates: Sequence[Candidate], *, changed: Collection[str], by: Actor, now: datetime
    ) -> Sequence[Message]: ...


application_closed: list[ApplicationClosed] = []
candidate_changed: list[CandidateChanged] = []
IN_LETTERS = frozenset({"first_name", "last_name", "email", "mobile", "language"})


def follow_candidates(
    candidates: Sequence[Candidate], *, changed: Collection[str], by: Actor, now: datetime
) -> list[Message]:
    """Tell those who follow candidates that their fields `changed`, and return the letters that could not."""
    if not candidates or IN_LETTERS.isdisjoint(changed):
        return []
    return [
        letter
        for follow in candidate_changed
        for letter in follow(candidates, changed=changed, by=by, now=now)
    ]
