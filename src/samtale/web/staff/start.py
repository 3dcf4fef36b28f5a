"""The start page: my projects, today's interviews, and what waits for me (spec 10)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from samtale.core import clock
from samtale.interviews.domain.queries.agenda import today
from samtale.interviews.domain.queries.follow_up import unanswered, waiting_for_new_time
from samtale.recruiting.domain.queries.projects import my_projects
from samtale.web.staff.access import StaffRequest
from samtale.web.staff.projects.overview import rows_of

MOST_INTERVIEWS = 12
MOST_PROJECTS = 6
MOST_WAITING = 10


@require_safe
def start(request: StaffRequest) -> HttpResponse:
    """Show what concerns the user now."""
    now, zone = clock.now(), request.zone
    interviews = list(today(request.user, now=now, zone=zone)[: MOST_INTERVIEWS + 1])
    waiting = waiting_for_new_time(request.user)
    return render(
        request,
        "staff/start/start.html",
        {
            "now": now,
            "zone": zone,
            "projects": rows_of(list(my_projects(request.user, limit=MOST_PROJECTS))),
            "interviews": interviews[:MOST_INTERVIEWS],
            "has_more": len(interviews) > MOST_INTERVIEWS,
            "waiting": waiting[:MOST_WAITING],
            "number_waiting": waiting.count(),
            "number_unanswered": unanswered(request.user, now=now).count(),
            "may_create": request.user.has_perm("recruiting.create_project"),
        },
    )


urlpatterns = [path("", start, name="start")]
