"""The interviews of a range of time for the calendar's script, as JSON on the reader's wall clock."""

import json
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samtale.core import clock
from samtale.interviews.domain.queries.agenda import attended_elsewhere, interviews_for
from samtale.interviews.domain.queries.invited import NOBODY_LEFT
from samtale.interviews.domain.queries.occurrences import Occurrence, during, occurrences
from samtale.interviews.models import Interview
from samtale.recruiting.domain.queries.projects import projects_for
from samtale.recruiting.models import ProjectAccess
from samtale.web.staff.access import StaffRequest
from samtale.web.staff.calendar.attendance import attendance
from samtale.web.staff.forms.calendar import RangeForm

PLANNED = Interview.State.PLANNED


@require_safe
def events(request: StaffRequest) -> HttpResponse:
    """Return what takes place between `?start=` and `?end=`, narrowed as the address says.

    Both are on the wall clock of the reader's zone, and so are the times that are returned: the browser's
    own zone never matters. 400 with what is wrong where the range or a filter is none.
    """
    form = RangeForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=400)
    user, zone = request.user, request.zone
    titles = dict(projects_for(user).order_by().values_list("pk", "title"))
    found = during(
        form.narrowed(interviews_for(user, projects=titles.keys()), reader=user),
        start=_instant(form.cleaned_data["start"], zone),
        end=_instant(form.cleaned_data["end"], zone),
    )
    worked_in = projects_for(user, least=ProjectAccess.Level.NORMAL).order_by()
    writer = _Writer(zone, set(worked_in.values_list("pk", flat=True)), now=clock.now())
    events = [writer.event(each) for each in occurrences(found, reader=user)]
    titles |= attended_elsewhere(user, projects=titles.keys())
    shown = {event["project"] for event in events}
    answer = {"events": events, "projects": {pk: titles[pk] for pk in shown if pk in titles}}
    return HttpResponse(
        json.dumps(answer, ensure_ascii=False, separators=(",", ":")),
        content_type="application/json",
        headers={"Cache-Control": "private, no-store"},
    )


class _Writer:
    """Writes interviews as the script reads them. What is usual is left out."""

    def __init__(self, zone: ZoneInfo, worked_in: set[int], *, now: datetime) -> None:
        self.zone, self.worked_in, self.now = zone, worked_in, now

    def event(self, found: Occurrence) -> dict[str, Any]:
        start, end = self._wall_clock(found.start), self._wall_clock(found.end)
        length = found.end - found.start
        # Where clocks are put back meanwhile, the end may read no later than the start.
        if end <= start:
            end = start + length
        event: dict[str, Any] = {
            "id": found.id,
            "start": start.isoformat(timespec="minutes"),
            "end": end.isoformat(timespec="minutes"),
            "title": _title(found),
            "project": found.project_id,
            "activity": found.round,
            "status": found.meeting_status,
        }
        if end - start != length:  # clocks change meanwhile
            event["minutes"] = round(length.total_seconds() / 60)
        if found.is_group and (said := _attendance(found)):
            event["coming"] = said
        if found.is_own:
            event["own"] = True
        if found.is_emptied:
            event["state"] = NOBODY_LEFT
        elif found.state != PLANNED:
            event["state"] = found.state
        elif found.start > self.now and found.project_id in self.worked_in:
            event["movable"] = True
        return event

    def _wall_clock(self, instant: datetime) -> datetime:
        return instant.astimezone(self.zone).replace(tzinfo=None)


def _title(found: Occurrence) -> str:
    if not found.is_group:
        return found.names[0] if found.names else _("Nobody")
    return _("Group")


def _attendance(found: Occurrence) -> str:
    return attendance(found.state, invited=found.invited, coming=found.coming, came=found.came)


def _instant(wall_clock: datetime, zone: ZoneInfo) -> datetime:
    return wall_clock.replace(tzinfo=zone).astimezone(UTC)
