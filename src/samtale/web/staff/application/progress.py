"""What is done with one application from its own page."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samtale.core import clock
from samtale.recruiting.domain.notes import add_note
from samtale.recruiting.domain.progress import IllegalTransition, set_status
from samtale.recruiting.models import Application
from samtale.recruiting.statuses import CLOSING
from samtale.web.staff.access import WORK, StaffRequest, application_or_404, writable_application_or_404
from samtale.web.staff.application.page import application_page
from samtale.web.staff.forms.application import NoteForm, StatusForm
from samtale.web.staff.too_late import tell_reopened, tell_too_late


@require_POST
def status(request: StaffRequest, application_id: int) -> HttpResponse:
    """Give the application another status for the project."""
    application = application_or_404(request, application_id, WORK)
    form = StatusForm(request.POST, application=application, user=request.user)
    if not form.is_valid():
        return application_page(request, application, status_form=form)
    chosen, now = form.cleaned_data, clock.now()
    try:
        set_status(
            applications=[application],
            status=chosen["status"],
            reason=chosen["reason"],
            by=request.user,
            now=now,
        )
    except IllegalTransition:
        # Somebody else moved it between the form's check and ours.
        messages.error(request, _("The status has been changed by someone else. Look at it again."))
    else:
        label = Application.Status(chosen["status"]).label
        messages.success(request, _("The status for the project is now “%(status)s”.") % {"status": label})
        if chosen["status"] in CLOSING:
            tell_too_late(request, application.invitations.all(), since=now)
        tell_reopened(request, [application], since=now)
    return redirect("staff:application", application.pk)


@require_POST
def note(request: StaffRequest, application_id: int) -> HttpResponse:
    """Add a note for colleagues."""
    application = writable_application_or_404(request, application_id)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return application_page(request, application, note_form=form)
    add_note(application=application, text=form.cleaned_data["text"], by=request.user, now=clock.now())
    messages.success(request, _("The note is added."))
    return HttpResponseRedirect(reverse("staff:application", args=[application.pk]) + "#notes")
