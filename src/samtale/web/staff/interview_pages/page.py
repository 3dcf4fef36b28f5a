"""The page of one interview: who, when, where, what was written, and what can be done."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samtale.core import clock
from samtale.interviews.domain.queries.invited import invited_to, is_emptied, is_still_invited
from samtale.interviews.domain.queries.recorded import can_have_outcome
from samtale.interviews.domain.queries.seats import seats_taken
from samtale.interviews.domain.queries.written import messages_of
from samtale.interviews.models import Interview
from samtale.interviews.models.interview import InterviewType
from samtale.recruiting.statuses import is_closed
from samtale.web.staff.access import VIEW, WORK, StaffRequest, interview_or_404
from samtale.web.staff.interview_pages.undone import explains_undone
from samtale.web.staff.outbox.labels import labelled

MESSAGES_SHOWN = 50


@require_safe
@explains_undone
def interview(request: StaffRequest, interview_id: int) -> HttpResponse:
    """Show the interview. Who attends it without access to its project sees no more than in the calendar."""
    found = interview_or_404(request, interview_id)
    sees_project = request.user.has_perm(VIEW, found.project)
    may_work = request.user.has_perm(WORK, found.project)
    now = clock.now()
    is_planned = found.state == Interview.State.PLANNED
    invitations = invited_to(found, with_called_off=sees_project)
    standing = {each.pk for each in invitations if is_still_invited(each)}
    changeable = {each.pk for each in invitations if not (each.cancelled_at or is_closed(each.application))}
    is_empty = is_emptied(found.state, anybody_is_left=bool(standing))
    context: dict[str, Any] = {
        "interview": found,
        "project": found.project,
        "invitations": invitations,
        # Whose answer a hand may change: nobody's who is out of the recruitment.
        "changeable": changeable if may_work and is_planned else set(),
        # Who of them can be called off alone.
        "leaves_others": standing if len(standing) > 1 else set(),
        "is_emptied": is_empty,
        "seats_taken": seats_taken([found]),
        "sees_project": sees_project,
        "may_work": may_work,
        "has_started": found.start <= now,
        "may_move": may_work and is_planned and not is_empty,
        "may_change_seats": may_work and is_planned and found.type == InterviewType.GROUP,
        "may_cancel": may_work and is_planned and found.start > now,
        "may_record": may_work and found.start <= now and can_have_outcome(found),
        "messages_about": labelled(messages_of(found, limit=MESSAGES_SHOWN)) if sees_project else None,
    }
    return render(request, "staff/interview/interview.html", context, status=HTTPStatus.OK)
