"""Calls off an interview, or one candidate's part in it (`?invitation=`)."""

from collections.abc import Mapping
from functools import cached_property

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtale.core import clock
from samtale.core.transitions import IllegalTransition
from samtale.interviews.domain.cancel import cancel_interview, cancel_invitation
from samtale.interviews.domain.changing import ChangedMeanwhile, ChangeRefused
from samtale.interviews.domain.letters import circumstances
from samtale.interviews.domain.notices import cancellation_wording
from samtale.interviews.domain.queries.invited import hears_it_is_off, invited_to, is_still_invited
from samtale.interviews.models import Interview, Invitation
from samtale.interviews.tags import CANCELLATION_TAGS
from samtale.interviews.wordings import BY_LANGUAGE
from samtale.outbox.kinds import Wording
from samtale.recruiting.models import Application
from samtale.web.staff.access import WORK, StaffRequest, interview_or_404
from samtale.web.staff.forms.cancel import CancelForm
from samtale.web.staff.forms.letters import NO_EMAIL, SEND
from samtale.web.staff.interview_pages.links import go_on, next_of
from samtale.web.staff.interview_pages.preview import preview_of
from samtale.web.staff.letters.words import Preview, Words
from samtale.web.staff.posted import posted
from samtale.web.staff.too_late import tell_too_late


class CancelDraft:
    """The forms of the page. `only` is the one invitation that is called off, or None for all; `others` are
    those with whom the interview goes on after that."""

    def __init__(self, request: StaffRequest, interview: Interview, data: QueryDict | None) -> None:
        self.interview, self.user, self.data = interview, request.user, data
        everybody = invited_to(interview)
        wanted = request.GET.get("invitation", "")
        self.only = next((each for each in everybody if str(each.pk) == wanted), None)
        if wanted and self.only is None:
            raise Http404
        standing = [each for each in everybody if is_still_invited(each)]
        self.others = [each for each in standing if self.only and each != self.only]
        self.goes_on = bool(self.others)
        self.is_last = bool(self.only) and not self.goes_on and len(everybody) > 1
        self.concerned: list[Invitation] = [self.only] if self.only else standing
        self.told = [each for each in self.concerned if hears_it_is_off(each)]
        self.may_tell = self.user.has_perm("recruiting.send_email", interview.project)

    @cached_property
    def form(self) -> CancelForm:
        initial = {
            "version": self.interview.version,
            "action": SEND if self.may_tell and self.told else NO_EMAIL,
        }
        return CancelForm(self.data, may_tell=self.may_tell, initial=initial)

    @property
    def reason(self) -> str:
        return str(self.form["reason"].value() or "").strip()

    @property
    def sends_email(self) -> bool:
        return self.may_tell and str(self.form["action"].value()) == SEND

    @cached_property
    def words(self) -> Words:
        return Words(
            self.applications,
            {
                _occasion(*each): _house(*each)
                for each in ((True, True), (True, False), (False, True), (False, False))
            },
            _occasion(self.goes_on, bool(self.reason)),
            tags=CANCELLATION_TAGS,
            data=self.data,
            is_sent=self.sends_email,
        )

    @property
    def languages(self) -> dict[str, list[Application]]:
        return self.words.languages

    @property
    def applications(self) -> list[Application]:
        return [invitation.application for invitation in self.told]

    @cached_property
    def preview(self) -> Preview | None:
        """What the chosen candidate will get, the first one unless another is asked for."""
        if not (self.sends_email and self.told):
            return None
        wanted = self.data.get("preview_for", "") if self.data is not None else ""
        chosen = next((each for each in self.told if str(each.application_id) == wanted), self.told[0])
        common = circumstances(self.interview.dispatch, self.interview)
        return preview_of(self.words, chosen, self.interview, common, {"reason": self.reason})

    def is_valid(self) -> bool:
        """Check everything, so that every error shows at once."""
        if not all([self.form.is_valid(), self.words.is_valid()]):
            return False
        return self._can_be_filled_in()

    def _can_be_filled_in(self) -> bool:
        """Refuse words with a tag that has no value for somebody, such as a reason where there is none."""
        common = circumstances(self.interview.dispatch, self.interview)
        for invitation in self.told if self.sends_email else ():
            found = preview_of(self.words, invitation, self.interview, common, {"reason": self.reason})
            form = self.words.forms[invitation.application.candidate.language]
            for sentence in found.problems:
                if form.is_bound and sentence not in form.errors.get("content", []):
                    form.add_error("content", sentence)
        return not any(form.errors for form in self.words.forms.values() if form.is_bound)


