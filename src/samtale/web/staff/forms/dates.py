"""Dates and times as people type them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from samtale.interviews.domain.slots import ImpossibleTime, instant
from samtale.ui.widgets import DateInput, TimeInput

# Beyond these, what is typed is a slip of the finger, and zones can no longer be reckoned with.
EARLIEST, LATEST = date(1990, 1, 1), date(2199, 12, 31)
_NOT_A_DATE = _("Write a date as year-month-day, for example 2026-12-03.")


def date_field(label: Any, *, required: bool = True) -> forms.DateField:
    """Return a field for one date between 1990 and 2199."""
    return forms.DateField(
        label=label,
        widget=DateInput(),
        required=required,
        validators=[MinValueValidator(EARLIEST, _NOT_A_DATE), MaxValueValidator(LATEST, _NOT_A_DATE)],
        error_messages={"required": _("Choose a date."), "invalid": _NOT_A_DATE},
    )


def time_field(label: Any) -> forms.TimeField:
    """Return a field for one time of day."""
    return forms.TimeField(
        label=label,
        widget=TimeInput(),
        input_formats=["%H:%M", "%H:%M:%S", "%H.%M"],  # the last as Norwegians write it
        error_messages={
            "required": _("Choose a time."),
            "invalid": _("Write a time as hours and minutes, for example 09:30."),
        },
    )


def instant_typed(form: forms.Form, values: Mapping[str, Any], zone: ZoneInfo) -> datetime | None:
    """Return the instant (UTC) that `date` and `time` among `values` are in `zone`.

    None where one of them is missing, or where no clock shows that time; then the field says so.
    """
    if "date" not in values or "time" not in values:
        return None
    try:
        return instant(values["date"], values["time"], zone)
    except ImpossibleTime as impossible:
        form.add_error("time", impossible.reason)
        return None
