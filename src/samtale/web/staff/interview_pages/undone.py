"""What a page says that was open when the Send of its interview was undone."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from samtale.interviews.domain.queries.undone import project_of_undone
from samtale.recruiting.models import Project
from samtale.web.staff.access import VIEW, StaffRequest

View = Callable[[StaffRequest, int], HttpResponse]


def explains_undone(view: View) -> View:
    """Let a view of an interview that is gone, since its Send was undone, say so to those who may see the
    project, and lead to its applicants. Everybody else meets a 404."""

    @wraps(view)
    def explaining(request: StaffRequest, interview_id: int) -> HttpResponse:
        try:
            return view(request, interview_id)
        except Http404:
            found = project_of_undone(interview_id)
            project = Project.objects.filter(pk=found).first() if found else None
            if project is None or not request.user.has_perm(VIEW, project):
                raise
            if "HX-Request" in request.headers:  # a preview, whose page says it once something is pressed
                return HttpResponse(status=204)
            messages.warning(request, undone_words())
            return redirect("staff:applications", project.pk)

    return explaining


def undone_words() -> str:
    """Return the sentence that says what has become of the interview."""
    return _("The interview is gone, since its Send was undone. Nothing has been saved.")
