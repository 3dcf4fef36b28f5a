"""Endre møteinnkallingen."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samtale.interviews.domain.meeting_status import SET_BY_HAND
from samtale.interviews.domain.seen import Seen
from samtale.interviews.models import Invitation
from samtale.interviews.models.invitation import MeetingStatus
from samtale.web.staff.forms.book_anyway import BookAnywayMixin
from samtale.web.staff.forms.dates import date_field, instant_typed, time_field
from samtale.web.staff.forms.seen import SeenForm
from samtale.web.staff.forms.warned import WarnedMixin

# What `change_invitation` calls the field it refuses, and where it stands in the form.
_FIELDS = {"meeting_status": "status", "start": "date"}


class InvitationForm(BookAnywayMixin, WarnedMixin, SeenForm):
    """Meeting status, date and time by hand. The time is on the wall clock of the interview's zone."""

    status = forms.ChoiceField(label=_("Meeting status"))
    date = date_field(_("Date"))
    time = time_field(_("Time"))
    tells_candidates = forms.BooleanField(
        label=_("Tell the candidates the new time by e-mail"),
        help_text=_(
            "They are asked to answer anew. Without it, only letters that still wait follow the new time."
        ),
        initial=True,
        required=False,
    )
    shows = ("status", "date", "time")

    def __init__(self, data: Mapping[str, Any] | None, *, invitation: Invitation, may_tell: bool) -> None:
        self.start: datetime | None = None
        super().__init__(data, invitation=invitation, may_tell=may_tell)
        self.fields["status"].choices = [  # type: ignore[attr-defined]
            (status, MeetingStatus(status).label) for status in _statuses(self.seen, invitation)
        ]

    def shown(self, seen: Seen) -> dict[str, Any]:
        """Return the meeting status, and the start on the wall clock of the interview's zone."""
        start = seen.start.astimezone(self.invitation.interview.zone)
        time = start.time().replace(second=0, microsecond=0)
        return {"status": seen.meeting_status, "date": start.date(), "time": time}

    def clean(self) -> dict[str, Any]:
        """Work out `start`: the new instant in UTC, or None where date and time are as they were shown."""
        values = self.cleaned_data
        if {"date", "time"} & set(self.changed_data):
            self.start = instant_typed(self, values, self.invitation.interview.zone)
        return values

    def add_refusal(self, field: str, message: str) -> None:
        """Say beside the field why the change was refused."""
        self.add_error(_FIELDS.get(field), message)

    @property
    def booked_for(self) -> datetime | None:
        """Return the start for which interviewers and the room would be booked anew, or None where they stay
        as they are: the new one, or the present one where the invitation is taken up again."""
        is_taken_up_again = (
            self.invitation.meeting_status == MeetingStatus.NOT_RELEVANT
            and self.cleaned_data["status"] != MeetingStatus.NOT_RELEVANT
            and not self.invitation.interview.bookings.exists()
        )
        return self.start or (self.invitation.interview.start if is_taken_up_again else None)


def _statuses(seen: Seen | None, invitation: Invitation) -> list[str]:
    """Return the statuses to choose from; the present one, and the one that was shown, also where they
    are none that hands may set."""
    present = [invitation.meeting_status, *([seen.meeting_status] if seen else [])]
    return [*dict.fromkeys(status for status in present if status not in SET_BY_HAND), *SET_BY_HAND]
