"""The list: everything that the calendar shows, for the keyboard, a screen reader, and without scripts."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from samtale.interviews.domain.queries.agenda import agenda, in_short
from samtale.ui.pagination import page_of
from samtale.web.staff.calendar.cells import Columns
from samtale.web.staff.calendar.rows import weeks_of
from samtale.web.staff.calendar.ticked import actions_for
from samtale.web.staff.calendar.visit import Visit
from samtale.web.staff.calendar.weeks import Week

PER_PAGE = 75


def listing(visit: Visit) -> dict[str, Any]:
    """Return what the template of the list shows."""
    form, request, projects = visit.filters, visit.request, visit.projects
    is_valid = form.is_valid()
    chosen = form.narrow(visit.seen, reader=visit.user, zone=visit.zone) if is_valid else visit.seen.none()
    page = page_of(in_short(chosen).order_by("start", "pk"), request, per_page=PER_PAGE)
    actions = actions_for(visit)
    columns = Columns(has_boxes=bool(actions))
    weeks = weeks_of(
        agenda(page.object_list),
        columns,
        projects=projects.keys(),
        worked_in=visit.worked_in if actions else frozenset(),
        today=visit.today,
        zone=visit.zone,
        only=form.cleaned_data.get("status", ""),
    )
    first, last = form.cleaned_data.get("date_from"), form.cleaned_data.get("date_to")
    return {
        "showing": visit.showing,
        "filters": form,
        "page": page,
        "columns": columns,
        "weeks": weeks,
        "actions": actions if columns.number_of_boxes else [],
        "previous": _beside(first or visit.today, last, -1),
        "present": _week(visit.today),
        "next": _beside(first or visit.today, last, 1),
        "day": first or visit.today,
        "is_filtered": form.is_narrow or "date_from" in request.GET or "date_to" in request.GET,
        "may_invite": visit.may("may_invite"),
        "zone": visit.zone.key,
        "all": f"{reverse('staff:calendar')}?view=list",
    }


def _beside(first: date, last: date | None, step: int) -> tuple[date, date]:
    """Return the period before (-1) or after (1) the one shown: a month beside a whole month, a day beside a
    day, and otherwise the week beside the one in which it begins."""
    if last == first:
        return (first + timedelta(days=step),) * 2
    if last and first.day == 1 and last == _end_of_month(first):
        other = first - timedelta(days=1) if step < 0 else last + timedelta(days=1)
        return other.replace(day=1), _end_of_month(other)
    return _week(first + timedelta(weeks=step))


def _week(day: date) -> tuple[date, date]:
    week = Week.of(day)
    return week.monday, week.sunday


def _end_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
