"""What a candidate sends back."""

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samtale.interviews.domain.answer import LONGEST_WISHES, Choice

# They make the text after them run backwards, on the recruiter's page as well.
_BIDI_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class PlainTextField(forms.CharField):
    """Text over several lines. Line ends become \\n; control characters are dropped."""

    def to_python(self, value: Any) -> str:
        text = str(value or "").replace("\r\n", "\n").replace("\r", "\n")
        return super().to_python("".join(filter(_is_readable, text))) or ""


def _is_readable(character: str) -> bool:
    if character in "\n\t":
        return True
    return unicodedata.category(character) != "Cc" and character not in _BIDI_OVERRIDES


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