def _occasion(goes_on: bool, with_reason: bool) -> str:
    return f"{'part' if goes_on else 'all'} {'with' if with_reason else 'without'} reason"


def _house(goes_on: bool, with_reason: bool) -> Mapping[str, Wording]:
    return {
        language: cancellation_wording(language, goes_on=goes_on, with_reason=with_reason)
        for language in BY_LANGUAGE
    }


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: StaffRequest, interview_id: int) -> HttpResponse:
    """Ask for confirmation, or call off, as the pressed button says."""
    interview = interview_or_404(request, interview_id, WORK)
    now = clock.now()
    if interview.state != Interview.State.PLANNED or interview.start <= now:
        messages.warning(
            request, _("The interview is cancelled or has started, and can no longer be called off.")
        )
        return go_on(request, interview)
    try:
        draft = CancelDraft(request, interview, posted(request))
    except Http404:
        if "HX-Request" in request.headers:  # a preview that comes late, of what has just been called off
            return HttpResponse(status=204)
        raise
    if request.POST.get("go") != "cancel" or not draft.is_valid():
        return _page(request, draft)
    try:
        is_off = _cancel(draft)
    except ChangedMeanwhile:
        fresh = interview_or_404(request, interview_id, WORK)
        if fresh.state != Interview.State.PLANNED:
            messages.warning(request, _("The interview is cancelled already."))
            return go_on(request, fresh)
        data = request.POST.copy()
        data["version"] = str(fresh.version)
        return _page(request, CancelDraft(request, fresh, data), is_meanwhile=True)
    except ChangeRefused as refused:
        messages.error(request, refused.message)
    except IllegalTransition:
        messages.error(request, _("The interview is cancelled or held already."))
    else:
        messages.success(request, _thanks(draft, is_off=is_off))
        tell_too_late(request, draft.concerned, since=now)
    return go_on(request, interview)


def _cancel(draft: CancelDraft) -> bool:
    """Return whether the whole interview is off: it is, too, where the last of the others left just now."""
    chosen = draft.form.cleaned_data
    how = {
        "seen_version": chosen["version"],
        "reason": chosen["reason"],
        "tells_candidates": draft.sends_email and bool(draft.told),
        "words": draft.words.own(_house(draft.goes_on, bool(chosen["reason"]))),
        "by": draft.user,
        "now": clock.now(),
    }
    if draft.only:
        cancel_invitation(invitation=draft.only, **how)
    else:
        cancel_interview(interview=draft.interview, **how)
    draft.interview.refresh_from_db(fields=["state"])
    return draft.interview.state == Interview.State.CANCELLED


def _thanks(draft: CancelDraft, *, is_off: bool) -> str:
    if draft.only and not is_off:
        return _("%(name)s is no longer invited to the interview.") % {
            "name": draft.only.application.candidate.name
        }
    return _("The interview is cancelled.")


def _page(request: StaffRequest, draft: CancelDraft, *, is_meanwhile: bool = False) -> HttpResponse:
    is_looked_at = request.POST.get("go") != "cancel" or is_meanwhile
    if is_looked_at:
        draft.form.errors.clear()
        for words in draft.words.forms.values():
            words.errors.clear()
    title = _("Call off for one candidate") if draft.goes_on else _("Cancel the interview")
    context = {
        "page_title": title,
        "draft": draft,
        "form": draft.form,
        "interview": draft.interview,
        "project": draft.interview.project,
        "text_forms": list(draft.words.forms.values()),
        "preview": draft.preview,
        "tags": CANCELLATION_TAGS,
        "is_meanwhile": is_meanwhile,
        "next": next_of(request),
    }
    status = 409 if is_meanwhile else 200 if is_looked_at else 422
    return render(request, "staff/interview/cancel.html", context, status=status)
