"""Anonymising a candidate, after a question that names what goes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtale.core import clock
from samtale.recruiting.domain.anonymise import anonymise_candidate
from samtale.recruiting.domain.queries.candidates import what_is_kept
from samtale.web.staff.access import ANONYMISE, VIEW, StaffRequest, application_or_404, require
from samtale.web.staff.too_late import tell_left


@require_http_methods(["GET", "HEAD", "POST"])
def anonymise(request: StaffRequest, application_id: int) -> HttpResponse:
    """Ask, and take the candidate out of everything."""
    application = application_or_404(request, application_id, VIEW)
    candidate = application.candidate
    if candidate.anonymised_at:
        return redirect("staff:application", application.pk)
    require(request.user, ANONYMISE, application)
    if "confirmed" not in request.POST:
        context = {
            "application": application,
            "candidate": candidate,
            "project": application.project,
            "kept": what_is_kept(candidate),
        }
        return render(request, "staff/application/anonymise.html", context)
    leaving = anonymise_candidate(candidate=candidate, by=request.user, now=clock.now())
    messages.success(request, _("The applicant is anonymised."))
    tell_left(request, leaving)
    return redirect("staff:application", application.pk)
