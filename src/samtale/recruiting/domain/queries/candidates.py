"""Whose personal details someone may change."""

from collections.abc import Collection
from dataclasses import dataclass

from samtale.accounts.models import User
from samtale.core.audit import Actor
from samtale.outbox.domain.queue import STOPPABLE
from samtale.outbox.models import Message
from samtale.recruiting.domain.queries.projects import projects_for
from samtale.recruiting.models import Application, Candidate, Document, Note, ProjectAccess


def editable_candidates(by: Actor, candidate_ids: Collection[int]) -> set[int]:
    """Return those of `candidate_ids` whose details `by` may change: "recruiting.edit_candidate" of many.

    Where nobody is logged in, such as on the command line, all of them.
    """
    known = Candidate.objects.filter(pk__in=candidate_ids, anonymised_at=None)
    ids = set(known.values_list("pk", flat=True))
    if not isinstance(by, User):
        return ids
    worked_in = projects_for(by, least=ProjectAccess.Level.NORMAL)
    kept = Application.objects.filter(candidate__in=candidate_ids, deleted_at=None)
    elsewhere = kept.exclude(project__in=worked_in.order_by())
    return ids - set(elsewhere.values_list("candidate_id", flat=True))


@dataclass(frozen=True)
class Kept:
    """How much is kept about a candidate, in all projects."""

    applications: int
    notes: int
    documents: int
    messages: int
    waiting: int


def what_is_kept(candidate: Candidate) -> Kept:
    """Count what is lost when the candidate is anonymised."""
    messages = Message.objects.filter(correspondence__application__candidate=candidate)
    return Kept(
        applications=candidate.applications.count(),
        notes=Note.objects.filter(application__candidate=candidate).count(),
        documents=Document.objects.filter(application__candidate=candidate).count(),
        messages=messages.count(),
        waiting=messages.filter(state__in=STOPPABLE).count(),
    )
