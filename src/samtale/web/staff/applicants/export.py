"""Eksporter: the list as it is narrowed and sorted, as a file."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from samtale.core import clock
from samtale.recruiting.domain.export import FORMATS, order_export
from samtale.recruiting.domain.queries.applications import Listing
from samtale.web.staff.access import StaffRequest, project_or_404
from samtale.web.staff.applicants.narrowing import Narrowing
from samtale.web.staff.by_button import by_button


@by_button
def export(request: StaffRequest, project_id: int) -> HttpResponse:
    """Order the file and show how far it is."""
    project = project_or_404(request, project_id, "recruiting.export")
    narrowing = Narrowing.of(request.GET)
    file_format = request.POST.get("format", "")
    ids = Listing(narrowing.found(project), sort=narrowing.sort).ids()
    if file_format not in FORMATS or not ids:
        messages.error(request, _("Choose a format, and a list with applicants in it."))
        return redirect("staff:applications", project.pk)
    job = order_export(project=project, ids=ids, file_format=file_format, by=request.user, now=clock.now())
    return redirect("staff:job", job.pk)
