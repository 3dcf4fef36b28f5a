"""Carries out the chosen further progress for the ticked applicants."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samtale.core import clock
from samtale.interviews.models import Invitation
from samtale.recruiting.domain import many
from samtale.recruiting.domain.progress import IllegalTransition, set_status
from samtale.recruiting.models import Application, Project
from samtale.recruiting.statuses import APPLICATION_STATUS, CLOSING
from samtale.web.staff.access import StaffRequest, project_or_404, require
from samtale.web.staff.applicants.actions import INVITE, REJECT, Action, actions_for
from samtale.web.staff.applicants.narrowing import Narrowing
from samtale.web.staff.by_button import by_button
from samtale.web.staff.invite import begin
from samtale.web.staff.names import NAMED, some
from samtale.web.staff.reject.pages import begin as begin_rejection
from samtale.web.staff.too_late import tell_reopened, tell_too_late


@by_button
def progress(request: StaffRequest, project_id: int) -> HttpResponse:
    """Do what was chosen with the ticked applicants, or with all that the list's address finds."""
    project = project_or_404(request, project_id, "recruiting.work_in_project")
    chosen = _chosen(request, project)
    action = _action(request, project)
    if not chosen:
        messages.error(request, _("Nobody is ticked. Tick the applicants first, and then press Execute."))
        return _back(request, project)
    if action is None:
        messages.error(request, _("Choose what is to happen with the ticked applicants."))
        return _back(request, project)
    if action.name == INVITE:
        return begin(request, project, [application.pk for application in chosen])
    if action.name == REJECT:
        return begin_rejection(request, project, [application.pk for application in chosen])
    return _move(request, project, chosen, action)


def _chosen(request: StaffRequest, project: Project) -> list[Application]:
    """Return the project's own among the ticked ones; others' ids are passed over."""
    if request.POST.get("all") == "1":
        found = Narrowing.of(request.GET).found(project)
    else:
        given = ",".join(request.POST.getlist("application")).split(",")
        ids = [int(each) for each in given if each.isdecimal() and len(each) < 19]
        found = Application.objects.filter(project=project, deleted_at=None, pk__in=ids)
    return list(found.select_related("candidate").defer("letter", "cv").order_by("sort_name", "pk"))


def _action(request: StaffRequest, project: Project) -> Action | None:
    name = request.POST.get("action", "")
    if name == INVITE:
        require(request.user, "recruiting.invite", project)
    return next((action for action in actions_for(request.user, project) if action.name == name), None)


def _move(
    request: StaffRequest, project: Project, chosen: Sequence[Application], action: Action
) -> HttpResponse:
    movable = [each for each in chosen if APPLICATION_STATUS.allows(each.status, action.status)]
    stuck = [each for each in chosen if not APPLICATION_STATUS.allows(each.status, action.status)]
    if movable and action.status in CLOSING and "confirmed" not in request.POST:
        return _ask(request, project, movable, stuck, action)
    now = clock.now()
    if len(movable) > many.MANY:
        job = many.order_status(
            project=project, applications=movable, status=action.status, by=request.user, now=now
        )
        if stuck:
            _tell(request, 0, stuck, str(action.status.label))
        return redirect("staff:job", job.pk)
    try:
        moved = set_status(applications=movable, status=action.status, by=request.user, now=now)
    except IllegalTransition:
        messages.error(request, _("Somebody else changed one of them at the same moment. Look again."))
        return _back(request, project)
    _tell(request, len(moved), stuck, str(action.status.label))
    if action.status in CLOSING:
        tell_too_late(request, Invitation.objects.filter(application__in=moved), since=now)
    tell_reopened(request, moved, since=now)
    return _back(request, project)


def _ask(
    request: StaffRequest,
    project: Project,
    movable: Sequence[Application],
    stuck: Sequence[Application],
    action: Action,
) -> HttpResponse:
    """Ask before applications close: what waits for these candidates ends with them."""
    context = {
        "project": project,
        "action": action,
        "number": len(movable),
        "names": [application.candidate.name for application in movable[:NAMED]],
        "more": max(0, len(movable) - NAMED),
        "stuck": _names(stuck),
        "ids": ",".join(str(application.pk) for application in movable),
        "query": request.GET.urlencode(),
    }
    return render(request, "staff/applicants/confirm.html", context)


def _tell(request: StaffRequest, number: int, stuck: Sequence[Application], status: str) -> None:
    if number:
        done = ngettext(
            "%(number)d applicant now has the status “%(status)s”.",
            "%(number)d applicants now have the status “%(status)s”.",
            number,
        )
        messages.success(request, done % {"number": number, "status": status})
    elif not stuck:
        messages.info(request, _("They have the status “%(status)s” already.") % {"status": status})
    if stuck:
        text = _("The status “%(status)s” cannot follow the one they have: %(names)s.")
        messages.warning(
            request,
            text % {"status": status, "names": _names(stuck)},
        )


def _names(applications: Sequence[Application]) -> str:
    return some([application.candidate.name for application in applications])


def _back(request: StaffRequest, project: Project) -> HttpResponse:
    """Return to the list as it was narrowed and sorted."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return HttpResponseRedirect(reverse("staff:applications", args=[project.pk]) + query)
