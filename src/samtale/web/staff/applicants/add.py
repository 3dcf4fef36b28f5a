"""Legg til kandidat: an application that came in another way."""

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtale.accounts.models import Organisation
from samtale.core import clock
from samtale.recruiting.domain.apply import DuplicateApplication, add_application
from samtale.recruiting.models import Application
from samtale.web.staff.access import StaffRequest, project_or_404
from samtale.web.staff.forms.applicant import ApplicantForm
from samtale.web.staff.forms.application import PERSONAL_FIELDS


@require_http_methods(["GET", "HEAD", "POST"])
def application_new(request: StaffRequest, project_id: int) -> HttpResponse:
    """Show and take the form."""
    project = project_or_404(request, project_id, "recruiting.work_in_project")
    now, zone = clock.now(), ZoneInfo(Organisation.current().time_zone)
    form = ApplicantForm(request.POST or None, today=now.astimezone(zone).date())
    duplicate = None
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            application = add_application(
                project=project,
                **{name: values[name] for name in PERSONAL_FIELDS},
                letter=values["letter"],
                cv=values["cv"],
                applied_at=form.applied_at(now=now, zone=zone),
                by=request.user,
                now=now,
            )
        except DuplicateApplication as error:
            duplicate = error.application
            form.add_error("email", _already_here(duplicate))
        else:
            _tell(request, application, is_known=application.candidate.created_at < now)
            return redirect("staff:application", application.pk)
    context = {"project": project, "form": form, "duplicate_url": _address(duplicate)}
    return render(request, "staff/applicants/new.html", context)


def _already_here(application: Application) -> str:
    if application.deleted_at:
        return _("The candidate with this e-mail address is among the deleted applications of this project.")
    return _("%(name)s has this e-mail address and is in the project already.") % {
        "name": application.candidate.name
    }


def _address(application: Application | None) -> str:
    if application is None or application.deleted_at:
        return ""
    return reverse("staff:application", args=[application.pk])


def _tell(request: StaffRequest, application: Application, *, is_known: bool) -> None:
    name = {"name": application.candidate.name}
    messages.success(request, _("%(name)s is added.") % name)
    if is_known:
        messages.info(
            request,
            _(
                "The e-mail address was known: %(name)s has applied before. "
                "Details we already had were kept; change them here if they are wrong."
            )
            % name,
        )
