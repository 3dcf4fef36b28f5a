"""The buttons of one message."""

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samtale.core import clock
from samtale.outbox.domain import bulk, queue, settle
from samtale.web.staff.access import StaffRequest
from samtale.web.staff.outbox.one import message_to_decide_on


@require_POST
def cancel(request: StaffRequest, message_id: int) -> HttpResponse:
    """Stop a message that has not begun to leave."""
    found = message_to_decide_on(request, message_id)
    if queue.cancel([found.pk], by=request.user, now=clock.now(), reason=queue.STOPPED_BY_HAND):
        notices.success(request, _("The message is stopped and will not be sent."))
    elif queue.too_late([found.pk]).exists():
        notices.error(request, _("It was too late to stop the message: it has been sent or is being sent."))
    else:
        notices.info(request, _("The message had been stopped already."))
    return redirect("staff:message", found.pk)


@require_POST
def hurry(request: StaffRequest, message_id: int) -> HttpResponse:
    """Let a message that waits leave now."""
    found = message_to_decide_on(request, message_id)
    outcome = bulk.hurry_all([found.pk], by=request.user, now=clock.now())
    for _message, reason in outcome.refused:
        sentence = _("The message cannot be sent now. %(reason)s")
        notices.error(request, sentence % {"reason": _(reason)})
    if outcome.done:
        notices.success(request, _("The message will be sent now."))
    return redirect("staff:message", found.pk)


@require_POST
def again(request: StaffRequest, message_id: int) -> HttpResponse:
    """Let a message that failed, or of which nobody knows whether it arrived, leave once more."""
    found = message_to_decide_on(request, message_id)
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
    found = message_to_decide_on(request, message_id)
    if queue.dismiss(found, by=request.user, now=clock.now(), reason=bulk.DISMISSED_BY_HAND):
        notices.success(request, _("The message is dismissed and will not be sent."))
    else:
        notices.info(request, _("The message need not be dismissed: it is not among the failed ones."))
    return redirect("staff:message", found.pk)


@require_POST
def arrived(request: StaffRequest, message_id: int) -> HttpResponse:
    """Hold a message of which nobody knows to have arrived."""
    found = message_to_decide_on(request, message_id)
    if settle.hold_arrived(found, by=request.user, now=clock.now()):
        notices.success(request, _("The message counts as sent."))
    else:
        notices.info(request, _("It is known by now what became of the message."))
    return redirect("staff:message", found.pk)


@require_POST
def leave(request: StaffRequest, message_id: int) -> HttpResponse:
    """Leave a message of which nobody knows as it is."""
    found = message_to_decide_on(request, message_id)
    if settle.leave(found, by=request.user, now=clock.now()):
        notices.success(request, _("The message is left as it is and will not be sent again."))
    else:
        notices.info(request, _("It is known by now what became of the message."))
    return redirect("staff:message", found.pk)
