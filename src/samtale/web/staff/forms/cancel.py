"""Calling off an interview, or one candidate's part in it."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from samtale.ui.widgets import InlineRadios
from samtale.web.staff.forms.letters import NO_EMAIL, SEND

REASON_LENGTH = 300


class CancelForm(forms.Form):
    """Why, and whether the candidates are told. `version` is the interview's when the page was shown."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Stands in the process list, and in the e-mail to the candidates."),
        max_length=REASON_LENGTH,
        required=False,
    )
    action = forms.ChoiceField(
        label=_("Action"),
        choices=[(SEND, _("Send e-mail")), (NO_EMAIL, _("No e-mail"))],
        widget=InlineRadios,
        error_messages={"invalid_choice": _("You do not have the right to send e-mail.")},
    )

    def __init__(self, data: Any, *, may_tell: bool, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        if not may_tell:
            field = cast("forms.ChoiceField", self.fields["action"])
            field.choices = [(NO_EMAIL, _("No e-mail"))]
