"""What can be done with departments."""

from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError

from samtale.accounts.models import Department
from samtale.core import audit
from samtale.core.audit import Actor
from samtale.core.text import one_line


class DepartmentNameTaken(Exception):
    """Another department has this name."""


class DepartmentInUse(Exception):
    """Projects or rooms belong to the department."""


@transaction.atomic
def create_department(
    *, name: str, address: str = "", directions: str = "", by: Actor, now: datetime
) -> Department:
    """Create a department.

    Raises:
        DepartmentNameTaken: there is one with this name.
    """
    _refuse_taken_name(name)
    department = Department.objects.create(
        name=one_line(name), address=one_line(address), directions=directions
    )
    audit.record("department.created", subject=department, by=by, now=now, name=department.name)
    return department


@transaction.atomic
def update_department(
    *, department: Department, name: str, address: str, directions: str, by: Actor, now: datetime
) -> None:
    """Change a department. Letters already written keep the old values.

    Raises:
        DepartmentNameTaken: another one has this name.
    """
    _refuse_taken_name(name, apart_from=department)
    department.name, department.address, department.directions = one_line(name), one_line(address), directions
    department.save()
    audit.record("department.updated", subject=department, by=by, now=now, name=department.name)


@transaction.atomic
def delete_department(*, department: Department, by: Actor, now: datetime) -> None:
    """Delete a department that no project or room belongs to.

    Raises:
        DepartmentInUse: a project or a room belongs to it.
    """
    audit.record("department.deleted", subject=department, by=by, now=now, name=department.name)
    try:
        department.delete()
    except ProtectedError as error:
        raise DepartmentInUse(department.name) from error


def _refuse_taken_name(name: str, apart_from: Department | None = None) -> None:
    others = Department.objects.filter(name__iexact=one_line(name))
    if apart_from:
        others = others.exclude(pk=apart_from.pk)
    if others.exists():
        raise DepartmentNameTaken(name)
