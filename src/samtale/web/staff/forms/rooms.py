"""The form of a room."""

from typing import cast

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from samtale.accounts.models import Department
from samtale.interviews.models import Room
from samtale.web.staff.forms.texts import shows_something

_CAPACITY = _("Write a whole number of people, from 1 to 1000.")


class RoomForm(forms.Form):
    """A room. Whoever `may_share` may leave it to all departments. `is_active` is there only for a room
    that exists."""

    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        validators=[shows_something],
        error_messages={"required": _("Write what the room is called.")},
    )
    address = forms.CharField(
        label=_("Address"),
        help_text=_("Candidates read it, with the room's name, as the place of the interview."),
        max_length=300,
        required=False,
    )
    capacity = forms.IntegerField(
        label=_("How many it has room for"),
        help_text=_("Interviewers included. You are warned when more are invited."),
        required=False,
        min_value=1,
        max_value=1000,
        widget=forms.NumberInput({"data-width": "short"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _CAPACITY),
    )
    department = forms.ModelChoiceField(
        Department.objects.none(),
        label=_("Department"),
        required=False,
        empty_label=_("Shared by all departments"),
        error_messages={"required": _("Choose the department.")},
    )
    is_active = forms.BooleanField(
        label=_("Can be booked"),
        help_text=_("Without it the room is no longer offered. Interviews already planned there stay."),
        required=False,
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        room: Room | None,
        departments: QuerySet[Department],
        may_share: bool,
    ) -> None:
        names = ["name", "address", "capacity", "department", "is_active"]
        super().__init__(data, initial={name: getattr(room, name) for name in names} if room else {})
        field = cast("forms.ModelChoiceField[Department]", self.fields["department"])
        field.queryset = departments
        if not may_share:
            field.required, field.empty_label = True, None
        if room is None:
            del self.fields["is_active"]
