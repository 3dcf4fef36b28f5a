"""Connects a calendar elsewhere. Where several are found, which of them is asked in a second step; what was
typed in the first goes along sealed, so that the password does not stand in the page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtale.calendars.domain.discover import Found, calendars_at
from samtale.calendars.domain.outside_calendars import MOST_CALENDARS, Access, TooManyCalendars, Use, connect
from samtale.calendars.models import OutsideCalendar
from samtale.calendars.troubles import Trouble
from samtale.core import clock
from samtale.web.staff.access import StaffRequest
from samtale.web.staff.forms.calendars import ChosenCalendarForm, ConnectForm
from samtale.web.staff.posted import posted


@require_http_methods(["GET", "HEAD", "POST"])
def connect_calendar(request: StaffRequest) -> HttpResponse:
    """Ask for the address; of a CalDAV server, then for the calendar; and connect it."""
    if "found" in request.POST:
        return _choose(request, ChosenCalendarForm(request.POST, user=request.user))
    form = ConnectForm(posted(request))
    if form.is_valid():
        if not form.is_caldav:
            return _connect(request, form, form.access, form.use)
        try:
            found = calendars_at(form.access)
        except Trouble as trouble:
            form.add_error("address", trouble.problem.label)
        else:
            return _found(request, form, found)
    return _page(request, form)


def _found(request: StaffRequest, form: ConnectForm, found: list[Found]) -> HttpResponse:
    same = [each for each in found if each.address.rstrip("/") == form.access.address.rstrip("/")]
    only = same or (found if len(found) == 1 else [])
    if only and (only[0].may_write or not form.use.receives_interviews):
        return _connect(request, form, form.access_to(only[0].address), form.use)
    if only:
        form.add_error("receives_interviews", OutsideCalendar.Problem.READ_ONLY.label)
        return _page(request, form)
    chosen = ChosenCalendarForm.of(form, found, user=request.user)
    return render(request, "staff/calendars/choose.html", {"form": chosen})


def _choose(request: StaffRequest, form: ChosenCalendarForm) -> HttpResponse:
    if not form.is_readable:
        messages.error(request, _("Too much time has passed. Enter the address anew."))
        return redirect("staff:outside-new")
    if form.is_valid():
        return _connect(request, form, form.access, form.use)
    return render(request, "staff/calendars/choose.html", {"form": form}, status=422)


def _connect(
    request: StaffRequest, form: ConnectForm | ChosenCalendarForm, access: Access, use: Use
) -> HttpResponse:
    try:
        calendar = connect(kind=form.kind, access=access, use=use, by=request.user, now=clock.now())
    except TooManyCalendars:
        words = _("You have %(number)d calendars already. Disconnect one of them first.")
        form.add_error(None, words % {"number": MOST_CALENDARS})
        if isinstance(form, ChosenCalendarForm):
            return render(request, "staff/calendars/choose.html", {"form": form}, status=422)
        return _page(request, form)
    messages.success(request, _("%(name)s is connected, and is read in a moment.") % {"name": calendar})
    return redirect("staff:profile-calendars")


def _page(request: StaffRequest, form: ConnectForm) -> HttpResponse:
    return render(request, "staff/calendars/connect.html", {"form": form}, status=422 if form.errors else 200)
