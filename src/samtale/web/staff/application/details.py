"""Personal details, letter and CV, changed by hand."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtale.core import clock
from samtale.outbox import kinds
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from samtale.recruiting.domain.apply import CandidateEmailTaken, update_candidate
from samtale.recruiting.domain.texts import update_texts
from samtale.recruiting.models import Application, Candidate
from samtale.web.staff.access import (
    EDIT_CANDIDATE,
    WORK,
    StaffRequest,
    application_or_404,
    require,
    writable_application_or_404,
)
from samtale.web.staff.forms.application import CorrectionForm, TextsForm
from samtale.web.staff.posted import posted


@require_http_methods(["GET", "HEAD", "POST"])
def personal(request: StaffRequest, application_id: int) -> HttpResponse:
    """Endre personalia."""
    application = application_or_404(request, application_id, WORK)
    require(request.user, EDIT_CANDIDATE, application)
    candidate = application.candidate
    form = CorrectionForm(posted(request), candidate=candidate)
    if form.is_valid() and _saved(request, candidate, form):
        return redirect("staff:application", application.pk)
    return _form_page(request, "personal", form, application, title=_("Edit personal details"))


def _saved(request: StaffRequest, candidate: Candidate, form: CorrectionForm) -> bool:
    try:
        left_behind = update_candidate(
            candidate=candidate, **form.cleaned_data, by=request.user, now=clock.now()
        )
    except CandidateEmailTaken:
        form.add_taken_email()
        return False
    messages.success(request, _("The personal details are saved."))
    name_left_behind(request, left_behind)
    return True


def name_left_behind(request: StaffRequest, left_behind: Sequence[Message]) -> None:
    """Name the letters that the correction came too late for, and those that ended with it."""
    went: dict[str, list[str]] = {}
    for letter in left_behind:
        if letter.state == State.CANCELLED:
            sentence = _("Will not be sent: %(letter)s. %(reason)s")
            messages.warning(request, sentence % {"letter": kinds.label(letter.kind), "reason": letter.why})
        else:
            went.setdefault(letter.recipient_address, []).append(kinds.label(letter.kind))
    for address, letters in went.items():
        sentence = _(
            "Sent to %(address)s already, or being sent: %(letters)s. Links to answer by stay valid there."
        )
        messages.warning(request, sentence % {"address": address, "letters": ", ".join(letters)})


@require_http_methods(["GET", "HEAD", "POST"])
def texts(request: StaffRequest, application_id: int) -> HttpResponse:
    """Edit the application letter and the CV text."""
    application = writable_application_or_404(request, application_id)
    form = TextsForm(posted(request), initial={"letter": application.letter, "cv": application.cv})
    if form.is_valid():
        update_texts(application=application, **form.cleaned_data, by=request.user, now=clock.now())
        messages.success(request, _("The texts are saved."))
        return redirect("staff:application", application.pk)
    return _form_page(request, "texts", form, application, title=_("Edit letter and CV"))


def _form_page(
    request: StaffRequest,
    name: str,
    form: CorrectionForm | TextsForm,
    application: Application,
    *,
    title: str,
) -> HttpResponse:
    context = {
        "form": form,
        "page_title": title,
        "application": application,
        "candidate": application.candidate,
        "project": application.project,
    }
    status = 422 if form.is_bound else 200
    return render(request, f"staff/application/{name}.html", context, status=status)
