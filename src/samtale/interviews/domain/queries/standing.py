"""What still stands: interviews that are planned and have not started, and the invitations to them."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from samtale.interviews.models import Interview, Invitation
from samtale.recruiting.models import Application, Project


def standing_invitations(applications: Iterable[Application], *, now: datetime) -> QuerySet[Invitation]:
    """Return the invitations of these applications to coming interviews, by start."""
    return (
        Invitation.objects.filter(
            application__in=list(applications),
            cancelled_at=None,
            interview__state=Interview.State.PLANNED,
            interview__start__gt=now,
        )
        .select_related("interview", "application__candidate")
        .defer("application__letter", "application__cv")
        .order_by("interview__start", "pk")
    )


def is_coming(interview: Interview, *, now: datetime) -> bool:
    """Say whether the interview is still to take place."""
    return interview.state == Interview.State.PLANNED and interview.start > now


def coming_interviews(project: Project, *, now: datetime) -> QuerySet[Interview]:
    """Return the project's interviews that are still to take place."""
    return Interview.objects.filter(project=project, state=Interview.State.PLANNED, start__gt=now)
