"""What becomes of the invitations of a candidate who is anonymised."""

from datetime import datetime

from django.db.models import F

from samtale.core.audit import Actor
from samtale.interviews.domain.close import end_invitations
from samtale.interviews.domain.copies import interviews_changed
from samtale.interviews.models import Interview, Invitation
from samtale.recruiting.models import Candidate


def forget_invitations(candidate: Candidate, *, by: Actor, now: datetime) -> None:
    """End the candidate's invitations with their letters, forget what they wished, and let their links stop.

    Runs inside the transaction that anonymises the candidate, before it holds anything but the projects,
    see `recruiting.followers`.
    """
    invited = Invitation.objects.filter(application__candidate=candidate)
    interviews = Interview.objects.filter(pk__in=invited.values("interview"))
    list(interviews.select_for_update(no_key=True).order_by("pk"))
    list(invited.select_for_update(of=("self",)).order_by("pk"))
    end_invitations(list(candidate.applications.order_by("pk")), by=by, now=now)
    interviews_changed(list(interviews.values_list("pk", flat=True)))
    invited.update(wishes="", link_version=F("link_version") + 1)
