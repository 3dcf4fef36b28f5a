"""Candidates who are invited to something else at the same time, in whatever project."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from samtale.interviews.domain.plan import Meeting
from samtale.interviews.domain.queries.conflicts import LONGEST, Period
from samtale.interviews.models import Interview, Invitation
from samtale.interviews.models.invitation import MeetingStatus
from samtale.recruiting.models import Application

# Those who have said that they do not come can be elsewhere.
_MAY_COME = (MeetingStatus.AWAITING, MeetingStatus.ACCEPTED)
_CHUNK = 500


@dataclass(frozen=True)
class Elsewhere:
    """The candidate of `application` is wanted for `wanted`, and invited to `interview` in that time."""

    application: Application
    wanted: Period
    interview: Interview


def invited_elsewhere(
    meetings: Sequence[Meeting], *, length: timedelta, apart_from: Collection[int] = ()
) -> list[Elsewhere]:
    """Return which candidates of `meetings`, each of `length`, are invited to another interview then.

    The interviews have their projects. Whether a viewer may know of one is the caller's to ask. `apart_from`
    are ids of interviews that do not count, such as the one being moved.
    """
    wanted: dict[int, list[tuple[Application, Period]]] = defaultdict(list)
    for meeting in meetings:
        for application in meeting.applications:
            period = Period(meeting.start, meeting.start + length)
            wanted[application.candidate_id].append((application, period))
    return [
        Elsewhere(application, period, invitation.interview)
        for invitation in _invitations(meetings, sorted(wanted), length)
        if invitation.interview_id not in apart_from
        for application, period in wanted[invitation.application.candidate_id]
        if period.meets(Period(invitation.interview.start, invitation.interview.end))
    ]


def _invitations(
    meetings: Sequence[Meeting], candidates: Sequence[int], length: timedelta
) -> list[Invitation]:
    if not meetings:
        return []
    starts = [meeting.start for meeting in meetings]
    around = Invitation.objects.filter(
        interview__state=Interview.State.PLANNED,
        interview__start__gt=min(starts) - LONGEST,
        interview__start__lt=max(starts) + length,
        application__deleted_at=None,
        meeting_status__in=_MAY_COME,
        cancelled_at=None,
    ).select_related("interview__project", "application")
    return [
        invitation
        for start in range(0, len(candidates), _CHUNK)
        for invitation in around.filter(application__candidate__in=candidates[start : start + _CHUNK])
        .defer("application__letter", "application__cv")
        .order_by("interview__start", "pk")
    ]
