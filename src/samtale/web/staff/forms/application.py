"""What is written by hand about one application."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from phonenumber_field.formfields import PhoneNumberField

from samtale.accounts.models import User
from samtale.accounts.places import offered_zones
from samtale.recruiting.domain.documents import ALLOWED_EXTENSIONS
from samtale.recruiting.models import Application, Candidate
from samtale.recruiting.statuses import APPLICATION_STATUS, IN_ORDER
from samtale.web.staff.forms import people
from samtale.web.staff.forms.texts import shows_something

PERSONAL_FIELDS = ("first_name", "last_name", "email", "mobile", "language", "address")
TEXT_LENGTH = 100_000  # characters
_REFUSALS = {
    "empty": _("The file is empty."),
    "too_large": _("The file is larger than 10 MB."),
    "type": _("Files of this type cannot be added."),
    "content": _("The file's content is not what its name says."),
}

# Setting these by hand is the same act as the one the right is named after.
_RIGHT_TO_SET = {
    Application.Status.INVITED: "recruiting.invite",
    Application.Status.OFFERED: "recruiting.offer",
}
# Only moving an application makes it "Transferred", for it needs somewhere to go; a rejection has a page of
# its own, with type, reason and letter.
_NOT_BY_HAND = {Application.Status.TRANSFERRED, Application.Status.REJECTED}


class PersonalForm(forms.Form):
    """Endre personalia: the candidate's own details, the same in every project."""

    first_name = forms.CharField(
        label=_("First name"),
        max_length=100,
        validators=[shows_something],
        error_messages=people.ERRORS["first_name"],
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=100,
        validators=[shows_something],
        error_messages=people.ERRORS["last_name"],
    )
    email = forms.EmailField(label=_("E-mail"), error_messages=people.ERRORS["email"])
    mobile = PhoneNumberField(label=_("Mobile"), required=False, error_messages=people.ERRORS["mobile"])
    language = forms.ChoiceField(
        label=_("Language"),
        error_messages=people.ERRORS["language"],
        choices=Candidate.Language.choices,
        help_text=_("Letters and the candidate's own page are in this language."),
    )
    address = forms.CharField(label=_("Address"), max_length=300, required=False)

    def add_taken_email(self) -> None:
        """Say beside the field that another candidate has the address."""
        self.add_error("email", _("Another candidate has this e-mail address."))


class CorrectionForm(PersonalForm):
    """The details of somebody who is known: also the time zone, which candidates choose themselves, perhaps
    while the page is open. `seen_zone` is what it showed."""

    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        help_text=_(
            "The candidate chooses it on their own page. They are then told the time in that zone as well."
        ),
    )
    seen_zone = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None, *, candidate: Candidate) -> None:
        initial = {name: getattr(candidate, name) for name in (*PERSONAL_FIELDS, "time_zone")}
        super().__init__(data, initial=initial | {"seen_zone": candidate.time_zone})
        choices = [("", _("Not chosen")), *offered_zones(candidate.time_zone, self["seen_zone"].value())]
        self.fields["time_zone"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Leave the zone to the candidate, as None, where nobody has touched it."""
        values = super().clean() or {}
        if values.pop("seen_zone", "") == values.get("time_zone"):
            values["time_zone"] = None
        return values


class TextsForm(forms.Form):
    """The letter and the CV as text."""

    letter = forms.CharField(
        label=_("Application letter"),
        widget=forms.Textarea(attrs={"rows": 14}),
        max_length=TEXT_LENGTH,
        required=False,
    )
    cv = forms.CharField(
        label=pgettext_lazy("curriculum vitae", "CV"),
        widget=forms.Textarea(attrs={"rows": 18}),
        max_length=TEXT_LENGTH,
        required=False,
    )
    mark_optional = False


class NoteForm(forms.Form):
    """A note for colleagues."""

    text = forms.CharField(
        label=_("New note"),
        help_text=_("Only colleagues see it, never the candidate."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=10_000,
        error_messages={"required": _("Write the note.")},
    )


class DocumentForm(forms.Form):
    """A file to add to the application. What it may be is decided where documents are kept."""

    file = forms.FileField(
        label=_("Add a document"),
        help_text=format_lazy(_("At most 10 MB. {types}"), types=", ".join(ALLOWED_EXTENSIONS)),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(ALLOWED_EXTENSIONS)}),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )

    def add_refusal(self, reason: str) -> None:
        """Say beside the field why the file was refused. `reason` is that of `RefusedDocument`."""
        self.add_error("file", str(_REFUSALS[reason]))


class StatusForm(forms.Form):
    """The statuses that may follow the one the application has, and that the user may set."""

    status = forms.ChoiceField(label=_("New status"), error_messages={"required": _("Choose a new status.")})
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=300, help_text=_("Shown in the process list.")
    )

    def __init__(self, *args: Any, application: Application, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = status_choices(application, user)  # type: ignore[attr-defined]


def status_choices(application: Application, user: User) -> list[tuple[str, str]]:
    """Return the statuses `user` may give the application now, in the order one passes them."""
    following = APPLICATION_STATUS.following(application.status) - _NOT_BY_HAND
    return [
        (status.value, str(status.label))
        for status in IN_ORDER
        if status in following
        and (status not in _RIGHT_TO_SET or user.has_perm(_RIGHT_TO_SET[status], application.project))
    ]
