"""What the forms of texts have in common: how long they may be, what is no text, a reminder's days."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from samtale.core.text import is_blank
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


def with_plain_lines(text: str) -> str:
    """Return `text` as a field would have it: browsers send line ends as CR LF, and the outside goes."""
    return text.replace("\r\n", "\n").strip()


def shows_something(value: str) -> None:
    """Refuse, as if it were missing, a text of which nobody would see anything.

    Raises:
        ValidationError: there are only spaces and characters that hide.
    """
    if is_blank(value):
        raise ValidationError("", code="required")  # the field has the words
