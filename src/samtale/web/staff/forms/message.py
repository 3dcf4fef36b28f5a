"""One message, changed by hand: its words, its time, its address."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from samtale.outbox.domain.edit import BadWords, Words, stamp
from samtale.outbox.models import Message
from samtale.outbox.models.message import Channel
from samtale.web.staff.forms import people
from samtale.web.staff.forms.dates import date_field, instant_typed, time_field
from samtale.web.staff.forms.texts import CONTENT, SIGNATURE, SMS, SUBJECT, text_field

_EMPTY = {"required": _("Write something here.")}


class EditForm(forms.Form):
    """The text of a message with its tags, and when it is to leave on the organisation's clock.

    `seen` and `shown_due` are what the page showed: whoever touches nothing changes nothing.
    """

    subject = forms.CharField(
        label=_("Subject"),
        help_text=_(
            "If you change it, dates and names in it follow later changes only where you write tags."
        ),
        max_length=SUBJECT,
        error_messages=_EMPTY,
    )
    content = text_field(_("Text"), CONTENT + SIGNATURE, rows=14)
    date = date_field(_("Date"))
    time = time_field(_("Time"))
    seen = forms.CharField(widget=forms.HiddenInput(), required=False)
    shown_due = forms.CharField(widget=forms.HiddenInput(), required=False)
    mark_optional = False

    def __init__(self, data: Mapping[str, Any] | None = None, *, message: Message, zone: ZoneInfo) -> None:
        self.message, self.zone = message, zone
        super().__init__(data, initial=_shown(message, zone))
        self.fields["content"].error_messages |= _EMPTY
        if message.channel == Channel.SMS:
            del self.fields["subject"]
            self.fields["content"] = text_field(_("Text"), SMS, rows=5)
            self.fields["content"].error_messages |= _EMPTY
        self.due_at: datetime | None = None

    @property
    def words(self) -> Words:
        """The words as they were typed, valid or not."""
        return Words(subject=self._value("subject"), content=self._value("content"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self._is_untouched():
            self.due_at = instant_typed(self, cleaned, self.zone)
        return cleaned

    def add_bad_words(self, bad: BadWords) -> None:
        """Say beside each field what is wrong with its text."""
        for field, sentences in bad.sentences.items():
            for sentence in sentences:
                self.add_error(field, sentence)

    def caught_up(self, message: Message) -> "EditForm":
        """Return the form for `message` as it stands now, with what was typed. A time that nobody touched
        is the one it has now."""
        shown = _shown(message, self.zone)
        data = dict(self.data.items()) | {name: shown[name] for name in ("seen", "shown_due")}
        if self._is_untouched():
            data |= {"date": shown["date"].isoformat(), "time": shown["time"].strftime("%H:%M")}
        return EditForm(data, message=message, zone=self.zone)

    def _value(self, name: str) -> str:
        return str(self[name].value() or "") if name in self.fields else ""

    def _is_untouched(self) -> bool:
        """Say whether date and time are those that were shown, be they past or shown twice by the clock."""
        try:
            shown = datetime.fromisoformat(str(self["shown_due"].value())).astimezone(self.zone)
            typed = [self.fields[name].clean(self[name].value()) for name in ("date", "time")]
        except (ValueError, OverflowError, forms.ValidationError):
            return False
        return typed == [shown.date(), shown.time().replace(second=0, microsecond=0)]


def _shown(message: Message, zone: ZoneInfo) -> dict[str, Any]:
    words, local = Words.of(message), message.due_at.astimezone(zone)
    return {
        "subject": words.subject,
        "content": words.content,
        "date": local.date(),
        "time": local.time().replace(second=0, microsecond=0),
        "seen": stamp(message),
        "shown_due": message.due_at.isoformat(),
    }


class AddressForm(forms.Form):
    """The right address of a candidate whom a message did not reach."""

    mark_optional = False

    def __init__(self, data: Mapping[str, Any] | None = None, *, message: Message, others: int = 0) -> None:
        super().__init__(data, initial={"address": message.recipient_address, "all_failed": True})
        if message.channel == Channel.SMS:
            self.fields["address"] = PhoneNumberField(
                label=_("Right mobile number"), error_messages=people.ERRORS["mobile"]
            )
        else:
            self.fields["address"] = forms.EmailField(
                label=_("Right e-mail address"), error_messages=people.ERRORS["email"]
            )
        if others:
            self.fields["all_failed"] = forms.BooleanField(
                label=_("Send the other messages to the candidate that failed again too"), required=False
            )
