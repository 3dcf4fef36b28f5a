"""The page of one job. It is for whoever ordered it, and for administrators."""

from pathlib import PurePosixPath

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samtale.core import clock
from samtale.interviews.domain.queries.leaving import left_meanwhile
from samtale.interviews.models import Invitation
from samtale.jobs import kinds
from samtale.jobs.domain.order import stop
from samtale.jobs.models import Job
from samtale.recruiting.domain import many, reject
from samtale.recruiting.domain.export import FORMATS
from samtale.recruiting.models import Project
from samtale.recruiting.statuses import CLOSING
from samtale.web.staff.access import ADMINISTER, VIEW, StaffRequest
from samtale.web.staff.job_pages.shown import announcement, count, state_tag
from samtale.web.staff.too_late import left_words

_BINARY = "application/octet-stream"


@require_safe
def job(request: StaffRequest, job_id: int) -> HttpResponse:
    """Show how far the job is. The page asks anew by itself until it has ended."""
    found = _job_or_404(request, job_id)
    kind = kinds.find(found.kind)
    project = Project.objects.filter(pk=found.project_id).first()
    if project is not None and not request.user.has_perm(VIEW, project):
        project = None
    context = {
        "job": found,
        "label": kinds.label(found.kind),
        "count": count(found),
        "state": state_tag(found),
        "sentences": kind.sentences(found) if kind else [],
        "too_late": "" if found.is_active else _too_late(found),
        "announcement": announcement(found),
        "may_download": bool(found.file and kind and kind.is_allowed(found, request.user)),
        "project": project,
        "back_url": reverse("staff:applications", args=[project.pk]) if project else reverse("staff:start"),
    }
    return render(request, "staff/jobs/job.html", context)


@require_POST
def stop_job(request: StaffRequest, job_id: int) -> HttpResponse:
    """Let the job end after the part that is being done."""
    stop(job=_job_or_404(request, job_id), by=request.user, now=clock.now())
    return redirect("staff:job", job_id)


@require_safe
def file(request: StaffRequest, job_id: int) -> HttpResponseBase:
    """Give the job's file to whoever may still have it."""
    found = _job_or_404(request, job_id)
    kind = kinds.find(found.kind)
    if kind is None or not kind.is_allowed(found, request.user):
        raise PermissionDenied
    if not found.file or not default_storage.exists(found.file):
        raise Http404(_("The file is gone."))
    name = PurePosixPath(found.file).name
    response = FileResponse(
        default_storage.open(found.file),
        as_attachment=True,
        filename=name,
        content_type=FORMATS.get(name.rpartition(".")[2], _BINARY),
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _job_or_404(request: StaffRequest, job_id: int) -> Job:
    found = get_object_or_404(Job.objects.select_related("created_by"), pk=job_id)
    if found.created_by_id != request.user.pk and not request.user.has_perm(ADMINISTER):
        raise Http404
    return found


def _too_late(found: Job) -> str:
    """Name the letters that were leaving while the job closed applications."""
    closed = Invitation.objects.filter(application__project=found.project_id)
    if found.kind == reject.KIND:
        closed = closed.filter(application__rejections__dispatch=found.payload["dispatch"])
    elif found.kind == many.KIND and found.payload["status"] in CLOSING:
        closed = closed.filter(
            application__status=found.payload["status"],
            application__pk__range=(found.payload["first"], found.payload["last"]),
        )
    else:
        return ""
    return left_words(left_meanwhile(closed, since=found.created_at))
