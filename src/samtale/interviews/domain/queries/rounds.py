"""Which round an application has reached, and which comes next."""

from collections.abc import Collection

from samtale.interviews.models import Interview, Invitation
from samtale.interviews.models.interview import Round
from samtale.recruiting.models import Application

_NEXT = {
    Round.INFORMATION: Round.FIRST,
    Round.FIRST: Round.SECOND,
    Round.SECOND: Round.THIRD,
    Round.THIRD: Round.THIRD,
}


def next_round(applications: Collection[Application]) -> Round:
    """Return the round after the furthest these applicants have been invited to; Interview 1 for new ones."""
    furthest = furthest_round(applications)
    return _NEXT[furthest] if furthest else Round.FIRST


def furthest_round(applications: Collection[Application]) -> Round | None:
    """Return the furthest round that any of these applicants has been invited to, or None."""
    reached = set(
        Invitation.objects.filter(application__in=applications, cancelled_at=None)
        .exclude(interview__state=Interview.State.CANCELLED)
        .values_list("interview__round", flat=True)
    )
    order = list(Round)
    return max((Round(each) for each in reached), key=order.index, default=None)


def round_invited_to(application: Application, invitations: Collection[Invitation]) -> str:
    """Return the label of the round that the status "Invited to interview" is about (spec 6), or "".

    `invitations` are the application's own, with their interviews.
    """
    if application.status != Application.Status.INVITED or not invitations:
        return ""
    newest = max(invitations, key=lambda invitation: (invitation.created_at, invitation.pk))
    return newest.interview.get_round_display()
