"""What all views of the calendar ask for."""

from datetime import date
from functools import cached_property
from operator import itemgetter

from django.db.models import QuerySet
from django.http import QueryDict

from samtale.core import clock
from samtale.interviews.domain.queries.agenda import attended_elsewhere, interviewers_for, interviews_for
from samtale.interviews.models import Interview
from samtale.recruiting.domain.queries.projects import projects_allowing, projects_for
from samtale.recruiting.models import ProjectAccess
from samtale.web.staff.access import StaffRequest
from samtale.web.staff.calendar.showing import Showing, View
from samtale.web.staff.forms.calendar import CalendarFilter


class Visit:
    """What all views of the calendar ask for: whose clock, which interviews, which filters."""

    def __init__(self, request: StaffRequest) -> None:
        self.request, self.user = request, request.user
        self.zone = request.zone
        self.now = clock.now().astimezone(self.zone)
        self.showing = Showing.of(request.GET, today=self.today)

    @property
    def today(self) -> date:
        return self.now.date()

    @cached_property
    def projects(self) -> dict[int, str]:
        """The titles of the projects that the reader may see, by id."""
        return {pk: title for pk, title, *_department in self._projects}

    @cached_property
    def _projects(self) -> list[tuple[int, str, int, str]]:
        seen = projects_for(self.user).order_by("title", "pk")
        return list(seen.values_list("pk", "title", "department_id", "department__name"))

    @cached_property
    def worked_in(self) -> frozenset[int]:
        """The projects in which the reader works."""
        worked_in = projects_for(self.user, least=ProjectAccess.Level.NORMAL).order_by()
        return frozenset(worked_in.values_list("pk", flat=True))

    def may(self, flag: str) -> bool:
        """Say whether the reader may use their right `flag`, such as "may_invite", in any project."""
        if getattr(self.user, flag) or self.user.is_administrator:
            return bool(self.worked_in)
        return projects_allowing(self.user, flag).exists()

    @cached_property
    def seen(self) -> QuerySet[Interview]:
        """The interviews that the reader may see."""
        return interviews_for(self.user, projects=self.projects.keys())

    @cached_property
    def filters(self) -> CalendarFilter:
        """The filters in the address. A list of which it says no period begins today."""
        departments = {pk: name for *_project, pk, name in self._projects}
        return CalendarFilter(
            self._query(),
            projects=self.projects | attended_elsewhere(self.user, projects=self.projects.keys()),
            departments=dict(sorted(departments.items(), key=itemgetter(1))),
            interviewers=interviewers_for(self.user, projects=self.projects.keys()),
        )

    def _query(self) -> QueryDict:
        values = self.request.GET.copy()
        if self.showing.view == View.LIST and not {"date_from", "date_to"} & values.keys():
            values["date_from"] = self.today.isoformat()
        return values
