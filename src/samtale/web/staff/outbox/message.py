"""One message: exactly what was or will be sent, and what became of it."""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp
from django.contrib import messages as notices
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from samtale.accounts.models import Organisation
from samtale.core import clock
from samtale.interviews.models import InvitationMessage
from samtale.outbox.domain import queue
from samtale.outbox.models import Message
from samtale.outbox.models.message import Channel, State
from samtale.recruiting.domain.queries.applications import applications_for
from samtale.recruiting.domain.queries.correspondence import messages_for
from samtale.recruiting.models import Application, Correspondence
from samtale.web.staff.access import ADMINISTER, WORK, StaffRequest
from samtale.web.staff.invite.undo import Undoable, undoable
from samtale.web.staff.outbox import letter

# A letter is other people's words in our window: it may be looked at and nothing else.
_ONLY_TO_LOOK_AT = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [SELF],
    "sandbox": [True],
}
DISMISSED_BY_HAND = gettext_noop("Could not be sent, and was dismissed.")


@require_safe
def message(request: StaffRequest, message_id: int) -> HttpResponse:
    """Show one message."""
    found = _message_or_404(request, message_id)
    may_repeat = found.state in queue.REPEATABLE and _may_decide(request, found)
    useless = queue.why_not_again(found, now=clock.now()) if may_repeat else ""
    context = {
        "message": found,
        "letter": letter.seen(found),
        "deliveries": found.deliveries.all(),
        "zone": Organisation.current().time_zone,
        "correspondence": _correspondence(found),
        "application": _application(request, found),
        "about": _about_invitation(found),
        "undoable": _undoable(request, found),
        "may_cancel": found.state in queue.STOPPABLE and _may_decide(request, found),
        "may_repeat": may_repeat and not useless,
        "why_not_again": _(useless) if useless else "",
        "may_dismiss": found.state == State.FAILED and _may_decide(request, found),
    }
    return render(request, "staff/outbox/message.html", context)


@require_safe
@csp(_ONLY_TO_LOOK_AT)  # type: ignore[arg-type]
@xframe_options_sameorigin
def html(request: StaffRequest, message_id: int) -> HttpResponse:
    """Return the letter's HTML alone, for the frame on its page. Secrets in links are masked."""
    found = _message_or_404(request, message_id)
    if found.channel != Channel.EMAIL:
        raise Http404
    return HttpResponse(letter.html(found))


@require_POST
def cancel(request: StaffRequest, message_id: int) -> HttpResponse:
    """Stop a message that has not begun to leave."""
    found = _message_to_decide_on(request, message_id)
    if queue.cancel([found.pk], by=request.user, now=clock.now(), reason=queue.STOPPED_BY_HAND):
        notices.success(request, _("The message is stopped and will not be sent."))
    elif queue.too_late([found.pk]).exists():
        notices.error(request, _("It was too late to stop the message: it has been sent or is being sent."))
    else:
        notices.info(request, _("The message had been stopped already."))
    return redirect("staff:message", found.pk)


@require_POST
def again(request: StaffRequest, message_id: int) -> HttpResponse:
    """Let a message that failed, or of which nobody knows whether it arrived, leave once more."""
    found = _message_to_decide_on(request, message_id)
    try:
        if queue.send_again(found, by=request.user, now=clock.now()):
            notices.success(request, _("The message will be sent again."))
        else:
            notices.info(request, _("The message need not be sent again."))
    except queue.NoLongerTrue as refusal:
        reason = _(refusal.reason)
        notices.error(request, _("The message cannot be sent again. %(reason)s") % {"reason": reason})
    return redirect("staff:message", found.pk)


@require_POST
def dismiss(request: StaffRequest, message_id: int) -> HttpResponse:
    """Let a message that failed stay unsent, so that it no longer waits for anyone."""
    found = _message_to_decide_on(request, message_id)
    if queue.dismiss(found, by=request.user, now=clock.now(), reason=DISMISSED_BY_HAND):
        notices.success(request, _("The message is dismissed and will not be sent."))
    else:
        notices.info(request, _("The message need not be dismissed: it is not among the failed ones."))
    return redirect("staff:message", found.pk)


def _message_or_404(request: StaffRequest, message_id: int) -> Message:
    return get_object_or_404(
        messages_for(request.user).select_related(
            "created_by", "correspondence__project__department", "correspondence__application__candidate"
        ),
        pk=message_id,
    )


def _correspondence(message: Message) -> Correspondence | None:
    return getattr(message, "correspondence", None)


def _message_to_decide_on(request: StaffRequest, message_id: int) -> Message:
    found = _message_or_404(request, message_id)
    if not _may_decide(request, found):
        raise PermissionDenied
    return found


def _may_decide(request: StaffRequest, message: Message) -> bool:
    """Say whether the user may stop the message or send it again."""
    correspondence = _correspondence(message)
    if correspondence is None:
        return request.user.has_perm(ADMINISTER)
    return request.user.has_perm(WORK, correspondence.project)


def _application(request: StaffRequest, message: Message) -> Application | None:
    """Return the application the message is about, where the user may see it."""
    correspondence = _correspondence(message)
    if correspondence is None or correspondence.application_id is None:
        return None
    seen = applications_for(request.user).select_related("candidate")
    return seen.filter(pk=correspondence.application_id).first()


def _undoable(request: StaffRequest, message: Message) -> list[Undoable]:
    """Return the Send that the message is part of while it can be undone, or nothing."""
    correspondence, about = _correspondence(message), _about_invitation(message)
    if correspondence is None or about is None:
        return []
    found = undoable(correspondence.project, request.user, now=clock.now())
    return [each for each in found if each.dispatch.pk == about.invitation.interview.dispatch_id]


def _about_invitation(message: Message) -> InvitationMessage | None:
    return InvitationMessage.objects.filter(message=message).select_related("invitation__interview").first()
