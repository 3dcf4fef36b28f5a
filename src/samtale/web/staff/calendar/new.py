"""A new interview from the calendar: the marked time, the project, the applicants, and then step 1."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtale.accounts.models import Organisation
from samtale.accounts.zones import reader_zone
from samtale.interviews.domain.invite import unavailable
from samtale.interviews.domain.slots import ImpossibleTime, instant
from samtale.recruiting.domain.queries.applications import Filter, applicants
from samtale.recruiting.domain.queries.projects import projects_allowing
from samtale.recruiting.models import Application, Project
from samtale.recruiting.statuses import HANDLED
from samtale.web.staff.access import StaffRequest, project_or_404
from samtale.web.staff.forms.calendar_new import NewInterviewForm
from samtale.web.staff.invite import begin

_SHOWN = 50
_OPEN = tuple(status for status in Application.Status.values if status not in HANDLED)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Let the user choose a project and applicants for the time in the address; go on to step 1 with them.

    `?start=` is on the reader's wall clock, such as 2026-03-16T09:00 or a date alone, `?duration=` in
    minutes.
    """
    zone = ZoneInfo(Organisation.current().time_zone)
    offered = projects_allowing(request.user, "may_invite").filter(completed_at=None)
    titles = dict(offered.order_by("title", "pk").values_list("pk", "title"))
    data = request.POST if request.method == "POST" else _asked(request, zone)
    form = NewInterviewForm(data or None, projects=titles, zone=zone)
    is_valid = form.is_valid()
    chosen = form.cleaned_data.get("project") if form.is_bound else ""
    project = project_or_404(request, int(chosen), "recruiting.invite") if chosen else None
    ticked = _ticked(request, project) if project else []
    if request.POST.get("go") == "next" and is_valid and project:
        if ticked:
            return begin(request, project, [each.pk for each in ticked], prefill=form.prefill)
        messages.error(request, _("Nobody is ticked. Tick at least one applicant."))
    elif not chosen and request.method == "GET":
        form.errors.pop("project", None)  # there has been nothing to choose it by yet
    return render(
        request,
        "staff/calendar/new.html",
        {
            "form": form,
            "project": project,
            "zone": zone.key,
            "search": (search := _search(request)),
            "has_projects": bool(titles),
            **(_found(project, search, ticked) if project else {}),
        },
        status=422 if request.method == "POST" and form.errors else 200,
    )


def _asked(request: StaffRequest, zone: ZoneInfo) -> dict[str, str]:
    """Return what the address says as the form's values, times on the organisation's clock. Where the
    reader's shows the marked time never or twice, that is said, and the time is left to be chosen."""
    values = {name: request.GET.get(name, "") for name in ("date", "time", "duration", "project")}
    start = request.GET.get("start", "")
    try:
        marked = datetime.fromisoformat(start) if start else None
        if marked:
            values["date"] = f"{marked:%Y-%m-%d}"
        if marked and marked.tzinfo is None and "T" in start:
            marked = instant(marked.date(), marked.time(), reader_zone(request.user)).astimezone(zone)
            values |= {"date": f"{marked:%Y-%m-%d}", "time": f"{marked:%H:%M}"}
    except ImpossibleTime as impossible:
        messages.error(request, impossible.reason)
    except (OverflowError, ValueError):
        pass  # an address that says no time marks none
    return values


def _search(request: StaffRequest) -> str:
    given = request.POST if request.method == "POST" else request.GET
    return given.get("q", "").replace("\0", "").strip()[:200]


def _ticked(request: StaffRequest, project: Project) -> list[Application]:
    """Return those of the project's applicants who were ticked and can be invited."""
    ids = [int(each) for each in request.POST.getlist("application") if each.isdecimal() and len(each) < 19]
    found = applicants(project).filter(pk__in=ids).select_related("candidate").defer("letter", "cv")
    chosen = list(found.order_by("sort_name", "pk"))
    gone = {each.pk for each in unavailable(chosen)}
    return [each for each in chosen if each.pk not in gone]


def _found(project: Project, search: str, ticked: list[Application]) -> dict[str, Any]:
    """Return the applicants to choose from: the ticked ones stay in front, whatever is searched for."""
    fitting = applicants(project, Filter(text=search, statuses=_OPEN)).filter(candidate__anonymised_at=None)
    others = fitting.exclude(pk__in=[each.pk for each in ticked])
    others = others.select_related("candidate").defer("letter", "cv").order_by("sort_name", "pk")
    shown = list(others[: _SHOWN + 1])
    return {
        "ticked": ticked,
        "others": shown[:_SHOWN],
        "has_more": len(shown) > _SHOWN,
        "shown": _SHOWN,
    }
