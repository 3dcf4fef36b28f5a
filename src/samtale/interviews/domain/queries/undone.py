"""What is known of interviews that are gone, since the Send that they were part of was undone."""

from samtale.core import audit
from samtale.interviews.models import Interview
from samtale.recruiting.models import Application

INTERVIEW_UNDONE, INVITATION_UNDONE = "interview_undone", "invitation_undone"


def project_of_undone(interview_id: int) -> int | None:
    """Return the id of the project in which there was such an interview; None where none was undone."""
    row = audit.history(Interview(pk=interview_id)).filter(verb=INTERVIEW_UNDONE).first()
    return row.data["project"] if row else None


def is_undone(application: Application, invitation_id: int) -> bool:
    """Say whether the application had such an invitation, and its Send was undone."""
    rows = audit.history(application).filter(verb=INVITATION_UNDONE)
    return any(row.data.get("invitation") == invitation_id for row in rows)
