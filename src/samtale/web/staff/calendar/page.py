"""Rekrutteringskalender, first form: an agenda by day (spec 10)."""

from datetime import date
from zoneinfo import ZoneInfo

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samtale.accounts.models import Organisation
from samtale.core import clock
from samtale.interviews.domain.queries.agenda import (
    agenda,
    attended_elsewhere,
    in_short,
    interviewers_of,
    interviews_for,
)
from samtale.recruiting.domain.queries.projects import projects_for
from samtale.ui.pagination import page_of
from samtale.web.staff.access import StaffRequest
from samtale.web.staff.calendar.cells import Columns
from samtale.web.staff.calendar.rows import weeks_of
from samtale.web.staff.calendar.weeks import Week
from samtale.web.staff.forms.calendar import CalendarFilter

PER_PAGE = 75


@require_safe
def calendar(request: StaffRequest) -> HttpResponse:
    """Show the interviews that the filters in the address let through; from today on without any."""
    zone = ZoneInfo(Organisation.current().time_zone)
    today = clock.now().astimezone(zone).date()
    projects = dict(projects_for(request.user).order_by("title", "pk").values_list("pk", "title"))
    seen = interviews_for(request.user, projects=projects.keys())
    form = CalendarFilter(
        _with_default_date(request.GET, today),
        projects=projects | attended_elsewhere(request.user, projects=projects.keys()),
        interviewers=interviewers_of(seen),
    )
    chosen = form.narrow(seen, zone=zone) if form.is_valid() else seen.none()
    page = page_of(in_short(chosen).order_by("start", "pk"), request, per_page=PER_PAGE)
    columns = Columns()
    weeks = weeks_of(
        agenda(page.object_list),
        columns,
        projects=projects.keys(),
        today=today,
        zone=zone,
        only=form.cleaned_data.get("status", ""),
    )
    week = Week.of(form.cleaned_data.get("date_from") or today)
    return render(
        request,
        "staff/calendar/calendar.html",
        {
            "form": form,
            "page": page,
            "columns": columns,
            "weeks": weeks,
            "previous": week.shifted(-1),
            "present": Week.of(today),
            "next": week.shifted(1),
            "is_filtered": bool(request.GET),
        },
    )


def _with_default_date(query: QueryDict, today: date) -> QueryDict:
    """Return the query; one that says nothing of dates means from today on."""
    values = query.copy()
    if not {"date_from", "date_to"} & values.keys():
        values["date_from"] = today.isoformat()
    return values
