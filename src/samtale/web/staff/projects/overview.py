"""Oversikt over rekrutteringsprosjekt (spec 1)."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from samtale.accounts.models import Organisation
from samtale.core import clock
from samtale.recruiting.domain.queries import projects as queries
from samtale.recruiting.domain.queries.projects import TABS, Summary
from samtale.recruiting.models import Project
from samtale.ui.pagination import page_of
from samtale.web.staff.access import StaffRequest

PER_PAGE = 25
_LABELS = {"active": _("New and active"), "expired": _("Expired"), "completed": _("Completed ones")}


@dataclass(frozen=True)
class Row:
    """A project with how many applications stand where in it."""

    project: Project
    counts: Summary

    @property
    def new(self) -> int:
        return self.counts.by_status["new"]


def rows_of(projects: list[Project]) -> list[Row]:
    """Return `projects` with their counts, in one query."""
    counts = queries.status_counts(projects)
    return [Row(project, Summary(counts[project.pk])) for project in projects]


@require_safe
def projects(request: StaffRequest) -> HttpResponse:
    """Show the projects of one tab that the user may see."""
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else TABS[0]
    search = request.GET.get("q", "").replace("\0", "").strip()[:200]
    today = clock.now().astimezone(ZoneInfo(Organisation.current().time_zone)).date()
    found = {name: queries.overview(request.user, tab=name, search=search, today=today) for name in TABS}
    page = page_of(found[tab], request, per_page=PER_PAGE)
    return render(
        request,
        "staff/projects/projects.html",
        {
            "tabs": [(name, _LABELS[name], found[name].count()) for name in TABS],
            "tab": tab,
            "search": search,
            "page": page,
            "rows": rows_of(list(page.object_list)),
            "may_create": request.user.has_perm("recruiting.create_project"),
        },
    )
