"""The interviewer's sheet: one day on paper, with room for notes."""

from typing import Any

from samtale.interviews.domain.queries.agenda import between, with_people
from samtale.interviews.domain.queries.invited import takes_place
from samtale.web.staff.calendar.visit import Visit


def sheet(visit: Visit) -> dict[str, Any]:
    """Return what the sheet of the address's date shows: what takes place, narrowed as the address says."""
    form, day = visit.filters, visit.showing.day
    found = form.narrowed(visit.seen, reader=visit.user) if form.is_valid() else visit.seen.none()
    of_day = between(found.filter(takes_place()), first=day, last=day, zone=visit.zone)
    interviews = with_people(of_day).select_related("project__department", "room").order_by("start", "pk")
    return {
        "showing": visit.showing,
        "day": day,
        "interviews": list(interviews),
        # A phone number is a candidate's own, and shown to those who may see the application.
        "projects": visit.projects,
        "zone": visit.zone.key,
        "whose": _whose(visit),
        "now": visit.now,
    }


def _whose(visit: Visit) -> str:
    """Return the name of the interviewer whose day it is; "" where it is everybody's."""
    if not visit.filters.is_valid() or not (value := visit.filters["interviewer"].value()):
        return ""
    if value == "me":
        return str(visit.user)
    choices = dict(visit.filters.fields["interviewer"].choices)  # type: ignore[attr-defined]
    return str(choices.get(int(value), ""))
