"""Who works with a project."""

from django.db.models import Q, QuerySet

from samtale.accounts.models import User
from samtale.recruiting.models import Project, ProjectAccess


def people_in(project: Project) -> QuerySet[User]:
    """Return those who may log in and see the project (spec 9), by name: its possible interviewers."""
    granted = ProjectAccess.objects.filter(project=project).exclude(level=ProjectAccess.Level.NONE)
    department = User.administers.through.objects.filter(department=project.department_id)
    return User.objects.filter(is_active=True).filter(
        Q(is_administrator=True)
        | Q(pk=project.owner_id)
        | Q(pk__in=granted.values("user"))
        | Q(pk__in=department.values("user"))
    )


def team_of(project: Project) -> QuerySet[ProjectAccess]:
    """Return the access that the project itself gives, by name; not that of its owner or administrators."""
    rows = ProjectAccess.objects.filter(project=project, user__is_active=True).select_related("user")
    return (
        rows.exclude(level=ProjectAccess.Level.NONE)
        .exclude(user=project.owner_id)
        .order_by("user__last_name", "user__first_name", "user")
    )
