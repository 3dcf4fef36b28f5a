"""How many may say yes to a group interview."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samtale.interviews.models import Interview

_NUMBER = _("Write a whole number of seats, from 1 to 1000, or leave it empty.")


def seats_field() -> forms.IntegerField:
    """Return the field, wherever it stands."""
    return forms.IntegerField(
        label=_("Seats"),
        help_text=_("How many may say yes. Empty: everybody."),
        required=False,
        min_value=1,
        max_value=1000,
        widget=forms.NumberInput({"data-width": "short"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _NUMBER),
    )


class SeatsForm(forms.Form):
    """The seats of one interview. `seen` is how many there were when the page was shown."""

    seats = seats_field()
    seen = forms.IntegerField(label=_("Seats"), required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, interview: Interview) -> None:
        super().__init__(data, initial={"seats": interview.seats, "seen": interview.seats})
