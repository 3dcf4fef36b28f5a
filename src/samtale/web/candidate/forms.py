"""What a candidate sends back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samtale.core.text import plain_text
from samtale.interviews.domain.answer import LONGEST_WISHES, Choice


class PlainTextField(forms.CharField):
    """Text over several lines, without what hides in it (`core.text`)."""

    def to_python(self, value: Any) -> str:
        return super().to_python(plain_text(str(value or ""))) or ""


class AnswerForm(forms.Form):
    """One of the four answers (spec 5) and what the candidate wants to say with it."""

    choice = forms.ChoiceField(
        choices=Choice.choices,
        error_messages={
            "required": _("Choose one of the answers."),
            "invalid_choice": _("Choose one of the answers."),
        },
    )
    wishes = PlainTextField(
        required=False,
        max_length=LONGEST_WISHES,
        error_messages={
            "max_length": _(
                "The message has %(show_value)d characters. Please shorten it to %(limit_value)d or fewer."
            )
        },
    )
