"""What the forms of letters have in common: how long texts may be, and the choice of a reminder's day."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from samtale.interviews.domain.reminder_time import DAYS_BEFORE

SUBJECT, CONTENT, SIGNATURE, SMS = 300, 20_000, 2_000, 900  # characters


def days_before() -> list[tuple[int, str]]:
    """Return the days before an interview on which a reminder can be sent, with their words."""
    return [(days, _("1 day before") if days == 1 else _("%d days before") % days) for days in DAYS_BEFORE]


def text_field(label: Any, longest: int, *, rows: int, required: bool = True) -> forms.CharField:
    """Return a field for a text of several lines and at most `longest` characters."""
    return forms.CharField(
        label=label, max_length=longest, required=required, widget=forms.Textarea({"rows": rows})
    )
