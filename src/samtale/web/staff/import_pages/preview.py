"""Looking at what an import would do, and doing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from samtale.core import clock
from samtale.recruiting.domain.import_applicants import (
    Mapping,
    MissingColumns,
    NothingImported,
    Table,
    check,
    drafts,
    in_parts,
)
from samtale.recruiting.domain.import_applicants.drafts import DraftGone
from samtale.recruiting.models import ImportDraft, Project
from samtale.web.staff.access import WORK, StaffRequest, project_or_404
from samtale.web.staff.forms.import_applicants import MappingForm
from samtale.web.staff.import_pages.shown import shown


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: StaffRequest, project_id: int, draft_id: int) -> HttpResponse:
    """Show what the import would do with the columns of the address; POST does it."""
    project = project_or_404(request, project_id, WORK)
    try:
        draft = drafts.find(project=project, draft_id=draft_id, by=request.user, now=clock.now())
        if request.method == "POST":
            return _import(request, project, draft)
    except DraftGone as gone:
        if job := in_parts.ordered(project=project, draft_id=draft_id, by=request.user):
            return redirect("staff:job", job.pk)
        messages.info(request, str(gone))
        return redirect("staff:applications", project.pk)
    return _page(request, project, draft, request.GET)


@require_POST
def discard(request: StaffRequest, project_id: int, draft_id: int) -> HttpResponse:
    """Import nothing, and forget the file."""
    project = project_or_404(request, project_id, WORK)
    drafts.discard(project=project, draft_id=draft_id, by=request.user)
    messages.info(request, _("Nothing was imported."))
    return redirect("staff:import", project.pk)


def _import(request: StaffRequest, project: Project, draft: ImportDraft) -> HttpResponse:
    form = MappingForm(drafts.table_of(draft), request.POST)
    only_good = request.POST.get("only_good") == "1"
    given: dict[str, Any] = {"project": project, "draft_id": draft.pk}
    given |= {"mapping": form.mapping, "only_good": only_good}
    try:
        if len(draft.rows) > in_parts.MANY:
            job = in_parts.order_draft(**given, by=request.user, now=clock.now())
            return redirect("staff:job", job.pk)
        result = drafts.run_draft(**given, by=request.user, now=clock.now())
    except (MissingColumns, NothingImported) as error:
        return _page(request, project, draft, request.POST, refusal=str(error), status=422)
    messages.success(
        request,
        ngettext("%(count)d applicant was imported.", "%(count)d applicants were imported.", result.created)
        % {"count": result.created},
    )
    return redirect("staff:applications", project.pk)


def _page(
    request: StaffRequest,
    project: Project,
    draft: ImportDraft,
    data: QueryDict,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    table = drafts.table_of(draft)
    form = MappingForm(table, data or None)
    context: dict[str, Any] = {"project": project, "draft": draft, "table": table, "form": form}
    context |= {"refusal": refusal} | _findings(project, table, form.mapping)
    return render(request, "staff/import/preview.html", context, status=status)


def _findings(project: Project, table: Table, mapping: Mapping) -> dict[str, Any]:
    try:
        report = check(table, mapping, project, now=clock.now())
    except MissingColumns as error:
        return {"missing": str(error), "found": None}
    return {"missing": "", "found": shown(report, table, mapping)}
