"""The invitations of applications: the newest of each for a list, all of one for its page."""

from collections.abc import Iterable
from datetime import datetime

from samtale.interviews.models import Interview, Invitation
from samtale.recruiting.models import Application


def latest_invitations(application_ids: Iterable[int], *, now: datetime) -> dict[int, Invitation]:
    """Return, by application, the invitation that matters most at `now`, with its interview.

    That is the one to the next interview that stands; without any, the one to the last interview there
    was. A cancelled one is only returned where there is nothing else. One query for all.
    """
    found = Invitation.objects.filter(application__in=list(application_ids)).select_related("interview")
    most_last = sorted(found.order_by("pk"), key=lambda invitation: _weight(invitation, now))
    return {invitation.application_id: invitation for invitation in most_last}


def is_called_off(invitation: Invitation) -> bool:
    """Say whether the interview, or this candidate's part in it, has been called off."""
    return invitation.interview.state == Interview.State.CANCELLED or invitation.cancelled_at is not None


def _weight(invitation: Invitation, now: datetime) -> tuple[bool, bool, float]:
    interview = invitation.interview
    away = (interview.start - now).total_seconds()
    return not is_called_off(invitation), away > 0, -abs(away)


def invitations_of(application: Application) -> list[Invitation]:
    """Return the application's invitations with interview and interviewers, the latest interview first."""
    return list(
        Invitation.objects.filter(application=application)
        .select_related("interview")
        .prefetch_related("interview__interviewers")
        .order_by("-interview__start", "-pk")
    )
