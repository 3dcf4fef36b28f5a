"""The list of applicants (spec 2, step 4)."""

from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samtale.accounts.models import Organisation
from samtale.accounts.zones import known_zone
from samtale.core import clock
from samtale.interviews.domain.queries.answers import answer_counts
from samtale.recruiting.domain.queries.applications import Listing
from samtale.recruiting.domain.queries.projects import Summary, summary
from samtale.web.staff.access import StaffRequest, project_or_404
from samtale.web.staff.applicants.actions import actions_for
from samtale.web.staff.applicants.narrowing import SIZES, Narrowing
from samtale.web.staff.applicants.rows import rows_of
from samtale.web.staff.applicants.tiles import tiles
from samtale.web.staff.invite.undo import undoable


@require_safe
def applications(request: StaffRequest, project_id: int) -> HttpResponse:
    """Show the applicants that the address asks for."""
    project = project_or_404(request, project_id)
    narrowing = Narrowing.of(request.GET)
    counts = summary(project)
    listing = Listing(narrowing.found(project), sort=narrowing.sort, total=_known_total(counts, narrowing))
    page = listing.in_pages_of(narrowing.size).get_page(request.GET.get("page"))
    actions = actions_for(request.user, project)
    zone = ZoneInfo(Organisation.current().time_zone)
    return render(
        request,
        "staff/applicants/applications.html",
        {
            "project": project,
            "narrowing": narrowing,
            "tiles": tiles(counts, answer_counts(project), narrowing),
            "statuses": _statuses(counts, narrowing),
            "sizes": SIZES,
            "page": page,
            "rows": rows_of(
                list(page.object_list),
                now=clock.now(),
                zone=zone,
                reader=known_zone(request.user.time_zone) or zone,
                selectable=bool(actions),
            ),
            "actions": actions,
            "undoable": undoable(project, request.user, now=clock.now()),
            "may_work": request.user.has_perm("recruiting.work_in_project", project),
            "may_export": request.user.has_perm("recruiting.export", project),
            "may_edit": request.user.has_perm("recruiting.edit_project", project),
        },
    )


def _known_total(counts: Summary, narrowing: Narrowing) -> int | None:
    """Return how many there are where the counts above the list say so already."""
    if narrowing.text or narrowing.answer:
        return None
    return counts.by_status[narrowing.status] if narrowing.status else counts.all


def _statuses(counts: Summary, narrowing: Narrowing) -> list[tuple[str, str, str]]:
    """Return each status as the filter's choice: its value, its words, and whether it is the chosen one."""
    return [
        (status.value, f"{status.label} ({number})", " selected" if status == narrowing.status else "")
        for status, number in counts.in_order()
    ]
