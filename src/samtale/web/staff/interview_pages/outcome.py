"""Records how one interview went."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtale.core import clock
from samtale.core.transitions import IllegalTransition
from samtale.interviews.domain.changing import ChangedMeanwhile, ChangeRefused
from samtale.interviews.domain.outcome import concerned_by, record_outcome
from samtale.interviews.models import Interview
from samtale.web.staff.access import WORK, StaffRequest, interview_or_404
from samtale.web.staff.forms.outcome import OutcomeForm
from samtale.web.staff.interview_pages.corrected import tell_corrected
from samtale.web.staff.interview_pages.links import go_on, next_of
from samtale.web.staff.posted import posted


@require_http_methods(["GET", "HEAD", "POST"])
def outcome(request: StaffRequest, interview_id: int) -> HttpResponse:
    """Ask how it went for each candidate, and record it."""
    interview = interview_or_404(request, interview_id, WORK)
    invitations = concerned_by(interview)
    if interview.start > clock.now():
        messages.warning(request, _("The outcome can be recorded once the interview has started."))
        return go_on(request, interview)
    if not invitations:
        messages.warning(
            request, _("Nobody was still invited to the interview, so there is no outcome to record.")
        )
        return go_on(request, interview)
    form = OutcomeForm(posted(request), interview=interview, invitations=invitations)
    if form.is_valid() and _recorded(request, interview, form):
        return go_on(request, interview)
    context = {
        "form": form,
        "interview": interview,
        "project": interview.project,
        "next": next_of(request),
    }
    return render(request, "staff/interview/outcome.html", context, status=422 if form.is_bound else 200)


def _recorded(request: StaffRequest, interview: Interview, form: OutcomeForm) -> bool:
    try:
        applications = record_outcome(
            interview=interview,
            results=form.results(),
            moves_on_to=form.cleaned_data["moves_on_to"],
            by=request.user,
            now=clock.now(),
        )
    except ChangeRefused as refused:
        form.add_error(next(iter(form.names)), refused.message)
    except ChangedMeanwhile:
        form.add_error(None, _("The interview no longer exists."))
    except IllegalTransition:
        form.add_error("moves_on_to", _("Somebody else changed one of them at the same moment. Look again."))
    else:
        messages.success(request, _("The outcome is recorded."))
        tell_corrected(request, applications)
        return True
    return False
