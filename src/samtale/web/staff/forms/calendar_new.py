"""An interview for a time that was marked in the calendar: when, and in which project."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from samtale.web.staff.forms.dates import date_field, time_field


class NewInterviewForm(forms.Form):
    """The time on the organisation's clock, as step 1 of inviting takes it, and the project. What is left
    empty is chosen there."""

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

    def __init__(self, *args: Any, projects: Mapping[int, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["time"].required = False
        choices = [("", _("Choose a recruitment project")), *projects.items()]
        cast("forms.ChoiceField", self.fields["project"]).choices = choices

    @property
    def prefill(self) -> dict[str, Any]:
        """What step 1 begins with."""
        values = {name: self.cleaned_data.get(name) for name in ("date", "time", "duration")}
        return {name: value for name, value in values.items() if value is not None}
