"""Changes how many may say yes to a group interview."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtale.core import clock
from samtale.interviews.domain.changing import ChangedMeanwhile, ChangeRefused
from samtale.interviews.domain.queries.seats import seats_said_yes_to
from samtale.interviews.domain.seats import change_seats
from samtale.interviews.models import Interview
from samtale.interviews.models.interview import InterviewType
from samtale.web.staff.access import WORK, StaffRequest, interview_or_404
from samtale.web.staff.forms.seats import SeatsForm
from samtale.web.staff.interview_pages.undone import explains_undone
from samtale.web.staff.posted import posted


@require_http_methods(["GET", "HEAD", "POST"])
@explains_undone
def seats(request: StaffRequest, interview_id: int) -> HttpResponse:
    """Ask for the number, and keep it."""
    interview = interview_or_404(request, interview_id, WORK)
    if reason := _cannot_be_changed(interview):
        messages.warning(request, reason)
        return redirect("staff:interview", interview.pk)
    form = SeatsForm(posted(request), interview=interview)
    if form.is_valid():
        try:
            change_seats(
                interview=interview,
                seen=form.cleaned_data["seen"],
                seats=form.cleaned_data["seats"],
                by=request.user,
                now=clock.now(),
            )
        except ChangedMeanwhile:
            return _meanwhile(request, interview_id)
        except ChangeRefused as refused:
            form.add_error("seats", refused.message)
        else:
            messages.success(request, _("The number of seats is saved."))
            return redirect("staff:interview", interview.pk)
    return _page(request, interview, form)


def _cannot_be_changed(interview: Interview) -> str:
    if interview.type != InterviewType.GROUP:
        return _("Only a group interview has seats, and at least one.")
    if interview.state != Interview.State.PLANNED:
        return _("The interview is cancelled or over and can no longer be changed.")
    return ""


def _meanwhile(request: StaffRequest, interview_id: int) -> HttpResponse:
    """Show what was typed anew, with the number that somebody else has saved by now."""
    fresh = interview_or_404(request, interview_id, WORK)
    data = request.POST.copy()
    data["seen"] = "" if fresh.seats is None else str(fresh.seats)
    form = SeatsForm(data, interview=fresh)
    by_now = _("everybody") if fresh.seats is None else fresh.seats
    sentence = _("Somebody else has changed it: now %(seats)s may say yes. Save again if yours is right.")
    form.add_error("seats", sentence % {"seats": by_now})
    return _page(request, fresh, form, status=HTTPStatus.CONFLICT)


def _page(
    request: StaffRequest, interview: Interview, form: SeatsForm, *, status: HTTPStatus | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "interview": interview,
        "project": interview.project,
        "taken": seats_said_yes_to(interview),
    }
    usual = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "staff/interview/seats.html", context, status=status or usual)
