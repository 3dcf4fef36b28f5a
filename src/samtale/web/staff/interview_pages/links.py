"""Where one goes on to after a change: back to the page one came from, or to the interview."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from samtale.interviews.models import Interview
from samtale.web.staff.access import StaffRequest


def next_of(request: StaffRequest) -> str:
    """Return the own page that `next` names, or ""."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    is_own = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, None)
    return wanted if is_own else ""


def go_on(request: StaffRequest, interview: Interview) -> HttpResponse:
    """Lead to where one came from, or to the interview's page."""
    if wanted := next_of(request):
        return HttpResponseRedirect(wanted)
    return redirect("staff:interview", interview.pk)
