"""Takes what a candidate sends: an answer, a step back, or a wish for another language or time zone."""

from dataclasses import replace
from functools import partial
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation

from samtale.interviews.domain.answer import (
    LONGEST_WISHES,
    AnsweredAnotherTime,
    AnswerRefused,
    Choice,
    NoSeatLeft,
    PageState,
    answer,
    current_choice,
    page_state,
)
from samtale.interviews.domain.tokens import invitation_for
from samtale.web.candidate import language, time_zone
from samtale.web.candidate.forms import AnswerForm
from samtale.web.candidate.pages import page
from samtale.web.candidate.shown import Shown, closed_page, confirm_page, form_page
from samtale.web.candidate.throttle import ANSWERS
from samtale.web.candidate.visit import Visit

LONGEST_BODY = 64 * 1024  # bytes; the longest message takes 24,000, each of its characters encoded
_BACK, _CONFIRMED = "back", "confirmed"


def receive(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Take the answer, or say what is in its way."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST_BODY:
        status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        return page("too_long", **visit.context(), limit=LONGEST_WISHES, status=status)
    if time_zone.is_sent(request):
        return _on_another_clock(request, visit)
    state = page_state(visit.invitation, now=visit.now)
    if state != PageState.OPEN:
        return closed_page(visit, state, status=HTTPStatus.CONFLICT)
    if code := language.sent(request):
        with translation.override(code):
            return _shown_again(request, replace(visit, asked_for=code))
    choice, wishes = request.POST.get("choice", ""), request.POST.get("wishes", "")
    form_again = partial(form_page, visit, choice=choice, wishes=wishes)
    if _has_moved(request, visit):
        return form_again(has_moved=True, status=HTTPStatus.CONFLICT)
    step = request.POST.get("step", "")
    if step == _BACK:
        return form_again()
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return form_again(form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    chosen, wishes = Choice(form.cleaned_data["choice"]), form.cleaned_data["wishes"]
    if chosen == Choice.WITHDRAW and step != _CONFIRMED:
        return confirm_page(visit, wishes=wishes)
    try:
        return _answer(visit, chosen, wishes)
    except NoSeatLeft:
        return form_again(was_full=True, status=HTTPStatus.CONFLICT)
    except AnsweredAnotherTime:
        # Moved since this visit began, a moment ago. What is shown is to be the new time.
        moved = replace(visit, invitation=invitation_for(visit.token, now=visit.now))
        return form_page(moved, choice=choice, wishes=wishes, has_moved=True, status=HTTPStatus.CONFLICT)


def _on_another_clock(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Keep the choice of a time zone, and show the page it was made on with all that has been typed."""
    if wait := time_zone.wait(visit):
        return _too_many("too_many_zones", visit, wait)
    time_zone.keep(request, visit)
    is_open = page_state(visit.invitation, now=visit.now) == PageState.OPEN
    if is_open and "shown" in request.POST:
        return _shown_again(request, visit)
    return HttpResponseRedirect(visit.address, status=HTTPStatus.SEE_OTHER)


def _shown_again(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show what was shown, with all that has been typed since, and take none of it for an answer."""
    choice, wishes = request.POST.get("choice", ""), request.POST.get("wishes", "")
    shown = request.POST.get("shown", "")
    has_moved = shown == Shown.MOVED or _has_moved(request, visit)
    if shown == Shown.NOTHING and not has_moved and not _has_typed(visit, choice, wishes):
        # An address of its own, which can be reloaded and kept.
        return HttpResponseRedirect(visit.form_address, status=HTTPStatus.SEE_OTHER)
    if shown == Shown.CONFIRM and not has_moved:
        return confirm_page(visit, wishes=wishes)
    form = AnswerForm(request.POST)
    errors = form if shown == Shown.ERRORS and not form.is_valid() else None
    return form_page(visit, choice=choice, wishes=wishes, form=errors, has_moved=has_moved)


def _has_typed(visit: Visit, choice: str, wishes: str) -> bool:
    stored = current_choice(visit.invitation) or "", visit.invitation.wishes
    return (choice, wishes.replace("\r\n", "\n")) != stored


def _has_moved(request: HttpRequest, visit: Visit) -> bool:
    return request.POST.get("version", visit.version) != visit.version


def _answer(visit: Visit, choice: Choice, wishes: str) -> HttpResponse:
    before = visit.invitation
    if wait := ANSWERS.wait(before.pk, now=visit.now):
        return _too_many("too_many_answers", visit, wait)
    try:
        after = answer(
            invitation=before,
            seen_version=before.interview.version,
            choice=choice,
            wishes=wishes,
            now=visit.now,
        )
    except AnswerRefused as refusal:
        return closed_page(visit, refusal.state, status=HTTPStatus.CONFLICT)
    if (after.meeting_status, after.wishes) != (before.meeting_status, before.wishes):
        ANSWERS.take(before.pk, now=visit.now)
    return HttpResponseRedirect(visit.address, status=HTTPStatus.SEE_OTHER)


def _too_many(template: str, visit: Visit, wait: int) -> HttpResponse:
    response = page(template, **visit.context(), status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(wait)
    return response
