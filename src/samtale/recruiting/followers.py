"""What higher floors do when something happens here. They join in their `AppConfig.ready`."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from samtale.core.audit import Actor
from samtale.outbox.models import Message
from samtale.recruiting.models import Application, Candidate


class ApplicationClosing(Protocol):
    """Called inside the transaction that is about to close `applications`, given by id, before any of them is
    held: what their end reaches is held in the order of all other verbs."""

    def __call__(self, applications: Collection[int]) -> None: ...


class ApplicationClosed(Protocol):
    """Called inside the transaction that closes `applications`: withdrawn, rejected or transferred.

    Whatever waits for these candidates in the project, such as reminders, must end.
    """

    def __call__(self, applications: Sequence[Application], *, by: Actor, now: datetime) -> None: ...


class CandidateChanged(Protocol):
    """Called inside the transaction that changes how `candidates` are reached or named, or whose clock they
    read. `changed` are the names of their fields that did, at least one of them in `IN_LETTERS`.

    What has not left to them must follow. Return the letters that could not: those that ended, and those
    that had left already, or were leaving, to an address that is the candidate's no longer.
    """

    def __call__(
        self, candidates: Sequence[Candidate], *, changed: Collection[str], by: Actor, now: datetime
    ) -> Sequence[Message]: ...


class CandidateAnonymised(Protocol):
    """Called inside the transaction that anonymises `candidate`, first, so that what is to be held for it is
    held in the order of all other verbs.

    What the candidate was invited to and wrote must end and be forgotten. The messages are seen to below.
    """

    def __call__(self, candidate: Candidate, *, by: Actor, now: datetime) -> None: ...


application_closing: list[ApplicationClosing] = []
application_closed: list[ApplicationClosed] = []
candidate_changed: list[CandidateChanged] = []
candidate_anonymised: list[CandidateAnonymised] = []
IN_LETTERS = frozenset({"first_name", "last_name", "email", "mobile", "language", "time_zone"})


def hold_what_ends_with(applications: Collection[int]) -> None:
    """Hold what closing these applications, given by id, will reach. Comes before candidates and applications
    are held."""
    for hold in application_closing:
        hold(applications)


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
