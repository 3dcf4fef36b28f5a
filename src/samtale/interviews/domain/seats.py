"""Gives a group interview another number of seats (spec 2). Nobody is told: no invitation names it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samtale.accounts.models import User
from samtale.core import audit
from samtale.interviews.domain.changing import ChangedMeanwhile, ChangeRefused, check_planned, hold_interview
from samtale.interviews.domain.queries.invited import invited_to
from samtale.interviews.domain.queries.seats import seats_said_yes_to
from samtale.interviews.models import Interview
from samtale.interviews.models.interview import InterviewType


def change_seats(
    *, interview: Interview, seen: int | None, seats: int | None, by: User, now: datetime
) -> Interview:
    """Let `seats` candidates say yes from now on; None: everybody. `seen` is how many could when the
    recruiter chose. Return the interview as it is now.

    Raises:
        ChangedMeanwhile: somebody else has changed it since.
        ChangeRefused: it is no longer planned, no group interview, or more have said yes already.
    """
    with transaction.atomic():
        held = hold_interview(interview.pk)
        if held.seats == seats:
            return held  # also a second press of the same form
        if held.seats != seen:
            raise ChangedMeanwhile
        check_planned(held)
        if held.type != InterviewType.GROUP or (seats is not None and seats < 1):
            raise ChangeRefused("seats", _("Only a group interview has seats, and at least one."))
        if seats is not None and (taken := seats_said_yes_to(held)) > seats:
            sentence = ngettext(
                "%(number)d candidate has said yes already. There cannot be fewer seats.",
                "%(number)d candidates have said yes already. There cannot be fewer seats.",
                taken,
            )
            raise ChangeRefused("seats", sentence % {"number": taken})
        held.seats = seats
        held.save(update_fields=["seats"])
        audit.record_all(
            audit.entry("seats_changed", subject=invitation.application, by=by, now=now, old=seen, new=seats)
            for invitation in invited_to(held)
        )
    return held
