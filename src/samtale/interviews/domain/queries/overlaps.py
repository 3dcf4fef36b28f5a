"""Who would have to be in two interviews at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from samtale.accounts.models import User
from samtale.interviews.models import Interview

LONGEST = timedelta(hours=12)


@dataclass(frozen=True)
class Overlap:
    """`user` is asked to attend at `start` (UTC) and is in another interview that begins at `other`."""

    user: User
    start: datetime
    other: datetime


def overlaps(interviewers: Sequence[User], starts: Sequence[datetime], *, minutes: int) -> list[Overlap]:
    """Return where new interviews of `minutes` at `starts` meet one another, or planned ones, by start.

    An interview that ends as the next begins does not meet it.
    """
    length = timedelta(minutes=minutes)
    new = sorted(starts)
    among_themselves = [
        Overlap(user, later, earlier)
        for earlier, later in pairwise(new)
        if later < earlier + length
        for user in interviewers
    ]
    planned = Interview.interviewers.through.objects.filter(
        user__in=interviewers,
        interview__state=Interview.State.PLANNED,
        interview__start__gt=new[0] - LONGEST,
        interview__start__lt=new[-1] + length,
    ).select_related("interview", "user")
    with_others = [
        Overlap(row.user, start, row.interview.start)
        for row in planned.order_by("interview__start", "pk")
        for start in new
        if start < row.interview.end and row.interview.start < start + length
    ]
    return sorted(among_themselves + with_others, key=lambda found: found.start)
