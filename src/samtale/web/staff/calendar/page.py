"""Rekrutteringskalender: month, week and day by script, the list without, a day's sheet (spec 10)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samtale.web.staff.access import StaffRequest
from samtale.web.staff.calendar.grid import grid
from samtale.web.staff.calendar.listing import listing
from samtale.web.staff.calendar.sheet import sheet
from samtale.web.staff.calendar.showing import View
from samtale.web.staff.calendar.visit import Visit


@require_safe
def calendar(request: StaffRequest) -> HttpResponse:
    """Show the interviews that the filters in the address let through, in the view it names."""
    visit = Visit(request)
    match visit.showing.view:
        case View.PRINT:
            return render(request, "staff/calendar/sheet.html", sheet(visit))
        case View.LIST:
            return render(request, "staff/calendar/list.html", listing(visit))
        case _:
            return render(request, "staff/calendar/grid.html", grid(visit))
