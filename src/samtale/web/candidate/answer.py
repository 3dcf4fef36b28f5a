"""The page behind the confirm link (spec 5). A visit changes nothing; only an answer does.

These views are exempt from the CSRF check, and rightly: the address itself is the authority and
nobody else can know it, the page must work where cookies are blocked, and under the referrer policy
`no-referrer` browsers send the `Origin: null` that the check refuses (docs/decisions/0009).
"""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from samtale.accounts.models import Organisation
from samtale.core import clock
from samtale.interviews.domain.answer import PageState, current_choice, page_state
from samtale.interviews.domain.ical import calendar
from samtale.interviews.domain.tokens import InvalidToken, invitation_for
from samtale.web.candidate import language
from samtale.web.candidate.pages import page, private
from samtale.web.candidate.receive import receive
from samtale.web.candidate.shown import closed_page, form_page
from samtale.web.candidate.throttle import wait_after_wrong_link
from samtale.web.candidate.visit import Visit, answer_path


@login_not_required
@csrf_exempt
@private
@require_http_methods(["GET", "HEAD", "POST"])
def answer_page(request: HttpRequest, token: str) -> HttpResponse:
    """Show the appointment and take the answer."""
    return _visited(request, token, receive if request.method == "POST" else _show)


@login_not_required
@csrf_exempt
@private
@require_safe
def calendar_file(request: HttpRequest, token: str) -> HttpResponse:
    """Give the appointment to the candidate's calendar, as long as there is one."""
    return _visited(request, token, _calendar)


@login_not_required
@csrf_exempt
@private
def without_slash(request: HttpRequest, token: str) -> HttpResponse:
    """Lead on to the page, right link or wrong."""
    path = answer_path(token, **request.GET.dict())
    return HttpResponseRedirect(path, preserve_request=True)


@login_not_required
@csrf_exempt
@private
def mangled_link(request: HttpRequest) -> HttpResponse:
    """Answer what can only be a link with something wrong about it."""
    return _unknown_link(request)


def _visited(
    request: HttpRequest, token: str, view: Callable[[HttpRequest, Visit], HttpResponse]
) -> HttpResponse:
    now = clock.now()
    try:
        invitation = invitation_for(token, now=now)
    except InvalidToken:
        return _unknown_link(request)
    asked_for = language.asked_for(request)
    with translation.override(asked_for or invitation.application.candidate.language):
        return view(request, Visit(invitation=invitation, token=token, asked_for=asked_for, now=now))


def _unknown_link(request: HttpRequest) -> HttpResponse:
    wait = wait_after_wrong_link(request, now=clock.now())
    with translation.override(language.asked_for(request) or translation.get_language()):
        if not wait:
            return page("unknown", organisation=Organisation.current().name, status=HTTPStatus.NOT_FOUND)
        response = page("too_many", organisation="", status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(wait)
    return response


def _show(request: HttpRequest, visit: Visit) -> HttpResponse:
    state = page_state(visit.invitation, now=visit.now)
    if state != PageState.OPEN:
        return closed_page(visit, state)
    choice = current_choice(visit.invitation)
    if choice and "change" not in request.GET:
        return page("receipt", **visit.context(), choice=choice, has_left=visit.has_left)
    return form_page(visit, choice=choice, wishes=visit.invitation.wishes)


def _calendar(request: HttpRequest, visit: Visit) -> HttpResponse:
    if page_state(visit.invitation, now=visit.now) not in (PageState.OPEN, PageState.STARTED):
        return HttpResponseRedirect(visit.address)
    content = calendar(visit.invitation, now=visit.now, language=translation.get_language())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="interview.ics"'
    return response
