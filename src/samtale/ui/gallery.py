"""One page with every component and every kind of field in every state."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from samtale.ui import icons
from samtale.ui.pagination import page_of
from samtale.ui.templatetags.ui import COLOURS
from samtale.ui.widgets import DateInput, DateTimeInput, InlineRadios, RadioCards, Search, TimeInput

CHOICES = [("yes", _("Yes")), ("no", _("No")), ("maybe", _("Perhaps"))]
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


class Sample(forms.Form):
    """One field of each kind."""

    text = forms.CharField(label=_("Text"), help_text=_("A line that helps."))
    email = forms.EmailField(label=_("E-mail"), required=False)
    password = forms.CharField(label=_("Password"), widget=forms.PasswordInput)
    search = forms.CharField(label=_("Search"), widget=Search, required=False)
    number = forms.IntegerField(
        label=_("Number"), min_value=1, widget=forms.NumberInput({"data-width": "short"})
    )
    date = forms.DateField(label=_("Date"), widget=DateInput)
    time = forms.TimeField(label=_("Time"), widget=TimeInput)
    moment = forms.DateTimeField(label=_("Date and time"), widget=DateTimeInput, required=False)
    long_text = forms.CharField(
        label=_("Long text"), widget=forms.Textarea({"rows": 3}), help_text=_("It grows as you write.")
    )
    select = forms.ChoiceField(label=_("One of a list"), choices=CHOICES)
    several = forms.MultipleChoiceField(
        label=_("Several of a list"), choices=CHOICES, widget=forms.CheckboxSelectMultiple
    )
    radios = forms.ChoiceField(label=_("One of a few"), choices=CHOICES, widget=forms.RadioSelect)
    inline = forms.ChoiceField(label=_("Side by side"), choices=CHOICES, widget=InlineRadios, required=False)
    cards = forms.ChoiceField(
        label=_("Big choices"), choices=CHOICES, widget=RadioCards, help_text=_("Easy to hit with a thumb.")
    )
    agree = forms.BooleanField(label=_("A single tick"), help_text=_("With a line that helps."))
    file = forms.FileField(label=_("File"), help_text=_("At most 10 MB."))
    hidden_label = forms.CharField(
        label=_("A label for screen readers only"), widget=forms.TextInput({"data-label": "hidden"})
    )


FILLED: dict[str, Any] = {
    "text": "Sykepleier, hjemmetjenesten",
    "email": "amina.hassan@example.no",
    "search": "Hassan",
    "number": 45,
    "date": "2026-12-03",
    "time": "09:00",
    "moment": "2026-12-03T09:00",
    "long_text": "Hei {first-name},\n\nVi vil gjerne møte deg.",
    "select": "no",
    "several": ["yes", "maybe"],
    "radios": "yes",
    "inline": "no",
    "cards": "yes",
    "agree": True,
    "hidden_label": LONG,
}


def gallery(request: HttpRequest) -> HttpResponse:
    """Show all of them. `samtale.web` decides who may see the page."""
    disabled = Sample(initial=FILLED, prefix="disabled")
    for field in disabled.fields.values():
        field.disabled = True
    context = {
        "forms": [
            (_("Empty"), Sample(prefix="empty")),
            (_("Filled in"), Sample(initial=FILLED, prefix="filled")),
            (_("With errors"), Sample({}, prefix="errors")),
            (_("Disabled"), disabled),
        ],
        "failed": Sample({}, prefix="errors"),
        "colours": sorted(COLOURS),
        "icons": sorted(icons.names()),
        "page_obj": page_of(range(214), request),
        "people": PEOPLE,
        "long": LONG,
    }
    return render(request, "ui/gallery.html", context)


PEOPLE = [
    ("Amina Hassan", "amina.hassan@example.no", "Innkalt til intervju", "info", "Akseptert", "success"),
    ("Bjørn Aasen", "bjorn.aasen@example.no", "Ny", "neutral", "", "neutral"),
    ("Cecilie Dahl", "cecilie.dahl@example.no", "Innkalt til intervju", "info", "Venter svar", "warning"),
    ("David Okafor", "d.okafor@example.org", "Intervjuet", "success", "Kontakt for nytt tidspkt.", "danger"),
]
