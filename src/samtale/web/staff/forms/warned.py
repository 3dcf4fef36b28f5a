"""What one has to have seen before something is saved, though it stops nobody."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from samtale.web.staff.conflicts import fingerprint


class WarnedMixin(forms.Form):
    """A form that carries along which warnings its page showed, so that nobody saves over others unseen.

    Its page calls `show_warnings` with what it shows, and has `{{ form.warned }}` beside it.
    """

    warned_field = "time"  # beside which it is said what has not been seen

    warned = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def show_warnings(self, warnings: Sequence[str]) -> None:
        """Let the form say, when it is sent, that these have been seen."""
        self.fields["warned"].widget = _Showing(fingerprint(warnings))

    def heeds(self, warnings: Sequence[str]) -> bool:
        """Say whether just these warnings have been seen. Others are said beside the time, once."""
        if not warnings or self.cleaned_data.get("warned") == fingerprint(warnings):
            return True
        self.add_error(self.warned_field, [*warnings, _("Save all the same if that is right.")])
        self.show_warnings(warnings)
        return False


class _Showing(forms.HiddenInput):
    """Is sent as `key`, whatever was sent before."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key

    def format_value(self, value: Any) -> str:
        return self.key
