"""The forms of one's own calendars."""

from dataclasses import asdict, replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from samtale.accounts.models import User
from samtale.calendars.domain.discover import Found
from samtale.calendars.domain.outside_calendars import Access, Use, access_of
from samtale.calendars.models import Feed, OutsideCalendar
from samtale.core.outside import NotAllowed, check_address
from samtale.core.sealed import Unreadable, seal, unseal
from samtale.ui.widgets import RadioCards
from samtale.web.staff.forms.texts import shows_something

Kind = OutsideCalendar.Kind
_LONGEST = 2000
_USE = ("counts_as_busy", "receives_interviews", "with_names")


def _label() -> forms.CharField:
    return forms.CharField(
        label=pgettext_lazy("of a calendar", "Name"),
        max_length=100,
        validators=[shows_something],
        error_messages={"required": _("Write a name that you will know it by.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )


def _secret(label: Any, **more: Any) -> forms.CharField:
    widget = forms.PasswordInput({"autocomplete": "new-password"}, render_value=False)
    return forms.CharField(label=label, max_length=500, required=False, strip=False, widget=widget, **more)


def _address(value: str) -> str:
    """Return the address that is meant. Calendar programs write webcal for https."""
    address = value.strip()
    scheme, _colon, rest = address.partition("://")
    if scheme.lower() in ("webcal", "webcals"):
        address = f"https://{rest}"
    if "://" not in address:
        address = f"https://{address}"
    try:
        check_address(address)
    except NotAllowed:
        raise ValidationError(
            gettext("Samtale cannot use this address. Write a whole one on the Internet: https://…")
        ) from None
    return address


class FeedForm(forms.Form):
    """A new subscription."""

    label = _label()
    scope = forms.ChoiceField(
        label=_("Shows"), choices=Feed.Scope.choices, initial=Feed.Scope.OWN, widget=RadioCards
    )
    with_names = forms.BooleanField(
        label=_("Show the applicants' names"),
        help_text=_("Whoever has the address, or sees your calendar, reads them."),
        required=False,
        initial=True,
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.fields["label"].help_text = gettext("For example the program it is for: Outlook, mobile.")


class _UseForm(forms.Form):
    """What is done with a calendar."""

    mark_optional = False

    def __init__(self, data: QueryDict | None, *, initial: dict[str, Any], is_caldav: bool) -> None:
        super().__init__(data, initial=initial)
        self.fields |= forms.fields_for_model(OutsideCalendar, _USE)
        self.fields["counts_as_busy"].help_text = gettext(
            "Samtale keeps only from when to when, and shows it to whoever plans an interview with you."
        )
        self.fields["receives_interviews"].help_text = gettext("They follow along when they are changed.")
        if not is_caldav:
            for name in ("receives_interviews", "with_names"):
                del self.fields[name]

    @property
    def use(self) -> Use:
        """What was chosen."""
        given = {name: self.cleaned_data[name] for name in _USE if name in self.cleaned_data}
        return Use(label=self.cleaned_data["label"], **given)


class ConnectForm(_UseForm):
    """A calendar elsewhere, of either kind."""

    def __init__(self, data: QueryDict | None = None) -> None:
        initial = {"kind": Kind.ICS, "counts_as_busy": True, "with_names": True}
        super().__init__(data, initial=initial, is_caldav=True)
        use = self.fields
        self.fields = {
            "kind": forms.ChoiceField(
                label=gettext("What kind of calendar?"), choices=Kind.choices, widget=RadioCards
            ),
            "label": _label(),
            "address": forms.CharField(
                label=_("Address"),
                max_length=_LONGEST,
                help_text=_("It begins with https:// or webcal://."),
                error_messages={"required": _("Write the address of the calendar.")},
                widget=forms.TextInput({"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
            ),
            "user": forms.CharField(
                label=_("User name"),
                max_length=200,
                required=False,
                widget=forms.TextInput({"autocomplete": "off"}),
            ),
            "password": _secret(
                _("Password"),
                help_text=_("Many providers want an app password, which you make in their settings."),
            ),
            **use,
        }

    def clean_address(self) -> str:
        return _address(self.cleaned_data["address"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == Kind.CALDAV:
            if not cleaned.get("user"):
                self.add_error("user", _("Write the user name."))
            if not cleaned.get("password"):
                self.add_error("password", _("Write the password."))
        else:
            cleaned |= {"receives_interviews": False, "user": "", "password": ""}
        return cleaned

    @property
    def kind(self) -> str:
        return str(self.cleaned_data["kind"])

    @property
    def is_caldav(self) -> bool:
        return self.kind == Kind.CALDAV

    @property
    def access(self) -> Access:
        return self.access_to(self.cleaned_data["address"])

    def access_to(self, address: str) -> Access:
        """Return how the calendar at `address` on the same server is reached."""
        return Access(address, self.cleaned_data["user"], self.cleaned_data["password"])


class ChosenCalendarForm(forms.Form):
    """Which of the calendars that were found. `found` is what the first step knew, sealed."""

    kind = Kind.CALDAV.value
    found = forms.CharField(widget=forms.HiddenInput)
    calendar = forms.ChoiceField(
        label=_("Calendar"),
        widget=RadioCards,
        error_messages={"required": _("Choose a calendar."), "invalid_choice": _("Choose a calendar.")},
    )

    def __init__(self, data: QueryDict | None = None, *, user: User, found: str = "") -> None:
        super().__init__(data, initial={"found": found})
        try:
            self._known = unseal(found or (str(data["found"]) if data else ""))
        except Unreadable:
            self._known = {"for": None, "calendars": []}
        self.is_readable = self._known["for"] == user.pk
        self.fields["calendar"].choices = [  # type: ignore[attr-defined]
            (address, name if may_write else gettext("%(name)s (read only)") % {"name": name})
            for address, name, may_write in self._known["calendars"]
        ]

    @classmethod
    def of(cls, form: ConnectForm, found: list[Found], *, user: User) -> "ChosenCalendarForm":
        """Return the form that asks which of `found` it is to be."""
        known = {
            "for": user.pk,
            "access": asdict(form.access),
            "use": asdict(form.use),
            "calendars": [(each.address, each.name, each.may_write) for each in found],
        }
        return cls(user=user, found=seal(known))

    def clean_calendar(self) -> str:
        chosen: str = self.cleaned_data["calendar"]
        writable = {address for address, _name, may_write in self._known["calendars"] if may_write}
        if self._known["use"]["receives_interviews"] and chosen not in writable:
            raise ValidationError(OutsideCalendar.Problem.READ_ONLY.label)
        return chosen

    @property
    def access(self) -> Access:
        return replace(Access(**self._known["access"]), address=self.cleaned_data["calendar"])

    @property
    def use(self) -> Use:
        return Use(**self._known["use"])


class ChangeForm(_UseForm):
    """What is done with a calendar, and how it is reached: what is left empty stays as it was, unless that
    can no longer be read."""

    def __init__(self, data: QueryDict | None = None, *, calendar: OutsideCalendar) -> None:
        self._is_caldav = calendar.kind == Kind.CALDAV
        initial = {name: getattr(calendar, name) for name in ("label", *_USE)}
        super().__init__(data, initial=initial, is_caldav=self._is_caldav)
        try:
            self._before: Access | None = access_of(calendar)
        except Unreadable:
            self._before = None
        self.is_lost = self._before is None
        self.fields = {"label": _label(), **self.fields, **self._access_fields()}

    def _access_fields(self) -> dict[str, forms.Field]:
        keep = "" if self.is_lost else gettext("Leave it empty to keep the present one.")
        fields: dict[str, forms.Field] = {}
        if self.is_lost or not self._is_caldav:
            fields["address"] = forms.CharField(
                label=_("Address"),
                max_length=_LONGEST,
                required=self.is_lost,
                help_text=keep,
                error_messages={"required": _("Write the address of the calendar.")},
                widget=forms.TextInput({"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
            )
        if self._is_caldav:
            fields["user"] = forms.CharField(
                label=_("User name"),
                max_length=200,
                required=self.is_lost,
                help_text=keep,
                error_messages={"required": _("Write the user name.")},
                widget=forms.TextInput({"autocomplete": "off"}),
            )
            fields["password"] = _secret(_("Password"), help_text=keep)
            fields["password"].required = self.is_lost
            fields["password"].error_messages["required"] = _("Write the password.")
        return fields

    def clean_address(self) -> str:
        given: str = self.cleaned_data["address"]
        return _address(given) if given.strip() else ""

    @property
    def access(self) -> Access | None:
        """How it is reached from now on, or None where that stays as it was."""
        names = ("address", "user", "password")
        given = {name: self.cleaned_data[name] for name in names if self.cleaned_data.get(name)}
        if not given:
            return None
        return replace(self._before or Access(""), **given)
