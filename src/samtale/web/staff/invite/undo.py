"""Takes a Send back, and leads to step 2 with everything that was typed."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from samtale.accounts.models import User
from samtale.core import clock
from samtale.interviews.domain.undo import (
    LONGEST,
    UndoneAlready,
    UndoRefused,
    may_undo,
    undo_dispatch,
    undo_until,
)
from samtale.interviews.models import Dispatch, SentForm
from samtale.recruiting.models import Project
from samtale.web.staff.access import StaffRequest, project_or_404
from samtale.web.staff.invite.draft import Draft
from samtale.web.staff.invite.pages import restore
from samtale.web.staff.invite.restored import posted_again


@dataclass(frozen=True)
class Undoable:
    """A Send that can still be undone, and for how many seconds."""

    dispatch: Dispatch
    until: datetime
    seconds: int


def undoable(project: Project, user: User, *, now: datetime) -> list[Undoable]:
    """Return the Sends in `project` that `user` may still undo."""
    found = []
    for dispatch, until in undo_until(Dispatch.objects.filter(project=project, at__gt=now - LONGEST)).items():
        dispatch.project = project
        if until > now and may_undo(dispatch, user):
            found.append(Undoable(dispatch, until, ceil((until - now).total_seconds())))
    return found


def undo(request: StaffRequest, project_id: int, dispatch_id: int) -> HttpResponse:
    """Undo the Send; where it is too late, say so."""
    project = project_or_404(request, project_id)
    dispatch = Dispatch.objects.filter(project=project, pk=dispatch_id).first()
    if dispatch is None:
        return _undone_already(request, project)
    dispatch.project = project
    if not may_undo(dispatch, request.user):
        raise PermissionDenied
    now = clock.now()
    if not dispatch.interviews.exists():
        return _undone_already(request, project)
    form = SentForm.objects.filter(dispatch=dispatch).first()
    try:
        undo_dispatch(dispatch=dispatch, by=request.user, now=now)
    except UndoneAlready:
        return _undone_already(request, project)
    except UndoRefused as refusal:
        messages.error(request, refusal.message)
        return redirect("staff:applications", project_id=project.pk)
    if form is None or not form.fields:
        messages.success(request, _("Send is undone. No letter has left."))
        return redirect("staff:applications", project_id=project.pk)
    messages.success(request, _("Send is undone. No letter has left. What you wrote is kept here."))
    return restore(request, Draft.from_post(project, request.user, posted_again(form.fields), now=now))


def _undone_already(request: StaffRequest, project: Project) -> HttpResponse:
    messages.info(request, _("This Send was undone already."))
    return redirect("staff:applications", project_id=project.pk)
