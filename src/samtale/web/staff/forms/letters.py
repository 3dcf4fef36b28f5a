"""Step 2 of inviting: what is sent, by whom, and which reminder."""

from collections.abc import Collection, Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samtale.interviews.domain.reminder_time import DAYS_BEFORE
from samtale.interviews.models.dispatch import Reminder
from samtale.interviews.tags import tags_for
from samtale.outbox.domain.render import problems
from samtale.ui.widgets import InlineRadios
from samtale.web.staff.forms.texts import CONTENT, SIGNATURE, SMS, SUBJECT, days_before, text_field

SEND, NO_EMAIL = "send", "none"


class _Unavailable:
    """Shows a choice that cannot be made as disabled, with the reason beside it."""

    reasons: Mapping[str, str] = {}

    def create_option(self, name: str, value: Any, label: Any, *args: Any, **more: Any) -> dict[str, Any]:
        reason = self.reasons.get(str(value), "")
        shown = f"{label} – {reason}" if reason else label
        option: dict[str, Any] = super().create_option(name, value, shown, *args, **more)  # type: ignore[misc]
        if reason:
            option["attrs"]["disabled"] = True
        return option


class DaysSelect(_Unavailable, forms.Select):
    """How many days before; those for which it is too late are disabled."""


class ReminderRadios(_Unavailable, InlineRadios):
    """Which reminder; all but none are disabled when it is too late for any."""


class LettersForm(forms.Form):
    """The choices that hold for all languages."""

    action = forms.ChoiceField(
        label=gettext_lazy("Action"),
        help_text=gettext_lazy(
            "With “No e-mail” the interview is recorded, and a reminder can still be sent."
        ),
        choices=[(SEND, gettext_lazy("Send e-mail")), (NO_EMAIL, gettext_lazy("No e-mail"))],
        error_messages={"invalid_choice": gettext_lazy("You do not have the right to send e-mail.")},
    )
    sender = forms.ChoiceField(label=gettext_lazy("Sender"))
    includes_link = forms.BooleanField(
        label=gettext_lazy("Do you want to include a link where the applicant can confirm the meeting?"),
        required=False,
    )
    reminder = forms.ChoiceField(
        label=gettext_lazy("Reminder"),
        choices=Reminder,
        initial=Reminder.NONE,
        widget=ReminderRadios,
        error_messages={"invalid_choice": gettext_lazy("You do not have the right to send SMS.")},
    )
    reminder_days = forms.TypedChoiceField(
        label=gettext_lazy("When the reminder is sent"),
        choices=days_before,
        coerce=int,
        empty_value=None,
        required=False,
        widget=DaysSelect({"data-width": "medium"}),
    )
    mark_optional = False

    def __init__(
        self,
        *args: Any,
        senders: Mapping[str, tuple[str, str]],
        may_send_email: bool,
        may_send_sms: bool,
        possible_days: Collection[int],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.senders = senders
        self._choices("sender", [(key, f"{name} <{address}>") for key, (name, address) in senders.items()])
        if not may_send_email:
            self._choices("action", [(NO_EMAIL, gettext_lazy("No e-mail"))])
        reminders = [Reminder.NONE, Reminder.EMAIL, *([Reminder.SMS, Reminder.BOTH] if may_send_sms else [])]
        self._choices("reminder", [(each.value, each.label) for each in reminders])
        self._disable(possible_days)

    def _choices(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def _disable(self, possible_days: Collection[int]) -> None:
        too_late = _("too late")
        days = cast("DaysSelect", self.fields["reminder_days"].widget)
        reminder = cast("ReminderRadios", self.fields["reminder"].widget)
        days.reasons = {str(each): too_late for each in DAYS_BEFORE if each not in possible_days}
        if not possible_days:
            reminder.reasons = {str(each.value): too_late for each in Reminder if each != Reminder.NONE}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("reminder", Reminder.NONE) != Reminder.NONE and not cleaned.get("reminder_days"):
            self.add_error("reminder_days", _("Choose how many days before the reminder is sent."))
        return cleaned


class TextsForm(forms.Form):
    """What is written in one language. Which fields must be filled in depends on what is sent."""

    subject = forms.CharField(label=gettext_lazy("Subject"), required=False, max_length=SUBJECT)
    content = text_field(gettext_lazy("Content"), CONTENT, rows=12, required=False)
    signature = text_field(gettext_lazy("Signature"), SIGNATURE, rows=3, required=False)
    reminder_subject = forms.CharField(
        label=gettext_lazy("Subject of the reminder"), required=False, max_length=SUBJECT
    )
    reminder_content = text_field(gettext_lazy("Content of the reminder"), CONTENT, rows=8, required=False)
    reminder_signature = text_field(
        gettext_lazy("Signature of the reminder"), SIGNATURE, rows=3, required=False
    )
    reminder_sms = text_field(gettext_lazy("SMS"), SMS, rows=3, required=False)
    mark_optional = False

    def __init__(
        self, data: Any = None, *, language: str, in_use: Collection[str] = (), initial: Mapping[str, Any]
    ) -> None:
        super().__init__(data, prefix=f"texts-{language}", initial=dict(initial))
        self.language = language
        self.in_use = in_use

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in self.in_use:
            self._check(name, cleaned.get(name, ""))
        return cleaned

    def _check(self, name: str, text: str) -> None:
        if not text.strip() and not name.endswith("signature") and name not in self.errors:
            self.add_error(name, _("Write something here, or choose not to send it."))
        for problem in problems(text, tags=tags_for(name)):
            self.add_error(name, problem.sentence())
