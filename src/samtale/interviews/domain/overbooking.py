"""Booking who is taken: who may, and what is written down of it."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from samtale.accounts.models import User
from samtale.core import audit
from samtale.core.models import AuditEntry
from samtale.interviews.domain.queries.conflicts import Conflict
from samtale.interviews.models import Invitation
from samtale.recruiting.models import Project


class MayNotOverbook(Exception):
    """Somebody or a room is taken, and the user has no right to book them all the same."""

    def __init__(self) -> None:
        super().__init__("no right to overbook")
        self.message = _("You do not have the right to book interviewers and rooms that are taken.")


def check_may_overbook(project: Project, *, by: User) -> None:
    """Raise `MayNotOverbook` unless `by` may book who is taken (spec 9)."""
    if not by.has_perm("recruiting.overbook", project):
        raise MayNotOverbook


def record_overbooking(
    found: Collection[Conflict], invitations: Iterable[Invitation], *, by: User, now: datetime
) -> None:
    """Write into the process lists of those who are invited at such a time who was booked though taken."""
    if found:
        audit.record_all(_entries(found, invitations, by=by, now=now))


def _entries(
    found: Collection[Conflict], invitations: Iterable[Invitation], *, by: User, now: datetime
) -> Iterator[AuditEntry]:
    for invitation in invitations:
        interview = invitation.interview
        clashing = [each for each in found if each.wanted.start == interview.start]
        if clashing:
            yield audit.entry(
                "double_booked",
                subject=invitation.application,
                by=by,
                now=now,
                who=sorted({str(each.who) for each in clashing}),
                start=interview.start.isoformat(),
                time_zone=interview.time_zone,
            )
