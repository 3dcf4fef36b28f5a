"""Whose personal details someone may change."""

from collections.abc import Collection

from samtale.accounts.models import User
from samtale.core.audit import Actor
from samtale.recruiting.domain.queries.projects import projects_for
from samtale.recruiting.models import Application, ProjectAccess


def editable_candidates(by: Actor, candidate_ids: Collection[int]) -> set[int]:
    """Return those of `candidate_ids` whose details `by` may change: "recruiting.edit_candidate" of many.

    Where nobody is logged in, such as on the command line, all of them.
    """
    if not isinstance(by, User):
        return set(candidate_ids)
    worked_in = projects_for(by, least=ProjectAccess.Level.NORMAL)
    kept = Application.objects.filter(candidate__in=candidate_ids, deleted_at=None)
    elsewhere = kept.exclude(project__in=worked_in.order_by())
    return set(candidate_ids) - set(elsewhere.values_list("candidate_id", flat=True))
