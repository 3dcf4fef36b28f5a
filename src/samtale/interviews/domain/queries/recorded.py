"""What has been recorded of an interview once its time had come."""

from samtale.core.models import AuditEntry
from samtale.interviews.models import Interview
from samtale.interviews.results import Result
from samtale.recruiting.models import Application


def can_have_outcome(interview: Interview) -> bool:
    """Say whether an outcome may be recorded or put right: not where the interview was called off before it
    started, of which candidates have been told."""
    return interview.state != Interview.State.CANCELLED or _is_cancelled_as_outcome(interview)


def _is_cancelled_as_outcome(interview: Interview) -> bool:
    invitations = dict(interview.invitations.order_by().values_list("pk", "application_id"))
    recorded = AuditEntry.objects.filter(
        verb="outcome_recorded",
        subject_type=Application._meta.label_lower,
        subject_id__in=invitations.values(),
    )
    return any(
        data["invitation"] in invitations and data["new"] == Result.CANCELLED
        for data in recorded.order_by().values_list("data", flat=True)
    )
