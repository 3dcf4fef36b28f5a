"""Which rooms there are for whom."""

from django.db.models import Q, QuerySet

from samtale.accounts.models import User
from samtale.accounts.rights import administered_department_ids
from samtale.interviews.models import Room
from samtale.recruiting.models import Project


def bookable_rooms(project: Project) -> QuerySet[Room]:
    """Return the rooms that the project's interviews may be held in: its department's and the shared ones."""
    own_or_shared = Q(department=project.department_id) | Q(department=None)
    return Room.objects.filter(own_or_shared, is_active=True).select_related("department")


def rooms_shown_to(user: User) -> QuerySet[Room]:
    """Return the rooms that `user` sees in the register: all, or those of the departments they administer
    and the shared ones."""
    rooms = Room.objects.select_related("department").order_by("-is_active", "name", "pk")
    if user.is_administrator:
        return rooms
    return rooms.filter(Q(department__in=administered_department_ids(user)) | Q(department=None))
