"""For pages that are answers to a button in the list of applicants."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from samtale.web.staff.access import StaffRequest

View = Callable[[StaffRequest, int], HttpResponse]


def by_button(view: View) -> View:
    """Let `view` answer POST alone. Who comes by an address, after logging in again for instance, is
    led to the project's list and told that nothing was sent."""

    @wraps(view)
    def answer(request: StaffRequest, project_id: int) -> HttpResponse:
        if request.method == "POST":
            return view(request, project_id)
        messages.info(request, _("Nothing has been sent. Tick the applicants and begin again."))
        return redirect("staff:applications", project_id=project_id)

    return answer
