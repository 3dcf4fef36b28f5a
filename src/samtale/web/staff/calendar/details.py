"""One interview in the calendar: what its dialog shows, and the way to move it."""

from collections.abc import Collection
from datetime import datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samtale.accounts.zones import reader_zone
from samtale.core import clock
from samtale.interviews.domain.queries.agenda import interviews_for, with_people
from samtale.interviews.domain.queries.invited import is_emptied, is_still_invited
from samtale.interviews.domain.queries.recorded import can_have_outcome
from samtale.interviews.domain.queries.written import messages_of
from samtale.interviews.domain.slots import ImpossibleTime, instant
from samtale.interviews.models import Interview, Invitation
from samtale.interviews.models.interview import InterviewType
from samtale.interviews.models.invitation import MeetingStatus, Outcome
from samtale.web.staff.access import VIEW, WORK, StaffRequest, require
from samtale.web.staff.calendar.attendance import attendance
from samtale.web.staff.interview_pages.undone import explains_undone
from samtale.web.staff.outbox.labels import labelled

_MESSAGES = 3


@require_safe
def interview(request: StaffRequest, interview_id: int) -> HttpResponse:
    """Show who meets whom, when and where, what was answered and written, and what can be done about it.

    That is for the dialog of the calendar's script; whoever opens the address, for instance in a tab of its
    own, is led to the interview's page.
    """
    found = _interview_or_404(request, interview_id)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("staff:interview", found.pk)
    return render(request, "staff/calendar/details.html", _about(request, found))


@require_safe
@explains_undone
def move(request: StaffRequest, interview_id: int) -> HttpResponse:
    """Lead to where the interview is moved, its form filled in with the time it was dropped at.

    `?start=` is on the reader's wall clock, such as 2026-03-16T09:00. Nothing is changed here.
    """
    found = _interview_or_404(request, interview_id)
    require(request.user, WORK, found.project)
    back = _back(request)
    if not _is_movable(found):  # any longer, since whoever drags it saw it so
        messages.warning(
            request, _("The interview is cancelled, over or has started, and can no longer be moved.")
        )
        return redirect(back)
    start = request.GET.get("start", "")
    try:
        local = _dropped_at(start, reader_zone(request.user), found.zone) if start else None
    except ImpossibleTime as impossible:
        messages.error(request, impossible.reason)
        return redirect(back)
    duration = request.GET.get("duration", "")
    filled_in = {
        "start": f"{local:%Y-%m-%dT%H:%M}" if local else "",
        "duration": duration if duration.isdecimal() and 0 < int(duration[:4]) <= 720 else "",
        "next": back,
    }
    given = {name: value for name, value in filled_in.items() if value}
    return redirect(f"{reverse('staff:interview-move', args=[found.pk])}?{urlencode(given)}")


def _interview_or_404(request: StaffRequest, interview_id: int) -> Interview:
    seen = with_people(interviews_for(request.user)).select_related("project__department", "room")
    return get_object_or_404(seen, pk=interview_id)


def _is_movable(found: Interview) -> bool:
    return found.state == Interview.State.PLANNED and found.start > clock.now()


def _about(request: StaffRequest, found: Interview) -> dict[str, object]:
    may_see = request.user.has_perm(VIEW, found.project)
    may_work = request.user.has_perm(WORK, found.project)
    zone = reader_zone(request.user)
    invitations = list(found.invitations.all())
    invited = [each for each in invitations if is_still_invited(each)]
    is_empty = is_emptied(found.state, anybody_is_left=bool(invited))
    is_ahead = may_work and _is_movable(found)
    is_over = may_work and found.start <= clock.now() and can_have_outcome(found)
    return {
        "interview": found,
        "invitations": invitations,
        "seats_taken": {found.pk: sum(_has_seat(each) for each in invitations)},
        "messages_about": labelled(messages_of(found, limit=_MESSAGES)) if may_see else [],
        "attendance": _attendance(found, invitations, invited),
        "interviewers": sorted(found.interviewers.all(), key=lambda each: (each.last_name, each.pk)),
        "start": found.start.astimezone(zone),
        "end": found.end.astimezone(zone),
        "zone": zone.key,
        "is_cancelled": found.state == Interview.State.CANCELLED,
        "may_see": may_see,
        "is_emptied": is_empty,
        "is_movable": is_ahead and not is_empty,
        "may_cancel": is_ahead,
        "is_over": is_over,
    }


def _has_seat(invitation: Invitation) -> bool:
    """As `seats_taken` counts them, of those who were fetched: without whose part is called off."""
    return invitation.meeting_status == MeetingStatus.ACCEPTED


def _attendance(
    found: Interview, invitations: Collection[Invitation], invited: Collection[Invitation]
) -> str:
    if found.type != InterviewType.GROUP and len(invitations) < 2:
        return ""
    return attendance(
        found.state,
        invited=len(invited),
        coming=sum(each.meeting_status == MeetingStatus.ACCEPTED for each in invited),
        came=sum(each.outcome == Outcome.ATTENDED for each in invited),
    )


def _dropped_at(text: str, reader: ZoneInfo, own: ZoneInfo) -> datetime | None:
    """Return what clocks in `own` show when clocks in `reader` show `text`; None where it is no time."""
    try:
        typed = datetime.fromisoformat(text)
        found = instant(typed.date(), typed.time(), reader) if typed.tzinfo is None else None
    except (OverflowError, ValueError) as wrong:
        if isinstance(wrong, ImpossibleTime):
            raise
        return None
    is_near = found is not None and abs(found - clock.now()) < timedelta(days=36525)
    return found.astimezone(own) if found and is_near else None


def _back(request: StaffRequest) -> str:
    """Return the calendar as it was shown: an address of this page's own, and no other."""
    calendar = reverse("staff:calendar")
    wanted = request.GET.get("next", "")
    is_own = url_has_allowed_host_and_scheme(wanted, None) and wanted.partition("?")[0] == calendar
    return wanted if is_own else calendar
