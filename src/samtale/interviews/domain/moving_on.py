"""What an interview's outcome makes of the applications, and what a corrected outcome takes back."""

from collections.abc import Collection, Sequence
from datetime import datetime

from samtale.accounts.models import User
from samtale.core.models import AuditEntry
from samtale.interviews.models import Interview, Invitation
from samtale.interviews.models.invitation import Outcome
from samtale.interviews.results import Result
from samtale.recruiting.domain.progress import set_status, take_back_status
from samtale.recruiting.models import Application

# What the applications may move on to; only those that still are where the invitation brought them do.
NEXT = (Application.Status.INTERVIEWED, Application.Status.UNDER_REVIEW)


def hold_applications(interview: Interview, invitations: Collection[Invitation]) -> None:
    """Hold the applications of all who have a part in the interview until the transaction ends, and read the
    statuses of those of `invitations` anew. All at once and in the same order, since some of them move on
    and others go back."""
    found = Application.objects.select_for_update(of=("self",)).filter(invitations__interview=interview)
    statuses = dict(found.order_by("pk").values_list("pk", "status"))
    for invitation in invitations:
        invitation.application.status = statuses[invitation.application_id]


def move_on(applications: Collection[Application], status: str, *, by: User, now: datetime) -> None:
    """Give those who came `status`, if it is one of `NEXT` and they are still invited.

    Raises:
        IllegalTransition: somebody changed one of them at the same moment.
    """
    if status not in NEXT:
        return
    invited = [each for each in applications if each.status == Application.Status.INVITED]
    set_status(applications=invited, status=status, by=by, now=now)


def take_back(invitations: Sequence[Invitation], *, by: User, now: datetime) -> list[Application]:
    """Give back the status that their applications had before it was recorded that they came, now that it is
    no longer. Return those that it was given back to; whose status was changed since keeps it."""
    applications = {each.pk: each.application for each in invitations}
    before = {each.application_id: each.application.status for each in invitations}
    for at, ids in _recorded_at(invitations).items():
        for status in NEXT:
            take_back_status(
                applications=[applications[pk] for pk in ids], status=status, given_at=at, by=by, now=now
            )
    rows = Application.objects.filter(pk__in=before).values_list("pk", "status")
    after = dict(rows.order_by("pk"))
    for application in applications.values():
        application.status = after[application.pk]
    return [each for each in applications.values() if before[each.pk] != each.status]


def interviewed_without(invitations: Sequence[Invitation]) -> list[Application]:
    """Return those of the applications that count as interviewed though no interview is recorded to which the
    candidate came."""
    came = Invitation.objects.filter(
        application__in=[each.application_id for each in invitations], outcome=Outcome.ATTENDED
    )
    elsewhere = set(came.order_by().values_list("application_id", flat=True))
    applications = [each.application for each in invitations if each.application_id not in elsewhere]
    return [each for each in applications if each.status == Application.Status.INTERVIEWED]


def _recorded_at(invitations: Sequence[Invitation]) -> dict[datetime, list[int]]:
    """Return the ids of the invitations by the moment at which it was last recorded that they came."""
    entries = AuditEntry.objects.filter(
        verb="outcome_recorded",
        subject_type=Application._meta.label_lower,
        subject_id__in=[each.application_id for each in invitations],
    )
    ids = {each.pk for each in invitations}
    last = {
        entry.data["invitation"]: entry.at
        for entry in entries.order_by("at", "pk")
        if entry.data["invitation"] in ids and entry.data["new"] == Result.HELD
    }
    found: dict[datetime, list[int]] = {}
    for pk, at in last.items():
        found.setdefault(at, []).append(pk)
    return found
