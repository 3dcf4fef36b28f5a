"""What all changes to a stored interview have in common: how it is held, who may, and what is refused."""

from datetime import datetime

from django.utils.translation import gettext as _

from samtale.accounts.models import User
from samtale.core import audit
from samtale.interviews.domain.copies import interviews_changed
from samtale.interviews.domain.meeting_status import MEETING_STATUS, WITHOUT_REMINDER
from samtale.interviews.domain.reminders import drop_reminders, restore_reminders, take_back_requests
from samtale.interviews.models import Interview, Invitation
from samtale.interviews.models.invitation import MeetingStatus
from samtale.recruiting.domain.hold import hold_candidates


class ChangeRefused(Exception):
    """The change cannot be made. `field` names what is wrong, `message` says it to the recruiter."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field, self.message = field, message


class ChangedMeanwhile(Exception):
    """It is no longer as the recruiter saw it, so that what they ask for may not be what they want."""


def hold_interview(interview_id: int) -> Interview:
    """Return the interview as it is now, held until the transaction ends.

    Raises:
        ChangedMeanwhile: there is none any longer, since its Send has been undone.
    """
    interviews = Interview.objects.select_for_update(of=("self",)).select_related(
        "dispatch", "project__department", "project__owner", "room"
    )
    try:
        return interviews.get(pk=interview_id)
    except Interview.DoesNotExist:
        raise ChangedMeanwhile from None


def held_invitations(interview: Interview) -> list[Invitation]:
    """Return the invitations of a held interview that are not called off, their candidates held too."""
    found = interview.invitations.filter(cancelled_at=None).select_related("application__candidate")
    invitations = list(found.order_by("pk"))
    for invitation in invitations:
        invitation.interview = interview
    hold_candidates([invitation.application for invitation in invitations])
    return invitations


def check_planned(interview: Interview) -> None:
    """Raise `ChangeRefused` unless the interview is still planned."""
    if interview.state == Interview.State.PLANNED:
        return
    if interview.state == Interview.State.CANCELLED:
        raise ChangeRefused("interview", _("The interview is cancelled and can no longer be changed."))
    raise ChangeRefused("interview", _("The outcome is recorded, so the interview can no longer be changed."))


def check_may_tell(interview: Interview, by: User) -> None:
    """Raise `ChangeRefused` unless `by` may send e-mail in the project (spec 9)."""
    if not by.has_perm("recruiting.send_email", interview.project):
        raise ChangeRefused("tells_candidates", _("You do not have the right to send e-mail."))


def set_meeting_status(invitation: Invitation, status: str, *, by: User, now: datetime) -> None:
    """Give a held invitation another meeting status, with what follows for its letters."""
    MEETING_STATUS.check(invitation.meeting_status, status)
    audit.record(
        "meeting_status_changed",
        subject=invitation.application,
        by=by,
        now=now,
        invitation=invitation.pk,
        old=invitation.meeting_status,
        new=status,
    )
    invitation.meeting_status, invitation.status_at = status, now
    invitation.save(update_fields=["meeting_status", "status_at"])
    interviews_changed([invitation.interview_id])
    if status != MeetingStatus.AWAITING:
        take_back_requests([invitation], by=by, now=now)
    if status in WITHOUT_REMINDER:
        drop_reminders([invitation], by=by, now=now)
    else:
        restore_reminders(invitation, by=by, now=now)
