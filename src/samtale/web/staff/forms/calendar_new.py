"""An interview for a time that was marked in the calendar: when, and in which project."""

from collections.abc import Mapping
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from samtale.web.staff.forms.dates import date_field, instant_typed, time_field


class NewInterviewForm(forms.Form):
    """The time on the clock of `zone`, the organisation's, as step 1 of inviting takes it, and the project.
    What is left empty is chosen there."""

    date = date_field(_("Date"), required=False)
    time = time_field(_("Time"))
    duration = forms.IntegerField(
        label=_("Duration"),
        help_text=_("Minutes"),
        required=False,
        min_value=1,
        max_value=720,
        widget=forms.NumberInput({"data-width": "short"}),
    )
    project = forms.ChoiceField(
        label=_("Project"), error_messages={"required": _("Choose a recruitment project.")}
    )
    mark_optional = False

    def __init__(self, *args: Any, projects: Mapping[int, str], zone: ZoneInfo, **more: Any) -> None:
        super().__init__(*args, **more)
        self.zone = zone
        self.fields["time"].required = False
        choices = [("", _("Choose a recruitment project")), *projects.items()]
        cast("forms.ChoiceField", self.fields["project"]).choices = choices

    def clean(self) -> dict[str, Any]:
        """Say where no clock shows the time, or shows it twice, before applicants are chosen for it."""
        values = super().clean() or {}
        if values.get("date") and values.get("time"):
            instant_typed(self, values, self.zone)
        return values

    @property
    def prefill(self) -> dict[str, Any]:
        """What step 1 begins with."""
        values = {name: self.cleaned_data.get(name) for name in ("date", "time", "duration")}
        return {name: value for name, value in values.items() if value is not None}
