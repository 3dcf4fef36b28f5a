"""Changes what is done with a calendar elsewhere, and lets it go."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samtale.calendars.domain.outside_calendars import change, disconnect, refresh_soon
from samtale.calendars.models import OutsideCalendar
from samtale.core import clock
from samtale.web.staff.access import StaffRequest
from samtale.web.staff.forms.calendars import ChangeForm
from samtale.web.staff.posted import posted


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: StaffRequest, calendar_id: int) -> HttpResponse:
    """Change what is done with a calendar, and how it is reached. What is secret is never shown again."""
    calendar = _calendar_or_404(request, calendar_id)
    form = ChangeForm(posted(request), calendar=calendar)
    if form.is_valid():
        change(calendar=calendar, use=form.use, access=form.access, by=request.user, now=clock.now())
        messages.success(request, _("%(name)s has been saved.") % {"name": form.use.label})
        return redirect("staff:profile-calendars")
    context = {"form": form, "calendar": calendar}
    return render(request, "staff/calendars/change.html", context, status=422 if form.errors else 200)


@require_POST
def refresh(request: StaffRequest, calendar_id: int) -> HttpResponse:
    """Let it be looked at now."""
    calendar = _calendar_or_404(request, calendar_id)
    refresh_soon(calendar=calendar, by=request.user, now=clock.now())
    messages.success(request, _("%(name)s is read in a moment.") % {"name": calendar})
    return redirect("staff:profile-calendars")


@require_POST
def leave(request: StaffRequest, calendar_id: int) -> HttpResponse:
    """Disconnect it, after asking."""
    calendar = _calendar_or_404(request, calendar_id)
    if "confirmed" not in request.POST:
        return render(request, "staff/calendars/disconnect.html", {"calendar": calendar})
    disconnect(calendar=calendar, by=request.user, now=clock.now())
    messages.success(request, _("%(name)s has been disconnected.") % {"name": calendar})
    return redirect("staff:profile-calendars")


def _calendar_or_404(request: StaffRequest, calendar_id: int) -> OutsideCalendar:
    return get_object_or_404(OutsideCalendar, pk=calendar_id, user=request.user, is_leaving=False)
