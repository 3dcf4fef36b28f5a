"""The form of one kind's wording in one language (Responsmailer)."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samtale.accounts.models import Department
from samtale.interviews.models.dispatch import Reminder
from samtale.outbox.domain.templates import wording_problems
from samtale.outbox.kinds import MessageKind, Wording
from samtale.web.staff.forms.texts import CONTENT, SIGNATURE, SMS, SUBJECT, days_before, text_field

_WORDED: dict[str, tuple[str, ...]] = {
    Reminder.NONE: (),
    Reminder.EMAIL: ("reminder_subject", "reminder_content"),
    Reminder.SMS: ("reminder_sms",),
    Reminder.BOTH: ("reminder_subject", "reminder_content", "reminder_sms"),
}


class DepartmentFilter(forms.Form):
    """Whose wordings to show: the organisation's, or one department's own."""

    department = forms.ModelChoiceField(
        Department.objects.all(),
        label=gettext_lazy("Wordings for"),
        empty_label=gettext_lazy("All departments"),
        required=False,
    )


class WordingForm(forms.Form):
    """The texts, and for invitations what the reminder starts from."""

    mark_optional = False

    def __init__(
        self, data: QueryDict | None = None, *, kind: MessageKind, language: str, wording: Wording
    ) -> None:
        texts = {"subject": wording.subject, "content": wording.content, "signature": wording.signature}
        super().__init__(data, initial={**wording.defaults, **texts})
        self.kind = kind
        is_email = kind.channel == "email"
        if is_email:
            self.fields["subject"] = forms.CharField(label=_("Subject"), max_length=SUBJECT)
        longest, rows = (CONTENT, 14) if is_email else (SMS, 4)
        self.fields["content"] = text_field(_("Content"), longest, rows=rows)
        if is_email:
            self.fields["signature"] = text_field(_("Signature"), SIGNATURE, rows=3, required=False)
        if self.has_reminder:
            self.fields |= _reminder_fields()
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea | forms.TextInput):
                field.widget.attrs["lang"] = language

    @property
    def has_reminder(self) -> bool:
        """Whether this kind carries a reminder's defaults (spec 8)."""
        return any("reminder" in shipped.defaults for shipped in self.kind.defaults.values())

    @property
    def wording(self) -> Wording:
        """What was typed, for `save_template`."""
        values = {
            name: value.replace("\r\n", "\n") if isinstance(value, str) else value
            for name, value in self.cleaned_data.items()
        }
        texts = {name: values.pop(name, "") for name in ("subject", "content", "signature")}
        return Wording(**texts, defaults=values)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in _WORDED[cleaned.get("reminder", Reminder.NONE)]:
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Write something here, or choose not to send it."))
        for name, sentences in wording_problems(self.kind, self.wording).items():
            if name in self.fields:
                self.add_error(name, sentences)
        return cleaned


def _reminder_fields() -> dict[str, forms.Field]:
    return {
        "reminder": forms.ChoiceField(label=_("Reminder"), choices=Reminder.choices),
        "reminder_days": forms.TypedChoiceField(
            label=_("When the reminder is sent"), choices=days_before, coerce=int
        ),
        "reminder_subject": forms.CharField(
            label=_("Subject of the reminder"), max_length=SUBJECT, required=False
        ),
        "reminder_content": text_field(_("Content of the reminder"), CONTENT, rows=8, required=False),
        "reminder_signature": text_field(_("Signature of the reminder"), SIGNATURE, rows=3, required=False),
        "reminder_sms": text_field(_("SMS"), SMS, rows=3, required=False),
    }
