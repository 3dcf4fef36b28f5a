"""One message: exactly what was or will be sent, and what became of it."""

from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from samtale.accounts.models import User
from samtale.core import clock
from samtale.interviews.domain.queries.letters import to_candidate
from samtale.interviews.models import Interview
from samtale.outbox.domain import queue
from samtale.outbox.domain.queries.messages import state_counts
from samtale.outbox.models import Message
from samtale.outbox.models.message import Channel, State
from samtale.recruiting.domain.queries.applications import applications_for
from samtale.recruiting.domain.queries.correspondence import messages_for
from samtale.recruiting.models import Application, Candidate, ProjectAccess
from samtale.web.staff.access import ADMINISTER, EDIT_CANDIDATE, StaffRequest
from samtale.web.staff.forms.message import AddressForm
from samtale.web.staff.invite.undo import Undoable, undoable
from samtale.web.staff.outbox import letter
from samtale.web.staff.outbox.labels import state_tag
from samtale.web.staff.outbox.one import candidate_of, correspondence_of, may_decide, message_or_404

# A letter is other people's words in our window: it may be looked at and nothing else.
_ONLY_TO_LOOK_AT = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [SELF],
    "sandbox": [True],
}


@require_safe
def message(request: StaffRequest, message_id: int) -> HttpResponse:
    """Show one message."""
    return page(request, message_or_404(request, message_id))


def page(
    request: StaffRequest, found: Message, *, address_form: AddressForm | None = None, status: int = 200
) -> HttpResponse:
    """Return the page of `found`, with `address_form` where it has come back."""
    decides = may_decide(request, found)
    may_repeat = decides and found.state in queue.REPEATABLE
    useless = queue.why_not_again(found, now=clock.now()) if may_repeat else ""
    context = {
        "message": found,
        "letter": letter.seen(found),
        "deliveries": found.deliveries.all(),
        "correspondence": correspondence_of(found),
        "application": _application(request, found),
        "interview": _interview(found),
        "undoable": _undoable(request, found),
        "may_cancel": decides and found.state in queue.STOPPABLE,
        "may_repeat": may_repeat and not useless,
        "why_not_again": _(useless) if useless else "",
        "may_dismiss": decides and found.state == State.FAILED,
        "may_settle": decides and found.state == State.UNKNOWN,
        "siblings": _siblings(request, found),
    }
    context |= _address(request, found, address_form) if decides and not useless else {}
    return render(request, "staff/outbox/message.html", context, status=status)


@require_safe
@csp(_ONLY_TO_LOOK_AT)  # type: ignore[arg-type]
@xframe_options_sameorigin
def html(request: StaffRequest, message_id: int) -> HttpResponse:
    """Return the letter's HTML alone, for the frame on its page. Secrets in links are masked."""
    found = message_or_404(request, message_id)
    if found.channel != Channel.EMAIL:
        raise Http404
    return HttpResponse(letter.html(found))


def _application(request: StaffRequest, message: Message) -> Application | None:
    """Return the application the message is about, where the user may see it."""
    correspondence = correspondence_of(message)
    if correspondence is None or correspondence.application_id is None:
        return None
    seen = applications_for(request.user).select_related("candidate")
    return seen.filter(pk=correspondence.application_id).first()


def _undoable(request: StaffRequest, message: Message) -> list[Undoable]:
    """Return the Send that the message is part of while it can be undone, or nothing."""
    correspondence, interview = correspondence_of(message), _interview(message)
    if correspondence is None or interview is None:
        return []
    found = undoable(correspondence.project, request.user, now=clock.now())
    return [each for each in found if each.dispatch.pk == interview.dispatch_id]


def _interview(message: Message) -> Interview | None:
    """Return the interview that the message to a candidate, or to an interviewer, is about."""
    to_candidate = Q(invitations__messages__message=message)
    to_interviewer = Q(interviewer_messages__message=message)
    return Interview.objects.filter(to_candidate | to_interviewer).order_by("pk").first()


def _siblings(request: StaffRequest, message: Message) -> list[tuple[str, int, SafeString]]:
    """Return how many messages of the same Send are in each state, where there are others that the user
    may see."""
    if message.batch is None:
        return []
    counts = state_counts(messages_for(request.user).filter(batch=message.batch))
    if sum(counts.values()) < 2:
        return []
    return [(state, number, state_tag(state)) for state, number in counts.items()]


def _address(request: StaffRequest, message: Message, form: AddressForm | None) -> dict[str, Any]:
    """Return what the page says about the address of a message that failed."""
    if message.state != State.FAILED:
        return {}
    candidate = candidate_of(message)
    if candidate is None:
        user = User.objects.filter(email__iexact=message.recipient_address).first()
        return {"is_to_user": True, "recipient_user": user if request.user.has_perm(ADMINISTER) else None}
    if not request.user.has_perm(EDIT_CANDIDATE, candidate):
        return {"may_not_edit": candidate}
    others = other_failed(request, message, candidate).count()
    return {"address_form": form or AddressForm(message=message, others=others)}


def other_failed(request: StaffRequest, message: Message, candidate: Candidate) -> QuerySet[Message]:
    """Return the other messages to the candidate by the same way that failed, of those the user may
    decide about."""
    mine = messages_for(request.user, least=ProjectAccess.Level.NORMAL)
    failed = to_candidate(mine.filter(state=State.FAILED, channel=message.channel), candidate.pk)
    return failed.exclude(pk=message.pk).order_by("pk")
