"""A message that waits, changed by hand."""

from copy import copy
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtale.accounts.models import Organisation
from samtale.core import clock
from samtale.outbox.domain import queue
from samtale.outbox.domain.edit import BadTime, BadWords, ChangedMeanwhile, TooLate, fill, tags_of
from samtale.outbox.domain.edit import edit as change
from samtale.outbox.domain.preview import marked_html
from samtale.outbox.models import Message
from samtale.outbox.models.message import Channel
from samtale.outbox.transports.sms.segments import SmsLength
from samtale.web.staff.access import StaffRequest
from samtale.web.staff.forms.message import EditForm
from samtale.web.staff.outbox import letter
from samtale.web.staff.outbox.one import message_to_decide_on
from samtale.web.staff.posted import posted


@dataclass(frozen=True)
class Preview:
    """The message as it will be read; nothing where its tags cannot be filled in."""

    subject: str = ""
    body: SafeString | str = ""
    length: SmsLength | None = None


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: StaffRequest, message_id: int) -> HttpResponse:
    """Show the words and the time of a message that waits, and take them."""
    found = message_to_decide_on(request, message_id)
    zone = ZoneInfo(Organisation.current().time_zone)
    form = EditForm(posted(request), message=found, zone=zone)
    if request.method != "POST":
        return _page(request, form) if found.state in queue.STOPPABLE else _too_late(request, found)
    if request.POST.get("go") == "preview":
        form.is_valid()
        return _page(request, form)
    return _save(request, form) if form.is_valid() else _page(request, form, status=422)


def _save(request: StaffRequest, form: EditForm) -> HttpResponse:
    message = form.message
    try:
        changed = change(
            message_id=message.pk,
            seen=form.cleaned_data["seen"],
            words=form.words,
            due_at=form.due_at,
            by=request.user,
            now=clock.now(),
        )
    except TooLate:
        return _page(request, form, status=409, is_too_late=True)
    except ChangedMeanwhile as meanwhile:
        return _page(request, form.caught_up(meanwhile.message), status=409, is_changed=True)
    except BadTime as bad:
        form.add_error("time", bad.reason)
        return _page(request, form, status=422)
    except BadWords as bad:
        form.add_bad_words(bad)
        return _page(request, form, status=422)
    if changed:
        notices.success(request, _("The message is changed."))
    else:
        notices.info(request, _("Nothing was changed."))
    return redirect("staff:message", message.pk)


def _too_late(request: StaffRequest, message: Message) -> HttpResponse:
    notices.info(request, _("Only a message that waits can be edited."))
    return redirect("staff:message", message.pk)


def _page(
    request: StaffRequest,
    form: EditForm,
    *,
    status: int = 200,
    is_changed: bool = False,
    is_too_late: bool = False,
) -> HttpResponse:
    context = {
        "form": form,
        "message": form.message,
        "stands": letter.seen(form.message),
        "tags": tags_of(form.message),
        "preview": _preview(form),
        "zone": form.zone,
        "is_changed": is_changed,
        "is_too_late": is_too_late,
    }
    return render(request, "staff/outbox/edit.html", context, status=status)


def _preview(form: EditForm) -> Preview | None:
    """Return the message with the words in the form, or None where they cannot be filled in."""
    try:
        filled = fill(form.message, form.words)
    except BadWords:
        return None
    is_sms = form.message.channel == Channel.SMS
    after = copy(form.message)
    after.content = filled.content
    return Preview(
        subject=filled.subject,
        body=marked_html(filled.content),
        length=letter.sms_length(after) if is_sms else None,
    )
