"""Who is invited to one interview."""

from samtale.interviews.models import Interview, Invitation


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
