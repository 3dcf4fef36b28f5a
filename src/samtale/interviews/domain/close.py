"""What becomes of the invitations when a recruiter closes an application (spec 4, 5)."""

from collections.abc import Sequence
from datetime import datetime

from samtale.core import audit
from samtale.interviews import reasons
from samtale.interviews.domain.copies import interviews_changed
from samtale.interviews.domain.queries.standing import standing_invitations
from samtale.interviews.domain.reminders import drop_reminders, take_back_invitations
from samtale.interviews.models import Invitation
from samtale.interviews.models.invitation import MeetingStatus
from samtale.recruiting.models import Application


def end_invitations(applications: Sequence[Application], *, by: audit.Actor, now: datetime) -> None:
    """End the invitations of these applications to interviews that have not started, and their letters.

    Runs inside the transaction of the verb that closes the applications, see `recruiting.followers`.
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
    Invitation.objects.bulk_update(invitations, ["meeting_status"], batch_size=500)
    interviews_changed({invitation.interview_id for invitation in invitations})
