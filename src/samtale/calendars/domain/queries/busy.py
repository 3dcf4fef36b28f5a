"""When users are taken outside Samtale."""

from collections.abc import Collection
from datetime import datetime

from samtale.accounts.models import User
from samtale.calendars.models import BusyBlock

Stretch = tuple[datetime, datetime]


def busy_between(users: Collection[User], *, start: datetime, end: datetime) -> dict[int, list[Stretch]]:
    """Return, by the user's id, from when to when (UTC) each is taken between `start` and `end`, by start.

    One query. A block that began before `start` counts, however long it is.
    """
    rows = BusyBlock.objects.filter(user__in=list(users), start__lt=end, end__gt=start)
    found: dict[int, list[Stretch]] = {user.pk: [] for user in users}
    for user_id, begins, ends in rows.order_by("start", "pk").values_list("user_id", "start", "end"):
        found[user_id].append((begins, ends))
    return found
