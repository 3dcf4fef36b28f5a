"""What can be done with recruitment projects."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from samtale.accounts.models import Department, User
from samtale.core import audit
from samtale.core.audit import Actor
from samtale.core.text import one_line
from samtale.recruiting.models import Project, ProjectAccess


class ReferenceTaken(Exception):
    """Another project has this reference."""


@transaction.atomic
def create_project(
    *,
    title: str,
    reference: str,
    department: Department,
    owner: User,
    deadline: date,
    position: str = "",
    description: str = "",
    by: Actor,
    now: datetime,
) -> Project:
    """Create a project (Ny rekruttering). `deadline` is the last day one can apply.

    Raises:
        ReferenceTaken: another project has `reference`.
    """
    _refuse_taken_reference(reference)
    project = Project.objects.create(
        title=one_line(title),
        reference=one_line(reference),
        department=department,
        owner=owner,
        deadline=deadline,
        position=one_line(position),
        description=description,
        created_at=now,
    )
    audit.record("project.created", subject=project, by=by, now=now, title=project.title)
    return project


@transaction.atomic
def update_project(
    *,
    project: Project,
    title: str,
    reference: str,
    department: Department,
    owner: User,
    deadline: date,
    position: str,
    description: str,
    by: Actor,
    now: datetime,
) -> None:
    """Change the project's facts. Letters already written keep the old ones.

    Raises:
        ReferenceTaken: another project has `reference`.
    """
    _refuse_taken_reference(reference, apart_from=project)
    new = {
        "title": one_line(title),
        "reference": one_line(reference),
        "department": department,
        "owner": owner,
        "deadline": deadline,
        "position": one_line(position),
        "description": description,
    }
    changed = sorted(name for name, value in new.items() if getattr(project, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(project, name, new[name])
    project.save()
    audit.record("project.updated", subject=project, by=by, now=now, fields=changed)


@transaction.atomic
def complete_project(*, project: Project, by: Actor, now: datetime) -> None:
    """Move the project to the completed ones. Nothing else about it changes."""
    if project.completed_at is None:
        project.completed_at = now
        project.save(update_fields=["completed_at"])
        audit.record("project.completed", subject=project, by=by, now=now)


@transaction.atomic
def reopen_project(*, project: Project, by: Actor, now: datetime) -> None:
    """Undo `complete_project`."""
    if project.completed_at is not None:
        project.completed_at = None
        project.save(update_fields=["completed_at"])
        audit.record("project.reopened", subject=project, by=by, now=now)


@transaction.atomic
def set_access(*, project: Project, levels: Mapping[User, str], by: Actor, now: datetime) -> None:
    """Give each of these users exactly this `ProjectAccess.Level`; others keep what they have."""
    before = dict(project.accesses.values_list("user_id", "level"))
    changes = {
        user: level
        for user, level in levels.items()
        if before.get(user.pk, ProjectAccess.Level.NONE) != level
    }
    ProjectAccess.objects.bulk_create(
        [ProjectAccess(project=project, user=user, level=level) for user, level in changes.items()],
        update_conflicts=True,
        unique_fields=["project", "user"],
        update_fields=["level"],
    )
    audit.record_all(
        audit.entry(
            "project.access_set", subject=project, by=by, now=now, user=user.pk, name=str(user), level=level
        )
        for user, level in changes.items()
    )


def _refuse_taken_reference(reference: str, apart_from: Project | None = None) -> None:
    others = Project.objects.filter(reference__iexact=one_line(reference))
    if apart_from:
        others = others.exclude(pk=apart_from.pk)
    if others.exists():
        raise ReferenceTaken(reference)
