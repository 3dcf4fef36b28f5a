"""Who is invited to one interview, who of them still is, and who is expected to come.

Domain and pages both ask here, so that what a page announces is what the verb then does.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, Q

from samtale.interviews.models import Interview, Invitation
from samtale.interviews.models.invitation import MeetingStatus

# Of these nobody has said that they will not come: they hear that the interview is off.
_HEARS = (MeetingStatus.AWAITING, MeetingStatus.ACCEPTED, MeetingStatus.NEW_TIME)
# Of these it is thought that they come: they have said yes, or nothing.
EXPECTED = (MeetingStatus.AWAITING, MeetingStatus.ACCEPTED)

# How a calendar calls an interview that `is_emptied`, beside the states.
NOBODY_LEFT = "emptied"
# As `is_still_invited`, of rows.
STILL_INVITED = Q(cancelled_at=None, application__deleted_at=None) & ~Q(
    meeting_status=MeetingStatus.NOT_RELEVANT
)


def is_still_invited(invitation: Invitation) -> bool:
    """Say whether the candidate is still met if they come, whatever they have answered: they have not
    withdrawn or been rejected, and their part was not called off."""
    is_gone = invitation.meeting_status == MeetingStatus.NOT_RELEVANT
    return not (is_gone or invitation.cancelled_at or invitation.application.deleted_at)


def with_somebody_left(interviews: Collection[int]) -> set[int]:
    """Return the ids of those of `interviews`, given by id, to which anybody is still invited."""
    standing = Invitation.objects.filter(STILL_INVITED, interview__in=interviews)
    return set(standing.order_by().values_list("interview_id", flat=True))


def is_emptied(state: str, anybody_is_left: bool) -> bool:
    """Say whether an interview in `state` is planned and yet does not take place, since nobody is left who
    is still invited. Interviewers and room are free, and calendars have let it go; it comes back with the
    first who is taken up again. What is recorded of one that was held stays, whoever has gone since."""
    return state == Interview.State.PLANNED and not anybody_is_left


def emptied() -> Q:
    """As `is_emptied`, of rows of interviews."""
    left: Any = Exists(Invitation.objects.filter(STILL_INVITED, interview=OuterRef("pk")))
    return Q(state=Interview.State.PLANNED) & ~Q(left)


def takes_place() -> Q:
    """Interviews that take place or did: neither cancelled, nor such that nobody is left to be met."""
    return ~Q(state=Interview.State.CANCELLED) & ~emptied()


def hears_it_is_off(invitation: Invitation) -> bool:
    """Say whether the candidate, for whom the interview is called off, is told: not who has said that they
    stay away."""
    return invitation.meeting_status in _HEARS and invitation.application.deleted_at is None


def is_expected(invitation: Invitation) -> bool:
    """Say whether the candidate is thought to come: they have said yes, or nothing."""
    return is_still_invited(invitation) and invitation.meeting_status in EXPECTED


def invited_to(interview: Interview, *, with_called_off: bool = False) -> list[Invitation]:
    """Return the invitations to `interview` with application and candidate, by name; those whose part was
    called off, and deleted applications, only if asked for."""
    found = interview.invitations.select_related("application__candidate", "application__project")
    if not with_called_off:
        found = found.filter(cancelled_at=None, application__deleted_at=None)
    invitations = list(
        found.defer("application__letter", "application__cv").order_by("application__sort_name", "pk")
    )
    for invitation in invitations:
        invitation.interview = interview
    return invitations


def still_invited_to(interview: Interview) -> list[Invitation]:
    """Return the invitations to `interview` of those who still are invited, by name."""
    return [invitation for invitation in invited_to(interview) if is_still_invited(invitation)]
