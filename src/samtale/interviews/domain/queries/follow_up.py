"""Whom somebody has to get back to: who asks for another time, and who has not answered."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from samtale.accounts.models import User
from samtale.interviews.models import Interview, Invitation
from samtale.interviews.models.invitation import MeetingStatus, Outcome
from samtale.recruiting.domain.queries.applications import applications_for
from samtale.recruiting.models import Application
from samtale.recruiting.statuses import HANDLED

# Whoever was called off, or waited for us in vain, is still without the interview they ask for.
_GIVES_A_TIME = (Interview.State.PLANNED, Interview.State.HELD)


def waiting_for_new_time(user: User) -> QuerySet[Invitation]:
    """Return the invitations whose candidates ask for a new time in projects `user` may see, the longest
    waiting first, also where the others of their group have met without them, or all of it was called off.
    Who has been invited to another interview since has got one, be it ahead, under way or held; so has who
    came after all. Who has withdrawn or been rejected asks for nothing any longer."""
    later = Invitation.objects.filter(
        application=OuterRef("application"),
        pk__gt=OuterRef("pk"),
        cancelled_at=None,
        interview__state__in=_GIVES_A_TIME,
    )
    # Once the interview is held without them or called off, they wait until their application moves on.
    still_asks = Q(interview__state=Interview.State.PLANNED) | Q(
        application__status=Application.Status.INVITED
    )
    asking = _of(user).filter(still_asks, ~Q(outcome=Outcome.ATTENDED), meeting_status=MeetingStatus.NEW_TIME)
    return asking.exclude(Exists(later)).order_by("answered_at", "pk")


def unanswered(user: User, *, now: datetime) -> QuerySet[Invitation]:
    """Return the invitations to coming interviews that have not been answered, in projects `user` may see,
    the next interview first."""
    planned = _of(user).filter(interview__state=Interview.State.PLANNED)
    awaited = planned.filter(meeting_status=MeetingStatus.AWAITING, interview__start__gt=now)
    return awaited.order_by("interview__start", "pk")


def _of(user: User) -> QuerySet[Invitation]:
    seen = applications_for(user).order_by().values("pk")
    return (
        Invitation.objects.filter(application__in=seen, cancelled_at=None)
        .exclude(application__status__in=HANDLED)
        .select_related("interview__project", "application__candidate", "application__project")
        .defer("application__letter", "application__cv")
    )
