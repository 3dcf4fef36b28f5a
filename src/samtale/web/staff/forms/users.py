"""The forms about people: what an administrator decides, and what everyone says of themselves."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samtale.accounts.domain.users import Rights
from samtale.accounts.models import Department, Organisation, User
from samtale.ui.widgets import Search
from samtale.web.staff.forms import people
from samtale.web.staff.forms.texts import shows_something
from samtale.web.staff.forms.time_zones import time_zones

PERSONAL = ("first_name", "last_name", "email", "mobile", "title", "language")
OWN = (
    "first_name",
    "last_name",
    "mobile",
    "language",
    "time_zone",
    "notify_of_answers",
    "notify_of_interviews",
)
# Each of a user's own rights with its word in a list.
_IN_SHORT = {
    "may_send_email": pgettext_lazy("right in short", "e-mail"),
    "may_send_sms": pgettext_lazy("right in short", "SMS"),
    "may_invite": pgettext_lazy("right in short", "invitations"),
    "may_reject": pgettext_lazy("right in short", "rejections"),
    "may_offer": pgettext_lazy("right in short", "job offers"),
    "may_delete": pgettext_lazy("right in short", "deletion"),
    "may_export": pgettext_lazy("right in short", "export"),
    "may_see_other_applications": pgettext_lazy("right in short", "other applications"),
    "may_overbook": pgettext_lazy("right in short", "double booking"),
}
RIGHTS = tuple(_IN_SHORT)


def rights_in_short(user: User) -> str:
    """Return what `user` was given the right to, in a word each; "" for one who has no right."""
    return ", ".join(str(word) for name, word in _IN_SHORT.items() if getattr(user, name))


class UserFilter(forms.Form):
    """Whom to show."""

    search = forms.CharField(
        label=_("Name or e-mail"), widget=Search({"data-label": "hidden"}), required=False, max_length=200
    )


class UserForm(forms.Form):
    """A user's details and rights (spec 9). `is_active` is there only for a user who exists."""

    def __init__(self, data: QueryDict | None = None, *, user: User | None = None) -> None:
        super().__init__(data, initial=_initial(user) if user else {})
        self.fields |= forms.fields_for_model(
            User,
            [*PERSONAL, "is_administrator", "administers", *RIGHTS, "is_active"],
            error_messages=people.ERRORS,
        )
        _refuse_names_that_hide(self)
        self.fields["administers"] = forms.ModelMultipleChoiceField(
            Department.objects.all(),
            label=_("Administers the departments"),
            help_text=_("May do everything in the projects of these departments."),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["is_administrator"].help_text = _("May do everything, and change these settings.")
        if user is None:
            del self.fields["is_active"]

    @property
    def rights_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in RIGHTS]

    @property
    def personal(self) -> dict[str, Any]:
        """The details as `create_user` and `update_user` take them."""
        return {name: self.cleaned_data[name] for name in PERSONAL}

    @property
    def rights(self) -> Rights:
        """The rights that were ticked."""
        flags = {name: self.cleaned_data[name] for name in ("is_administrator", *RIGHTS)}
        return Rights(administers=list(self.cleaned_data["administers"]), **flags)


class ProfileForm(forms.Form):
    """What users say of themselves."""

    mark_optional = False

    def __init__(self, data: QueryDict | None = None, *, user: User) -> None:
        super().__init__(data, initial={name: getattr(user, name) for name in OWN})
        self.fields |= forms.fields_for_model(User, OWN, error_messages=people.ERRORS)
        house = _("The organisation’s (%(zone)s)") % {"zone": Organisation.current().time_zone}
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("Time zone"),
            help_text=_("The calendar, and when things happen, are shown on this clock."),
            choices=[("", house), *time_zones(user.time_zone)],
            required=False,
        )
        _refuse_names_that_hide(self)


def _refuse_names_that_hide(form: forms.Form) -> None:
    for name in ("first_name", "last_name"):
        form.fields[name].validators.append(shows_something)


def _initial(user: User) -> dict[str, Any]:
    names = [*PERSONAL, "is_administrator", *RIGHTS, "is_active"]
    return {name: getattr(user, name) for name in names} | {"administers": user.administers.all()}
