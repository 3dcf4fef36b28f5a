"""A candidate who is added by hand."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from samtale.ui.widgets import DateInput
from samtale.web.staff.forms.application import PersonalForm, TextsForm


class ApplicantForm(TextsForm, PersonalForm):
    """Legg til kandidat: who it is, when they applied, and what they wrote."""

    applied_on = forms.DateField(
        label=_("Applied on"), widget=DateInput(), error_messages={"required": _("Choose a date.")}
    )
    mark_optional = True
    field_order = [
        "first_name",
        "last_name",
        "email",
        "mobile",
        "language",
        "address",
        "applied_on",
        "letter",
        "cv",
    ]

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["applied_on"].initial = today
        self.fields["applied_on"].widget.attrs["max"] = today.isoformat()
        for name in ("letter", "cv"):
            self.fields[name].widget.attrs["rows"] = 8

    def clean_applied_on(self) -> date:
        applied_on: date = self.cleaned_data["applied_on"]
        if applied_on > self.today:
            raise forms.ValidationError(_("The date is in the future."))
        return applied_on

    def applied_at(self, *, now: datetime, zone: ZoneInfo) -> datetime:
        """Return the instant of the application: now for today, noon in `zone` for an earlier day."""
        applied_on: date = self.cleaned_data["applied_on"]
        return now if applied_on == self.today else datetime.combine(applied_on, time(12), zone)
