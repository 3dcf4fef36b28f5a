"""Moves applications on in their project."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from samtale.core import audit
from samtale.core.audit import Actor
from samtale.core.models import AuditEntry
from samtale.core.transitions import IllegalTransition
from samtale.recruiting import followers
from samtale.recruiting.domain.rejection_letters import stop_rejections
from samtale.recruiting.models import Application
from samtale.recruiting.statuses import APPLICATION_STATUS, CLOSING

__all__ = ["IllegalTransition", "set_status"]
_CHUNK = 500


@transaction.atomic
def set_status(
    *, applications: Iterable[Application], status: str, by: Actor, now: datetime, reason: str = ""
) -> list[Application]:
    """Give all `applications` the status `status`, or none of them. Return those it changed for.

    Those that have the status already are left alone, so that repeating a request does no harm.
    The statuses are read anew under a lock; the given objects get the new status. Deleted
    applications are passed over.

    Raises:
        IllegalTransition: the status may not follow the one an application has (spec 6).
    """
    given = {application.pk: application for application in applications}
    if status in CLOSING:
        followers.hold_what_ends_with(given.keys())
    rows = list(_locked(list(given)))
    for row in rows:
        APPLICATION_STATUS.check(row.status, status)
    changed = [row for row in rows if row.status != status]
    reopened = [row for row in changed if row.status == Application.Status.REJECTED]
    audit.record_all(
        audit.entry(
            "application.status_set", subject=row, by=by, now=now, old=row.status, new=status, reason=reason
        )
        for row in changed
    )
    for chunk in _chunks([row.pk for row in changed]):
        Application.objects.filter(pk__in=chunk).update(status=status)
    if reopened:
        stop_rejections(reopened, by=by, now=now)
    for row in rows:
        given[row.pk].status = status
    moved = [given[row.pk] for row in changed]
    if status in CLOSING and moved:
        for follow in followers.application_closed:
            follow(moved, by=by, now=now)
    return moved


@transaction.atomic
def take_back_status(
    *, applications: Iterable[Application], status: str, given_at: datetime, by: Actor, now: datetime
) -> None:
    """Give back the status that each application had before it got `status` at `given_at`.

    Whose status somebody has changed since keeps it. This is no step forward, so the table of steps
    (spec 6) is not asked: an application that was new is new again.
    """
    ids = [application.pk for application in applications]
    rows = [row for row in _locked(ids) if row.status == status]
    for chunk in _chunks([row.pk for row in rows]):
        entries = AuditEntry.objects.filter(
            verb="application.status_set",
            subject_type=Application._meta.label_lower,
            subject_id__in=chunk,
            at__gte=given_at,
        )
        last = {entry.subject_id: entry for entry in entries.order_by("at", "pk")}
        for pk, entry in last.items():
            if entry.at == given_at and entry.data["new"] == status:
                old = entry.data["old"]
                Application.objects.filter(pk=pk).update(status=old)
                row = next(each for each in rows if each.pk == pk)
                audit.record("application.status_set", subject=row, by=by, now=now, old=status, new=old)


def _locked(ids: Sequence[int]) -> Iterable[Application]:
    for chunk in _chunks(sorted(ids)):
        rows = Application.objects.select_for_update().filter(pk__in=chunk, deleted_at=None).order_by("pk")
        yield from rows.only("pk", "status")


def _chunks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    """SQLite takes only so many values in one statement."""
    return (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))
