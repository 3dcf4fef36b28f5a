"""The reminders that an interview is moved too near for."""

from datetime import datetime
from zoneinfo import ZoneInfo

from samtale.accounts.models import Organisation
from samtale.interviews.domain.reminder_time import is_possible
from samtale.interviews.models import Interview, InvitationMessage
from samtale.outbox.domain.queue import STOPPABLE

_Purpose = InvitationMessage.Purpose


def reminders_too_near(interview: Interview, *, start: datetime, now: datetime) -> list[InvitationMessage]:
    """Return the reminders that wait and are not sent if the interview begins at `start` (UTC), since their
    time is past by then (spec 4). By the candidates' names, with message and candidate."""
    days = interview.dispatch.reminder_days
    zone = ZoneInfo(Organisation.current().time_zone)
    if days is None or is_possible(start, days=days, zone=zone, now=now):
        return []
    waiting = InvitationMessage.objects.filter(
        invitation__interview=interview,
        purpose__in=(_Purpose.REMINDER_EMAIL, _Purpose.REMINDER_SMS),
        message__state__in=STOPPABLE,
    )
    return list(
        waiting.select_related("message", "invitation__application__candidate")
        .defer("message__content")
        .order_by("invitation__application__sort_name", "message_id")
    )
