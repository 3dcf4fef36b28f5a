"""Choosing a file."""

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from samtale.core import clock
from samtale.recruiting.domain.import_applicants import Field, drafts, limits
from samtale.recruiting.domain.import_applicants.reading import too_big
from samtale.recruiting.models import Project
from samtale.web.staff.access import WORK, StaffRequest, project_or_404
from samtale.web.staff.forms.import_applicants import UploadForm

_AROUND_THE_FILE = 64 * 1024  # bytes: the other parts of the request


@csrf_exempt  # the token is in the body, which may be too big to be read; `_upload` asks for it
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: StaffRequest, project_id: int) -> HttpResponse:
    """Show the form, or take a file. One that is far too big is refused before any of it is read."""
    project = project_or_404(request, project_id, WORK)
    if _announced_size(request) > limits.FILE_BYTES + _AROUND_THE_FILE:
        return _page(request, project, UploadForm(), refusal=str(too_big()), status=413)
    response: HttpResponse = _upload(request, project)
    return response


@csrf_protect
def _upload(request: StaffRequest, project: Project) -> HttpResponse:
    if request.method != "POST":
        return _page(request, project, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, project, form, status=422)
    draft = drafts.keep(
        project=project,
        table=form.table,
        filename=form.cleaned_data["file"].name,
        by=request.user,
        now=clock.now(),
    )
    return redirect("staff:import-preview", project.pk, draft.pk)


@require_safe
def template(request: StaffRequest, project_id: int) -> HttpResponse:
    """Give an empty file with the column headers, as Excel opens it without a question."""
    project_or_404(request, project_id, WORK)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_("applicants")}.csv"'
    response.write("\ufeff")
    csv.writer(response, delimiter=";").writerow(field.label for field in Field if field != Field.NAME)
    return response


def _page(
    request: StaffRequest, project: Project, form: UploadForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {"project": project, "form": form, "refusal": refusal}
    return render(request, "staff/import/upload.html", context, status=status)


def _announced_size(request: HttpRequest) -> int:
    """Return the length of the body in bytes. A body without an announced length is not read at all."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0
