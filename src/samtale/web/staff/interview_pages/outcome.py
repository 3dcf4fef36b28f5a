"""Records how one interview went."""

from collections.abc import Sequence
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtale.core import clock
from samtale.core.transitions import IllegalTransition
from samtale.interviews.domain.changing import ChangedMeanwhile, ChangeRefused
from samtale.interviews.domain.outcome import concerned_by, record_outcome
from samtale.interviews.domain.queries.recorded import can_have_outcome
from samtale.interviews.domain.seen import SeenOutcome
from samtale.interviews.models import Interview, Invitation
from samtale.interviews.models.invitation import MeetingStatus
from samtale.interviews.results import LABELS
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
    if reason := _cannot_be_recorded(interview, invitations):
        return _away(request, interview, reason)
    form = OutcomeForm(posted(request), interview=interview, invitations=invitations)
    try:
        if form.is_valid() and _recorded(request, interview, form):
            return go_on(request, interview)
    except ChangedMeanwhile:
        return _asked_again(request, interview_id, form)
    return _page(request, interview, form)


def _cannot_be_recorded(interview: Interview, invitations: Sequence[Invitation]) -> str:
    if interview.start > clock.now():
        return _("The outcome can be recorded once the interview has started.")
    if not can_have_outcome(interview):
        return _("The interview was called off before it started, so there is no outcome to record.")
    if not invitations:
        return _("Nobody was still invited to the interview, so there is no outcome to record.")
    return ""


def _away(request: StaffRequest, interview: Interview, reason: str) -> HttpResponse:
    messages.warning(request, reason)
    return go_on(request, interview)


def _asked_again(request: StaffRequest, interview_id: int, form: OutcomeForm) -> HttpResponse:
    """Show what has changed while the page was open, with what was typed."""
    interview = interview_or_404(request, interview_id, WORK)
    invitations = concerned_by(interview)
    if reason := _cannot_be_recorded(interview, invitations):
        return _away(request, interview, reason)
    fresh = form.caught_up(interview, invitations)
    return _page(request, interview, fresh, changes=_changes(form.seen, fresh.stands, invitations))


def _page(
    request: StaffRequest, interview: Interview, form: OutcomeForm, *, changes: Sequence[str] = ()
) -> HttpResponse:
    context = {
        "form": form,
        "interview": interview,
        "project": interview.project,
        "changes": changes,
        "next": next_of(request),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    status = HTTPStatus.CONFLICT if changes else status
    return render(request, "staff/interview/outcome.html", context, status=status)


def _recorded(request: StaffRequest, interview: Interview, form: OutcomeForm) -> bool:
    try:
        applications = record_outcome(
            interview=interview,
            seen=form.seen,
            results=form.results(),
            moves_on_to=form.cleaned_data["moves_on_to"],
            by=request.user,
            now=clock.now(),
        )
    except ChangeRefused as refused:
        form.add_error(next(iter(form.names)), refused.message)
    except IllegalTransition:
        form.add_error("moves_on_to", _("Somebody else changed one of them at the same moment. Look again."))
    else:
        messages.success(request, _("The outcome is recorded."))
        tell_corrected(request, applications)
        return True
    return False


def _changes(seen: SeenOutcome | None, stands: SeenOutcome, invitations: Sequence[Invitation]) -> list[str]:
    """Return in sentences what is no longer as it was shown."""
    if seen is None:
        return [_("It cannot be told what you were shown. Compare with how the interview stands now.")]
    found = []
    if seen.version != stands.version:
        found.append(_("Time, place or company has been changed. How it is now is shown beside."))
    names = {each.pk: each.application.candidate.name for each in invitations}
    for pk, (meeting_status, result) in stands.candidates.items():
        if pk not in seen.candidates:
            found.append(_("%(name)s has been added.") % {"name": names[pk]})
            continue
        old_status, old_result = seen.candidates[pk]
        if result != old_result:
            said = {"name": names[pk], "result": LABELS[result]}
            found.append(_("%(name)s: the outcome is now “%(result)s”.") % said)
        if meeting_status != old_status:
            said = {"name": names[pk], "status": MeetingStatus(meeting_status).label}
            found.append(_("%(name)s: the meeting status is now “%(status)s”.") % said)
    gone = Invitation.objects.filter(pk__in=seen.candidates.keys() - stands.candidates.keys())
    found += [
        _("%(name)s is no longer invited to the interview.") % {"name": each.application.candidate.name}
        for each in gone.select_related("application__candidate").order_by("application__sort_name", "pk")
    ]
    return found or [_("It has been changed since you opened the page. Look at it again.")]
