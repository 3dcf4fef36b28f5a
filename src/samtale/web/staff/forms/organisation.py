"""The forms of the organisation and its departments."""

from django import forms
from django.core.validators import RegexValidator
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtale.accounts.models import Department, Organisation
from samtale.web.staff.forms.texts import shows_something
from samtale.web.staff.forms.time_zones import time_zones


class OrganisationForm(forms.Form):
    """Who the letters come from, and which clock counts."""

    def __init__(self, data: QueryDict | None = None, *, organisation: Organisation) -> None:
        names = ["name", "sender_email", "sms_sender", "time_zone", "undo_seconds"]
        super().__init__(data, initial={name: getattr(organisation, name) for name in names})
        errors = {
            "name": {"required": gettext("Write the organisation's name.")},
            "sender_email": {"required": gettext("Write the e-mail address.")},
        }
        self.fields |= forms.fields_for_model(Organisation, names, error_messages=errors)
        self.fields["name"].validators.append(shows_something)
        self.fields["sender_email"].help_text = _("Letters leave from this address.")
        self.fields["sms_sender"].help_text = _(
            "At most 11 letters and digits. It is shown as the sender of an SMS."
        )
        self.fields["sms_sender"].validators.append(
            RegexValidator(r"^[A-Za-z0-9 ]*$", _("Only the letters A to Z, digits and spaces."))
        )
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("Time zone"),
            choices=time_zones(organisation.time_zone),
            help_text=_("Interviews are at this clock, and reminders leave at 09:00 by it."),
        )
        seconds = _("Write a whole number of seconds from 0 to 300.")
        self.fields["undo_seconds"] = forms.IntegerField(
            label=_("Time to undo Send (seconds)"),
            help_text=_("Invitations wait so long before they leave. With 0 they leave at once."),
            min_value=0,
            max_value=300,
            widget=forms.NumberInput({"data-width": "short"}),
            error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), seconds),
        )


class DepartmentForm(forms.Form):
    """A department. Its address and directions fill merge tags."""

    def __init__(self, data: QueryDict | None = None, *, department: Department | None = None) -> None:
        names = ["name", "address", "directions"]
        initial = {name: getattr(department, name) for name in names} if department else {}
        super().__init__(data, initial=initial)
        errors = {"name": {"required": gettext("Write the department's name.")}}
        self.fields |= forms.fields_for_model(Department, names, error_messages=errors)
        self.fields["name"].validators.append(shows_something)
        self.fields["address"].help_text = _("Fills the tag {address} in an invitation.")
        self.fields["directions"].help_text = _("Fills the tag {route} in an invitation.")
        self.fields["directions"].widget.attrs["rows"] = 4
