"""Takes the object a page is about, or refuses. The one place where staff pages ask for rights."""

from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from samtale.accounts.models import User
from samtale.interviews.domain.queries.agenda import interviews_for
from samtale.interviews.domain.queries.rooms import rooms_shown_to
from samtale.interviews.models import Interview, Room
from samtale.recruiting.models import Application, Project

# The rights that many pages ask for. What each means: `recruiting.rules` and `accounts.rights`.
VIEW, WORK = "recruiting.view_project", "recruiting.work_in_project"
EDIT_CANDIDATE = "recruiting.edit_candidate"
ANONYMISE = "recruiting.anonymise"
ADMINISTER = "accounts.administer"
ADMINISTER_ROOMS = "accounts.administer_department"


class StaffRequest(HttpRequest):
    """A request by someone who is logged in, and reads moments on the clock of `zone`."""

    user: User
    zone: ZoneInfo


def require(user: User, permission: str, subject: object = None) -> None:
    """Raise `PermissionDenied` unless `user` has `permission` (on `subject`)."""
    if not user.has_perm(permission, subject):
        raise PermissionDenied(permission)


def project_or_404(request: StaffRequest, project_id: int, permission: str = VIEW) -> Project:
    """Return the project. 404 if the user may not see it, 403 if they lack `permission` in it."""
    project = get_object_or_404(Project.objects.select_related("department", "owner"), pk=project_id)
    _check(request.user, permission, project)
    return project


def application_or_404(request: StaffRequest, application_id: int, permission: str = VIEW) -> Application:
    """Return the application, with the rule of `project_or_404` for its project."""
    application = get_object_or_404(
        Application.objects.select_related("candidate", "project"),
        pk=application_id,
        deleted_at=None,
    )
    _check(request.user, permission, application.project)
    return application


def writable_application_or_404(request: StaffRequest, application_id: int) -> Application:
    """Return an application that something may be written into, with the rule above for work. 403 where the
    applicant has been anonymised: nothing personal may come back."""
    application = application_or_404(request, application_id, WORK)
    if application.candidate.anonymised_at:
        raise PermissionDenied
    return application


def may_edit_room(user: User, room: Room) -> bool:
    """Say whether the room is one of the departments that `user` administers; what is shared is only the
    administrators'."""
    return user.has_perm(ADMINISTER_ROOMS, room.department) if room.department else user.has_perm(ADMINISTER)


def room_or_404(request: StaffRequest, room_id: int) -> Room:
    """Return a room to be changed. 403 for who administers nothing or may only look at it, 404 for a room
    of a department that the user does not administer."""
    require(request.user, ADMINISTER_ROOMS)
    room = get_object_or_404(rooms_shown_to(request.user), pk=room_id)
    if not may_edit_room(request.user, room):
        raise PermissionDenied
    return room


def interview_or_404(request: StaffRequest, interview_id: int, permission: str = "") -> Interview:
    """Return an interview of a project that the user may see, or one that they attend; 404 for any other.
    403 where they lack `permission` in the project."""
    found = interviews_for(request.user).select_related(
        "project__department", "project__owner", "room", "dispatch"
    )
    interview = get_object_or_404(found, pk=interview_id)
    if permission:
        require(request.user, permission, interview.project)
    return interview


def _check(user: User, permission: str, project: Project) -> None:
    """Ask the predicates about the one project at hand: a query over all that `user` sees takes Django
    milliseconds to put together, on every page."""
    if not user.has_perm(VIEW, project):
        raise Http404
    require(user, permission, project)
