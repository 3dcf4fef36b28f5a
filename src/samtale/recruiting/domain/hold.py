"""Holds candidates while somebody writes to them."""

from collections.abc import Collection

from samtale.recruiting.models import Application, Candidate


def hold_candidates(applications: Collection[Application]) -> None:
    """Read the candidates of `applications` anew, and hold them until the transaction ends.

    Whoever writes to candidates does so first: a correction of their details then either comes before the
    letters, or waits and finds them written (`recruiting.followers.candidate_changed`).
    """
    ids = sorted({application.candidate_id for application in applications})
    found: dict[int, Candidate] = {}
    for start in range(0, len(ids), 500):
        held = Candidate.objects.select_for_update(no_key=True).order_by("pk")
        found |= {candidate.pk: candidate for candidate in held.filter(pk__in=ids[start : start + 500])}
    for application in applications:
        application.candidate = found[application.candidate_id]
