"""Whom to get back to: who asks for a new time, and who has not answered."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from samtale.core import clock
from samtale.interviews.domain.queries.follow_up import unanswered, waiting_for_new_time
from samtale.interviews.domain.queries.seats import without_seat
from samtale.interviews.domain.remind_to_answer import Asked, asked_lately, remind_to_answer
from samtale.interviews.models import Invitation
from samtale.recruiting.models import Project
from samtale.web.staff.access import WORK, StaffRequest
from samtale.web.staff.names import some

PER_PAGE = 50
_LONGEST_ID = 18  # digits


@require_safe
def follow_up(request: StaffRequest) -> HttpResponse:
    """Show both lists, with what may be done about each."""
    now = clock.now()
    asking = Paginator(waiting_for_new_time(request.user), PER_PAGE)
    silent = Paginator(unanswered(request.user, now=now), PER_PAGE)
    asking_page = asking.get_page(request.GET.get("page"))
    silent_page = silent.get_page(request.GET.get("silent"))
    rights = _Rights(request)
    lately = asked_lately(list(silent_page), now=now)
    full = without_seat(list(silent_page))
    # Whoever could not say yes is not asked whether they will.
    askable = {each.pk for each in silent_page if rights.writes(each) and each.pk not in full}
    context = {
        "now": now,
        "send_key": uuid.uuid4(),
        "asking": [(each, rights.works(each), rights.invites(each)) for each in asking_page],
        "asking_page": asking_page,
        "silent": [(each, each.pk in askable, each.pk in full, lately.get(each.pk)) for each in silent_page],
        "silent_page": silent_page,
        "may_remind": bool(askable),
        "has_lately": bool(askable & lately.keys()),
    }
    return render(request, "staff/interview/follow_up.html", context)


class _Rights:
    """What the user may do in the projects of the page, each asked once."""

    def __init__(self, request: StaffRequest) -> None:
        self.user = request.user
        self._known: dict[tuple[str, int], bool] = {}

    def works(self, invitation: Invitation) -> bool:
        return self._has(WORK, invitation.application.project)

    def invites(self, invitation: Invitation) -> bool:
        return self._has("recruiting.invite", invitation.application.project)

    def writes(self, invitation: Invitation) -> bool:
        return self._has("recruiting.send_email", invitation.application.project)

    def _has(self, permission: str, project: Project) -> bool:
        key = permission, project.pk
        if key not in self._known:
            self._known[key] = self.user.has_perm(permission, project)
        return self._known[key]


@require_POST
def remind(request: StaffRequest) -> HttpResponse:
    """Ask the ticked candidates to answer. Others' ids are passed over."""
    given = request.POST.getlist("invitation")
    ids = [int(each) for each in given if each.isdecimal() and len(each) <= _LONGEST_ID][:PER_PAGE]
    try:
        send_key = uuid.UUID(request.POST.get("send_key", ""))
    except ValueError:
        send_key = uuid.uuid4()
    now = clock.now()
    if not ids:
        messages.error(request, _("Nobody is ticked. Tick the candidates first."))
        return redirect("staff:follow-up")
    chosen = list(unanswered(request.user, now=now).filter(pk__in=ids))
    asked = remind_to_answer(
        invitations=chosen,
        send_key=send_key,
        also_asked_lately="also_asked_lately" in request.POST,
        by=request.user,
        now=now,
    )
    _tell(request, asked)
    return redirect("staff:follow-up")


def _tell(request: StaffRequest, asked: Asked) -> None:
    if not asked.is_new:
        messages.info(request, _("They were asked already. Nothing was sent again."))
        return
    if number := len(asked.asked):
        sentence = ngettext(
            "%(number)d candidate is asked to answer.", "%(number)d candidates are asked to answer.", number
        )
        messages.success(request, sentence % {"number": number})
    elif not (asked.asked_lately or asked.without_seat or asked.unreachable):
        messages.info(request, _("Nobody was written to: they have answered, or you may not write to them."))
    for invitations, sentence in (
        (asked.asked_lately, _("Asked within the last 24 hours, and not asked again: %(names)s.")),
        (asked.without_seat, _("All seats are taken, so these were not asked: %(names)s.")),
        (asked.unreachable, _("The letter could not be written to: %(names)s.")),
    ):
        if invitations:
            names = some([each.application.candidate.name for each in invitations])
            messages.warning(request, sentence % {"names": names})
