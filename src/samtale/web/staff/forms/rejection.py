"""Rejecting: type, reason, and what is written to the applicants (spec 7)."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from samtale.recruiting.models.rejection import RejectionReason, RejectionType
from samtale.ui.widgets import InlineRadios
from samtale.web.staff.forms.dates import date_field, instant_typed, time_field
from samtale.web.staff.forms.letters import NO_EMAIL, SEND

NOW, TOMORROW, LATER = "now", "tomorrow", "later"
MORNING = time(9)


class RejectionForm(forms.Form):
    """The choices that hold for everyone who is rejected."""

    type = forms.ChoiceField(label=gettext_lazy("Type of rejection"), choices=RejectionType.choices)
    reason = forms.ChoiceField(
        label=pgettext_lazy("rejection", "Reason"),
        help_text=gettext_lazy("For your own records. The applicants do not see it."),
        choices=[("", gettext_lazy("Choose a reason")), *RejectionReason.choices],
        error_messages={"required": gettext_lazy("Choose a reason.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Comment"),
        help_text=gettext_lazy("Shown in the process list. The applicants do not see it."),
        max_length=300,
        required=False,
    )
    action = forms.ChoiceField(
        label=gettext_lazy("Action"),
        choices=[(SEND, gettext_lazy("Send e-mail")), (NO_EMAIL, gettext_lazy("No e-mail"))],
        widget=InlineRadios,
        error_messages={"invalid_choice": gettext_lazy("You do not have the right to send e-mail.")},
    )
    sender = forms.ChoiceField(label=gettext_lazy("Sender"))
    leaves = forms.ChoiceField(
        label=gettext_lazy("When the e-mail is sent"),
        choices=[
            (NOW, gettext_lazy("Now")),
            (TOMORROW, gettext_lazy("Tomorrow at 09:00")),
            (LATER, gettext_lazy("At another time")),
        ],
        widget=InlineRadios,
    )
    date = date_field(gettext_lazy("Date"), required=False)
    time = time_field(gettext_lazy("Time"))
    mark_optional = False

    def __init__(
        self,
        *args: Any,
        senders: Mapping[str, tuple[str, str]],
        may_send_email: bool,
        zone: ZoneInfo,
        now: datetime,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.zone, self.now = zone, now
        named = [(key, f"{name} <{address}>") for key, (name, address) in senders.items()]
        cast("forms.ChoiceField", self.fields["sender"]).choices = named
        self.fields["time"].required = False
        if not may_send_email:
            cast("forms.ChoiceField", self.fields["action"]).choices = [(NO_EMAIL, gettext_lazy("No e-mail"))]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["due_at"] = self.now
        if cleaned.get("action") != SEND:
            return cleaned
        if cleaned.get("leaves") == TOMORROW:
            cleaned["due_at"] = tomorrow_morning(self.now, self.zone)
        if cleaned.get("leaves") == LATER:
            cleaned["due_at"] = self._later(cleaned)
        return cleaned

    def _later(self, cleaned: dict[str, Any]) -> datetime | None:
        if not cleaned.get("date") and "date" not in self.errors:
            self.add_error("date", _("Choose a date."))
        if not cleaned.get("time") and "time" not in self.errors:
            self.add_error("time", _("Choose a time."))
        if not (cleaned.get("date") and cleaned.get("time")):
            return None
        due = instant_typed(self, cleaned, self.zone)
        if due is not None and due <= self.now:
            self.add_error("date", _("Choose a time that is still ahead."))
        return due


def tomorrow_morning(now: datetime, zone: ZoneInfo) -> datetime:
    """Return 09:00 of the next day on the wall clock of `zone`."""
    local = now.astimezone(zone)
    return datetime.combine(local.date() + timedelta(days=1), MORNING, zone)
