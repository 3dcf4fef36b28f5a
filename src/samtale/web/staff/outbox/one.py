"""Takes the message a page is about, or refuses."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from samtale.interviews.domain.queries.letters import is_to_candidate
from samtale.outbox.models import Message
from samtale.recruiting.domain.queries.correspondence import messages_for
from samtale.recruiting.models import Candidate, Correspondence
from samtale.web.staff.access import ADMINISTER, WORK, StaffRequest


def message_or_404(request: StaffRequest, message_id: int) -> Message:
    """Return the message. 404 if the user may not see it."""
    return get_object_or_404(
        messages_for(request.user).select_related(
            "created_by", "correspondence__project__department", "correspondence__application__candidate"
        ),
        pk=message_id,
    )


def message_to_decide_on(request: StaffRequest, message_id: int) -> Message:
    """Return the message, with the rule of `message_or_404`; 403 if the user may only read it."""
    found = message_or_404(request, message_id)
    if not may_decide(request, found):
        raise PermissionDenied
    return found


def correspondence_of(message: Message) -> Correspondence | None:
    """Return what the message is about, or None for what belongs to no project."""
    return getattr(message, "correspondence", None)


def candidate_of(message: Message) -> Candidate | None:
    """Return the candidate the message is written to, or None where it is to somebody else."""
    correspondence = correspondence_of(message)
    if correspondence is None or correspondence.application is None or not is_to_candidate(message):
        return None
    return correspondence.application.candidate


def may_decide(request: StaffRequest, message: Message) -> bool:
    """Say whether the user may stop or change the message, or send it again."""
    correspondence = correspondence_of(message)
    if correspondence is None:
        return request.user.has_perm(ADMINISTER)
    return request.user.has_perm(WORK, correspondence.project)
