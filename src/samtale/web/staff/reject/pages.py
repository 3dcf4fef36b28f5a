"""The page that rejects. Everything comes by POST, and nothing is stored before Reject is pressed."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samtale.core import clock
from samtale.interviews.models import Invitation
from samtale.outbox.tags import GENERAL_TAGS
from samtale.recruiting.domain.reject import Carried, Rejected, RejectionRefused, rejected_before
from samtale.recruiting.domain.reject import reject as reject_applications
from samtale.recruiting.domain.reject_many import rejected_words, stuck_words, without_letter_words
from samtale.recruiting.models import Project
from samtale.web.staff.access import StaffRequest, project_or_404
from samtale.web.staff.by_button import by_button
from samtale.web.staff.names import some
from samtale.web.staff.reject.draft import RejectDraft
from samtale.web.staff.too_late import tell_too_late

_PERMISSION = "recruiting.reject"
_LONGEST_ID = 19  # digits


def begin(request: StaffRequest, project: Project, application_ids: Sequence[int]) -> HttpResponse:
    """Show the page for applicants who were just ticked."""
    draft = RejectDraft(project, request.user, applications=application_ids, data=None, now=clock.now())
    return _page(request, draft)


@by_button
def reject(request: StaffRequest, project_id: int) -> HttpResponse:
    """Show the page again, or reject, as the pressed button says."""
    draft = _draft(request, project_id)
    if earlier := rejected_before(draft.send_key):
        return _done_already(request, draft, earlier)
    if request.POST.get("go") != "reject" or not draft.applications:
        return _page(request, draft, is_checked=False)
    if not draft.is_valid():
        return _page(request, draft)
    try:
        carried = reject_applications(
            project=draft.project,
            applications=draft.applications,
            plan=draft.plan(),
            send_key=draft.send_key,
            by=request.user,
            now=draft.now,
        )
    except RejectionRefused as refusal:
        field = refusal.field if refusal.field in draft.form.fields else None
        draft.form.add_error(field, refusal.message)
        return _page(request, draft)
    if not carried.is_new:
        return _done_already(request, draft, carried)
    if carried.job:
        return redirect("staff:job", carried.job.pk)
    if carried.outcome:
        _tell(request, draft, carried.outcome)
    return redirect("staff:applications", project_id=draft.project.pk)


@require_POST
def preview(request: StaffRequest, project_id: int) -> HttpResponse:
    """Return what the chosen applicant will get (a part of the page)."""
    draft = _draft(request, project_id)
    return render(request, "staff/letters/preview.html", {"preview": draft.preview})


def _draft(request: StaffRequest, project_id: int) -> RejectDraft:
    project = project_or_404(request, project_id, _PERMISSION)
    given = ",".join(request.POST.getlist("application")).split(",")
    ids = [int(each) for each in given if each.isdecimal() and len(each) < _LONGEST_ID]
    return RejectDraft(project, request.user, applications=ids, data=request.POST, now=clock.now())


def _page(request: StaffRequest, draft: RejectDraft, *, is_checked: bool = True) -> HttpResponse:
    if not is_checked:  # only looked at: nothing is an error yet
        draft.form.errors.clear()
        for texts in draft.words.forms.values():
            texts.errors.clear()
    return render(
        request,
        "staff/reject/reject.html",
        {
            "draft": draft,
            "project": draft.project,
            "form": draft.form,
            "text_forms": list(draft.words.forms.values()),
            "preview": draft.preview,
            "tags": GENERAL_TAGS,
            "stuck": some([each.candidate.name for each in draft.stuck]),
            "without_email": some([each.candidate.name for each in draft.without_email]),
            "unreachable": some([each.candidate.name for each in draft.unreachable]),
            "expected": some([each.application.candidate.name for each in draft.expected]),
        },
    )


def _tell(request: StaffRequest, draft: RejectDraft, outcome: Rejected) -> None:
    if outcome.rejected:
        messages.success(request, rejected_words(len(outcome.rejected)))
    if outcome.stuck:
        messages.warning(request, stuck_words(some([each.candidate.name for each in outcome.stuck])))
    if outcome.without_letter:
        messages.warning(request, without_letter_words(len(outcome.without_letter)))
    tell_too_late(request, Invitation.objects.filter(application__in=outcome.rejected), since=draft.now)


def _done_already(request: StaffRequest, draft: RejectDraft, earlier: Carried) -> HttpResponse:
    if earlier.job:
        return redirect("staff:job", earlier.job.pk)
    messages.info(request, _("These applicants were rejected already. Nothing was sent again."))
    return redirect("staff:applications", project_id=draft.project.pk)
