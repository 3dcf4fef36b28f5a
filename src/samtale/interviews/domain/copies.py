"""Keeps the copies of interviews in their interviewers' own calendars true (`calendars.domain.copying`)."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils import translation

from samtale.accounts.models import User
from samtale.calendars.domain.marks import mark_changed
from samtale.calendars.followers import Wanted
from samtale.interviews.domain.published_ical import Writer
from samtale.interviews.domain.queries.published import digest, standing_for
from samtale.interviews.models import Interview


def interviews_changed(interview_ids: Collection[int], *, also: Collection[int] = ()) -> None:
    """Let the copies of these interviews be brought up to date, in the calendars of all who attend and of
    `also`, ids of those who did so far. Call it inside the transaction of the change."""
    who = set(also)
    if interview_ids:
        attending = Interview.interviewers.through.objects.filter(interview__in=list(interview_ids))
        who |= set(attending.order_by().values_list("user_id", flat=True))
    mark_changed(who)


def wanted_copies(user: User, with_names: bool, now: datetime) -> Sequence[Wanted]:
    """Return the interviews that `user` attends as they ought to stand in a calendar, in their language."""
    with translation.override(user.language):
        writer = Writer(with_names=with_names, now=now)
        return [
            Wanted(
                uid=writer.uid(interview),
                digest=digest([interview], with_names, user.language),
                content=writer.single(interview),
                end=interview.end,
            )
            for interview in standing_for(user, now=now)
        ]
