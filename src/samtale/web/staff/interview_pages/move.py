"""Moves an interview. The calendar leads here too, so that nothing moves by a slip of the hand."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from samtale.core import clock
from samtale.interviews.domain.bookings import DoubleBooked
from samtale.interviews.domain.changing import ChangedMeanwhile, ChangeRefused
from samtale.interviews.domain.overbooking import MayNotOverbook
from samtale.interviews.domain.queries.following import letters_that_followed
from samtale.interviews.domain.reschedule import Moved, reschedule
from samtale.interviews.models import Interview, InvitationMessage
from samtale.interviews.models.invitation import MeetingStatus
from samtale.interviews.tags import INVITATION_TAGS
from samtale.web.staff.access import WORK, StaffRequest, interview_or_404
from samtale.web.staff.conflicts import in_words
from samtale.web.staff.interview_pages.links import go_on, next_of
from samtale.web.staff.interview_pages.move_draft import MoveDraft
from samtale.web.staff.interview_pages.undone import explains_undone
from samtale.web.staff.names import some
from samtale.web.staff.posted import posted
from samtale.web.staff.too_late import tell_too_late
from samtale.web.staff.what_follows import following_words, tell_what_followed, too_near_words


@require_http_methods(["GET", "HEAD", "POST"])
@explains_undone
def move(request: StaffRequest, interview_id: int) -> HttpResponse:
    """Show the interview as it is and as it would be, or move it, as the pressed button says."""
    interview = interview_or_404(request, interview_id, WORK)
    if interview.state != Interview.State.PLANNED:
        messages.warning(request, _("The interview is cancelled or over and can no longer be changed."))
        return go_on(request, interview)
    draft = MoveDraft(interview, request.user, data=posted(request), query=request.GET, now=clock.now())
    if request.POST.get("go") != "save":
        return _page(request, draft, is_looked_at=True)
    too_near = draft.too_near  # as long as they wait
    try:
        moved = _moved(draft)
    except ChangedMeanwhile:
        return _meanwhile(request, interview_id)
    if moved is None:
        return _page(request, draft)
    _tell(request, draft, moved, too_near)
    return go_on(request, interview)


def _moved(draft: MoveDraft) -> Moved | None:
    """Return what came of it, or None where something was refused, which its field then says."""
    form = draft.form
    if not all([form.is_valid(), draft.words.is_valid()]):
        return None
    if draft.sends_email and not draft.told and draft.invitations:
        form.add_error("told", _("Tick at least one candidate, or choose “No e-mail”."))
        return None
    # Both are asked, so that all shows at once.
    if not all([_settles(draft, draft.taken), form.heeds(draft.elsewhere)]):
        return None
    try:
        moved = reschedule(
            interview=draft.interview,
            seen_version=form.cleaned_data["version"],
            to=form.terms(),
            telling=draft.telling(),
            books_anyway=bool(draft.taken),
            by=draft.user,
            now=draft.now,
        )
    except DoubleBooked as refused:  # a moment ago
        _settles(draft, refused.conflicts)
        return None
    except MayNotOverbook as refused:
        form.add_error("time", refused.message)
        return None
    except ChangeRefused as refused:
        field = {"start": "date", "tells_candidates": "action"}.get(refused.field, refused.field)
        form.add_error(field if field in form.fields else None, refused.message)
        return None
    if not moved.changed:
        form.add_error(None, _("Nothing is different from how the interview stands."))
        return None
    return moved


def _settles(draft: MoveDraft, taken: Sequence[object]) -> bool:
    return draft.form.settles(
        taken,  # type: ignore[arg-type]
        viewer=draft.user,
        zone=draft.interview.zone,
        may_overbook=draft.may_overbook,
    )


def _meanwhile(request: StaffRequest, interview_id: int) -> HttpResponse:
    """Show the page anew with what was typed, over how the interview stands by now."""
    fresh = interview_or_404(request, interview_id, WORK)
    data = request.POST.copy()
    data["version"] = str(fresh.version)
    draft = MoveDraft(fresh, request.user, data=data, query=request.GET, now=clock.now())
    return _page(request, draft, is_looked_at=True, is_meanwhile=True, status=409)


def _page(
    request: StaffRequest,
    draft: MoveDraft,
    *,
    is_looked_at: bool = False,
    is_meanwhile: bool = False,
    status: int = 422,
) -> HttpResponse:
    taken, busy = draft.taken, draft.busy
    if is_looked_at:  # nothing is an error yet but a time that cannot be
        kept = {name: draft.form.errors.get(name) for name in ("date", "time")}
        draft.form.errors.clear()
        for name, errors in kept.items():
            if errors and draft.form.is_bound:
                draft.form.errors[name] = errors
        for words in draft.words.forms.values():
            words.errors.clear()
        status = 409 if is_meanwhile else 200
    draft.form.show_warnings(draft.elsewhere)
    viewer, zone = draft.user, draft.interview.zone
    context = {
        "draft": draft,
        "form": draft.form,
        "interview": draft.interview,
        "would_be": draft.preview_interview if draft.terms else None,
        "project": draft.interview.project,
        "text_forms": list(draft.words.forms.values()),
        "preview": draft.preview,
        "sent_anyway": following_words(draft.following),
        "tags": INVITATION_TAGS,
        "taken": in_words(taken, viewer=viewer, zone=zone),
        "too_near": too_near_words(draft.too_near),
        "busy": in_words(busy, viewer=viewer, zone=zone),
        "is_meanwhile": is_meanwhile,
        "next": next_of(request),
    }
    return render(request, "staff/interview/move.html", context, status=status)


def _tell(
    request: StaffRequest, draft: MoveDraft, moved: Moved, too_near: Sequence[InvitationMessage]
) -> None:
    told = [each.pk for each in draft.told]
    followed = letters_that_followed(moved.interview, told=told)
    if told:
        words = ngettext(
            "The interview is changed, and %(number)d candidate is told.",
            "The interview is changed, and %(number)d candidates are told.",
            len(told),
        )
        messages.success(request, words % {"number": len(told)})
    elif followed:
        messages.success(request, _("The interview is changed."))
    else:
        messages.success(request, _("The interview is changed. No candidate is told."))
    tell_what_followed(request, moved.interview, followed, too_near)
    heard = {letter.invitation_id for letter in followed}
    if uninformed := [each for each in moved.uninformed if each.pk not in heard]:
        names = some([each.application.candidate.name for each in uninformed])
        messages.warning(request, _("They know of the old time only: %(names)s.") % {"names": names})
    if any(each.meeting_status == MeetingStatus.AWAITING for each in uninformed) and "start" in moved.changed:
        messages.info(
            request,
            _("An answer to the old time no longer counts. Under “Follow up” you can ask for a new one."),
        )
    tell_too_late(request, draft.invitations, since=draft.now)
