"""Ny rekruttering, and editing a project with its team."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtale.accounts.domain.queries.users import active_users
from samtale.accounts.models import User
from samtale.core import clock
from samtale.recruiting.domain.projects import ReferenceTaken, create_project, set_access, update_project
from samtale.recruiting.domain.queries.projects import projects_for
from samtale.recruiting.domain.taken_rights import left_behind, working_senders
from samtale.recruiting.models import Project
from samtale.web.staff.access import StaffRequest, project_or_404, require
from samtale.web.staff.forms.project import ProjectForm, TeamForm
from samtale.web.staff.whose_letters import tell_waiting


@require_http_methods(["GET", "HEAD", "POST"])
def project_new(request: StaffRequest) -> HttpResponse:
    """Create a project; the one who creates it is proposed as its owner."""
    require(request.user, "recruiting.create_project")
    return _edit(request, None, initial={"owner": request.user.pk})


@require_http_methods(["GET", "HEAD", "POST"])
def project_edit(request: StaffRequest, project_id: int) -> HttpResponse:
    """Change a project's facts and who has access to it."""
    return _edit(request, project_or_404(request, project_id, "recruiting.edit_project"), initial={})


def _edit(request: StaffRequest, project: Project | None, *, initial: dict[str, object]) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = ProjectForm(data, project=project, initial=initial)
    levels = dict(project.accesses.values_list("user_id", "level")) if project else {}
    team = TeamForm(data, users=active_users().filter(is_administrator=False), levels=levels)
    if data is not None and form.is_valid() and team.is_valid():
        try:
            worked = working_senders(project) if project else set()
            saved = _save(project, form, team, by=request.user)
        except ReferenceTaken:
            form.add_taken_reference()
        else:
            messages.success(request, _("The project is saved."))
            for user, number in left_behind(saved, worked).items() if worked else ():
                tell_waiting(request, user, number, project=saved)
            return _onward(request.user, saved)
    return render(request, "staff/projects/edit.html", {"project": project, "form": form, "team": team})


@transaction.atomic
def _save(project: Project | None, form: ProjectForm, team: TeamForm, *, by: User) -> Project:
    now = clock.now()
    if project is None:
        project = create_project(**form.cleaned_data, by=by, now=now)
    else:
        update_project(project=project, **form.cleaned_data, by=by, now=now)
    set_access(project=project, levels=team.chosen(), by=by, now=now)
    return project


def _onward(user: User, project: Project) -> HttpResponse:
    """Show the project, unless its maker has given it away."""
    fresh = User.objects.get(pk=user.pk)
    if projects_for(fresh).filter(pk=project.pk).exists():
        return redirect("staff:project", project.pk)
    return redirect("staff:projects")
