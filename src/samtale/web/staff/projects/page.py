"""Søknadshåndtering: the page of one project."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samtale.core import clock
from samtale.interviews.domain.queries.standing import coming_interviews
from samtale.outbox.domain.queries.messages import waiting
from samtale.outbox.models import Message
from samtale.recruiting.domain.projects import complete_project, reopen_project
from samtale.recruiting.domain.queries.correspondence import of_project
from samtale.recruiting.domain.queries.projects import summary
from samtale.recruiting.domain.queries.team import team_of
from samtale.recruiting.statuses import HANDLED, IN_PROGRESS, WAITING
from samtale.web.staff.access import StaffRequest, project_or_404

EDIT = "recruiting.edit_project"


@require_safe
def project(request: StaffRequest, project_id: int) -> HttpResponse:
    """Show how many applications stand where, the project's facts and its team."""
    shown = project_or_404(request, project_id)
    counts = summary(shown)
    return render(
        request,
        "staff/projects/project.html",
        {
            "project": shown,
            "counts": counts,
            "waiting": [(status, counts.by_status[status]) for status in WAITING],
            "in_progress": [(status, counts.by_status[status]) for status in IN_PROGRESS],
            "handled": [(status, counts.by_status[status]) for status in HANDLED],
            "team": team_of(shown),
            "may_work": request.user.has_perm("recruiting.work_in_project", shown),
            "may_edit": request.user.has_perm(EDIT, shown),
        },
    )


@require_POST
def complete(request: StaffRequest, project_id: int) -> HttpResponse:
    """Move the project to the completed ones, after asking: much may still be under way in it."""
    shown, now = project_or_404(request, project_id, EDIT), clock.now()
    if "confirmed" not in request.POST:
        context = {
            "project": shown,
            "interviews": coming_interviews(shown, now=now).count(),
            "messages_waiting": waiting(of_project(Message.objects.all(), shown.pk)).count(),
        }
        return render(request, "staff/projects/complete.html", context)
    complete_project(project=shown, by=request.user, now=now)
    messages.success(request, _("The project is completed."))
    return redirect("staff:project", shown.pk)


@require_POST
def reopen(request: StaffRequest, project_id: int) -> HttpResponse:
    """Take the project back from the completed ones."""
    shown = project_or_404(request, project_id, EDIT)
    reopen_project(project=shown, by=request.user, now=clock.now())
    messages.success(request, _("The project is open again."))
    return redirect("staff:project", shown.pk)
