"""The register of rooms: what can be done with it."""

from datetime import datetime

from django.db import transaction

from samtale.accounts.models import Department
from samtale.core import audit
from samtale.core.audit import Actor
from samtale.core.text import one_line
from samtale.interviews.models import Room


class RoomNameTaken(Exception):
    """The department, or what is shared by all, has another room with this name."""


@transaction.atomic
def create_room(
    *,
    name: str,
    address: str = "",
    capacity: int | None = None,
    department: Department | None = None,
    by: Actor,
    now: datetime,
) -> Room:
    """Add a room of `department`, or one that all departments share. `capacity` counts everybody in it.

    Raises:
        RoomNameTaken: there is one with this name.
    """
    _refuse_taken_name(name, department)
    room = Room.objects.create(
        name=one_line(name), address=one_line(address), capacity=capacity, department=department
    )
    audit.record("room.created", subject=room, by=by, now=now, name=room.name)
    return room


@transaction.atomic
def update_room(
    *,
    room: Room,
    name: str,
    address: str,
    capacity: int | None,
    department: Department | None,
    is_active: bool,
    by: Actor,
    now: datetime,
) -> None:
    """Change a room. Interviews that are planned in it stay there, with the place their letters name.

    One that is not active can no longer be booked.

    Raises:
        RoomNameTaken: another one has this name.
    """
    Room.objects.select_for_update(no_key=True).get(pk=room.pk)
    _refuse_taken_name(name, department, apart_from=room)
    room.name, room.address, room.capacity = one_line(name), one_line(address), capacity
    room.department, room.is_active = department, is_active
    room.save()
    audit.record("room.updated", subject=room, by=by, now=now, name=room.name, is_active=is_active)


def _refuse_taken_name(name: str, department: Department | None, apart_from: Room | None = None) -> None:
    others = Room.objects.filter(name__iexact=one_line(name), department=department)
    if apart_from:
        others = others.exclude(pk=apart_from.pk)
    if others.exists():
        raise RoomNameTaken(name)
