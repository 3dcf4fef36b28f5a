"""What the general merge tags say in a letter to one candidate (spec 8)."""

from samtale.accounts.models import Organisation
from samtale.recruiting.models import Candidate, Project


def general_values(
    candidate: Candidate, project: Project, organisation: Organisation, *, sender_name: str
) -> dict[str, str]:
    """Return the value of every one of `outbox.tags.GENERAL_TAGS`."""
    return {
        "first-name": candidate.first_name,
        "last-name": candidate.last_name,
        "name": candidate.name,
        "company": organisation.name,
        "department": project.department.name,
        "contact-person": str(project.owner),
        "vacancy": project.title,
        "vacancy-ref-number": project.reference,
        "position": project.position or project.title,
        "sender-name": sender_name,
    }
