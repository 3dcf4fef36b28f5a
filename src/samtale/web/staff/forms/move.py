"""Moving an interview: when, where and with whom from now on, and who is told."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samtale.accounts.models import User
from samtale.interviews.domain.queries.rooms import bookable_rooms
from samtale.interviews.domain.reschedule import Terms
from samtale.interviews.models import Interview, Invitation, Room
from samtale.recruiting.domain.queries.team import people_in
from samtale.ui.widgets import InlineRadios
from samtale.web.staff.forms.appointment import AppointmentForm
from samtale.web.staff.forms.book_anyway import BookAnywayMixin
from samtale.web.staff.forms.letters import NO_EMAIL, SEND
from samtale.web.staff.forms.warned import WarnedMixin

_NOT_ASKED = ("type", "round", "pause", "day_end", "seats")


class MoveForm(BookAnywayMixin, WarnedMixin, AppointmentForm):
    """The terms of one interview. The time is on the wall clock of the interview's own zone.

    `version` is that of the interview when the page was shown.
    """

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    action = forms.ChoiceField(
        label=_("Action"),
        choices=[(SEND, _("Send e-mail")), (NO_EMAIL, _("No e-mail"))],
        widget=InlineRadios,
        error_messages={"invalid_choice": _("You do not have the right to send e-mail.")},
    )
    told = forms.MultipleChoiceField(
        label=_("Who is told"),
        help_text=_("Letters that still wait to be sent follow the change in any case."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        data: Any,
        *,
        interview: Interview,
        invitations: Sequence[Invitation],
        may_tell: bool,
        now: datetime,
        initial: dict[str, Any],
    ) -> None:
        project = interview.project
        people = Q(pk__in=people_in(project).values("pk")) | Q(pk__in=interview.interviewers.values("pk"))
        rooms = Q(pk__in=bookable_rooms(project).values("pk")) | Q(pk=interview.room_id)
        super().__init__(
            data,
            zone=interview.zone,
            now=now,
            people=User.objects.filter(people),
            rooms=Room.objects.filter(rooms),
            address=project.department.address,
            initial=initial,
        )
        self.interview = interview
        for name in _NOT_ASKED:
            del self.fields[name]
        if not interview.is_at_a_place:
            del self.fields["room"], self.fields["place"]
        elif not Room.objects.filter(rooms).exists():
            del self.fields["room"]
        if interview.type != "video":
            del self.fields["video_link"]
        choices = [(str(each.pk), each.application.candidate.name) for each in invitations]
        self._choices("told", choices)
        if not may_tell:
            self._choices("action", [(NO_EMAIL, _("No e-mail"))])

    def _choices(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["type"] = self.interview.type
        cleaned = super().clean()
        room = cleaned.get("room")
        if room and "room" in self.changed_data and "place" not in self.changed_data:
            cleaned["place"] = self._place_of(room)
        return cleaned

    def terms(self) -> Terms:
        """Return what was chosen, of a form that is valid."""
        chosen = self.cleaned_data
        place = chosen.get("place", self.interview.place)
        if not self.interview.place and place == self.interview.meeting_place:
            place = ""  # it follows from elsewhere, as before
        return Terms(
            start=chosen["start"],
            duration=chosen["duration"],
            interviewers=tuple(chosen["interviewers"]),
            place=place,
            video_link=chosen.get("video_link", self.interview.video_link),
            room=chosen.get("room", self.interview.room),
        )
