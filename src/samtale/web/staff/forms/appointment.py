"""Step 1 of inviting: how, when and with whom."""

from datetime import datetime, time
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samtale.accounts.models import User
from samtale.interviews.models import Room
from samtale.interviews.models.interview import AT_A_PLACE, PLACE_LENGTH, InterviewType, Round
from samtale.ui.widgets import TimeInput
from samtale.web.staff.forms.dates import date_field, instant_typed, time_field
from samtale.web.staff.forms.room_field import RoomSelect, room_field
from samtale.web.staff.forms.seats import seats_field

_DURATION = gettext_lazy("The duration must be between 1 minute and 12 hours.")


class StartForm(forms.Form):
    """A date and a clock time in the organisation's zone, as one instant that must be ahead."""

    date = date_field(gettext_lazy("Date"))
    time = time_field(gettext_lazy("Time"))

    def __init__(self, *args: Any, zone: ZoneInfo, now: datetime, **more: Any) -> None:
        super().__init__(*args, **more)
        self.zone, self.now = zone, now

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if start := instant_typed(self, cleaned, self.zone):
            cleaned["start"] = start
            self._check_ahead(start)
        return cleaned

    def _check_ahead(self, start: datetime) -> None:
        if start > self.now:
            return
        today = self.now.astimezone(self.zone).date()
        if start.astimezone(self.zone).date() < today:
            self.add_error("date", _("The date is in the past."))
        else:
            self.add_error("time", _("This time has passed today."))


class SlotForm(StartForm):
    """One applicant's own time, and what had been proposed. `about` is whose it is."""

    proposed = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, about: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.about = about
        for name in ("date", "time"):
            self.fields[name].widget.attrs["data-label"] = "hidden"


class AppointmentForm(StartForm):
    """What the interviews have in common, and when the first one starts."""

    type = forms.ChoiceField(label=gettext_lazy("Interview type"), choices=InterviewType)
    round = forms.ChoiceField(label=gettext_lazy("Round"), choices=Round)
    interviewers = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=gettext_lazy("Recruiter(s) attending the interview"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one recruiter who attends.")},
    )
    duration = forms.IntegerField(
        label=gettext_lazy("Duration"),
        help_text=gettext_lazy("Minutes"),
        initial=45,
        min_value=1,
        max_value=720,
        widget=forms.NumberInput({"data-width": "short"}),
        error_messages={
            "required": _DURATION,
            "invalid": _DURATION,
            "min_value": _DURATION,
            "max_value": _DURATION,
        },
    )
    pause = forms.IntegerField(
        label=gettext_lazy("Break between interviews"),
        help_text=gettext_lazy("Minutes"),
        required=False,
        min_value=0,
        max_value=240,
        widget=forms.NumberInput({"data-width": "short"}),
    )
    day_end = forms.TimeField(
        label=gettext_lazy("The day's last interview ends by"),
        help_text=gettext_lazy("The rest continue the next weekday"),
        required=False,
        widget=TimeInput,
    )
    room = room_field()
    seats = seats_field()
    place = forms.CharField(
        label=gettext_lazy("Place"),
        help_text=gettext_lazy("Address and room"),
        required=False,
        max_length=PLACE_LENGTH,
    )
    video_link = forms.URLField(
        label=gettext_lazy("Video link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": gettext_lazy("Enter an address that begins with https://.")},
    )
    mark_optional = False
    field_order = ("type", "round", "interviewers", "date", "time", "duration", "pause", "day_end")

    def __init__(
        self, *args: Any, people: QuerySet[User], rooms: QuerySet[Room], address: str, **more: Any
    ) -> None:
        """`address` is the department's: what the place is as long as nobody has said anything else."""
        super().__init__(*args, **more)
        self.address = address
        room = cast("forms.ModelChoiceField[Room]", self.fields["room"])
        room.queryset = rooms
        cast("RoomSelect", room.widget).fill("place", place_of=self._place_of, otherwise=address)
        cast("forms.ModelMultipleChoiceField[User]", self.fields["interviewers"]).queryset = people

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._forget_what_does_not_apply(cleaned)
        self._check_meeting_place(cleaned)
        self._check_day_end(cleaned.get("time"), cleaned.get("day_end"))
        return cleaned

    def _forget_what_does_not_apply(self, cleaned: dict[str, Any]) -> None:
        """Let a field that the chosen type has no use for, and the page does not show, stop nobody."""
        how = cleaned.get("type")
        nothing = {
            "place": (how in AT_A_PLACE, ""),
            "room": (how in AT_A_PLACE, None),
            "seats": (how == InterviewType.GROUP, None),
            "video_link": (how == InterviewType.VIDEO, ""),
        }
        for name, (applies, empty) in nothing.items():
            if how and not applies:
                self.errors.pop(name, None)
                cleaned[name] = empty

    def _check_meeting_place(self, cleaned: dict[str, Any]) -> None:
        how, room = cleaned.get("type"), cleaned.get("room")
        if room and cleaned.get("place") in ("", self.address):
            cleaned["place"] = self._place_of(room)
        if how in AT_A_PLACE and not cleaned.get("place"):
            self.add_error("place", _("Say where the interview is held."))
        if how == InterviewType.VIDEO and not cleaned.get("video_link") and "video_link" not in self.errors:
            self.add_error("video_link", _("Give the link to the video meeting."))

    def _place_of(self, room: Room) -> str:
        return room.place if room.address else ", ".join(filter(None, [self.address, room.name]))

    def _check_day_end(self, begins: time | None, ends: time | None) -> None:
        if begins and ends and ends <= begins:
            self.add_error("day_end", _("The day cannot end before the first interview starts."))
