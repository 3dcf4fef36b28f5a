"""What becomes of the invitations when a recruiter closes an application (spec 4, 5)."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import QuerySet

from samtale.accounts.models import User
from samtale.core import audit
from samtale.interviews import reasons
from samtale.interviews.domain.bookings import release_where_nobody_is_left
from samtale.interviews.domain.copies import interviews_changed
from samtale.interviews.domain.interviewer_letters import (
    tell_interviewers_it_is_off,
    tell_interviewers_of_candidates,
)
from samtale.interviews.domain.queries.invited import is_still_invited
from samtale.interviews.domain.queries.standing import standing_invitations
from samtale.interviews.domain.reminders import drop_reminders, take_back_invitations
from samtale.interviews.models import Interview, Invitation
from samtale.interviews.models.invitation import MeetingStatus
from samtale.recruiting.models import Application

_CHUNK = 500


def hold_interviews(applications: Collection[int]) -> None:
    """Hold the interviews that these applications, given by id, are invited to, until the transaction ends.

    Comes before whatever holds the applications: everybody else holds an interview first, too.
    """
    ids = sorted(applications)
    interviews: set[int] = set()
    for start in range(0, len(ids), _CHUNK):
        invited = Invitation.objects.filter(application__in=ids[start : start + _CHUNK])
        interviews.update(invited.order_by().values_list("interview_id", flat=True))
    found = sorted(interviews)
    for start in range(0, len(found), _CHUNK):
        rows = Interview.objects.filter(pk__in=found[start : start + _CHUNK]).order_by("pk")
        list(rows.select_for_update(no_key=True).values_list("pk"))


def end_invitations(applications: Sequence[Application], *, by: audit.Actor, now: datetime) -> None:
    """End the invitations of these applications to interviews that have not started, and their letters.
    Interviewers and rooms are free again, and interviewers told, where nobody is left; where others are, they
    are told whom they meet now.

    Runs inside the transaction of the verb that closes the applications, see `recruiting.followers`, after
    `hold_interviews`.
    """
    standing = standing_invitations(applications, now=now)
    invitations = list(standing.exclude(meeting_status=MeetingStatus.NOT_RELEVANT))
    take_back_invitations(invitations, by=by, now=now, reason=reasons.CLOSED)
    drop_reminders(invitations, by=by, now=now, reason=reasons.CLOSED)
    audit.record_all(
        audit.entry(
            "meeting_status_changed",
            subject=invitation.application,
            by=by,
            now=now,
            invitation=invitation.pk,
            old=invitation.meeting_status,
            new=MeetingStatus.NOT_RELEVANT,
        )
        for invitation in invitations
    )
    for invitation in invitations:
        invitation.meeting_status = MeetingStatus.NOT_RELEVANT
    Invitation.objects.bulk_update(invitations, ["meeting_status"], batch_size=_CHUNK)
    left = {invitation.interview_id for invitation in invitations}
    interviews_changed(left)
    # Also where the candidate's own withdrawal has ended the invitation already.
    emptied = release_where_nobody_is_left(list(standing.order_by().values_list("interview_id", flat=True)))
    sender = by if isinstance(by, User) else None
    for interview in _with_project(emptied | left):
        invited = list(interview.invitations.select_related("application__candidate").order_by("pk"))
        if interview.pk in emptied:
            tell_interviewers_it_is_off(interview, invited, by=sender, now=now)
        elif any(is_still_invited(each) for each in invited):
            tell_interviewers_of_candidates(interview, invited, by=sender, now=now)


def _with_project(interviews: Collection[int]) -> QuerySet[Interview]:
    found = Interview.objects.filter(pk__in=interviews).order_by("pk")
    return found.select_related("project__department", "room")
