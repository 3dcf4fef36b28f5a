"""Widgets beside Django's own: native pickers, and choices that look different."""

from typing import Any

from django import forms


class DateInput(forms.DateInput):
    """The browser's own date picker. It speaks ISO 8601 to the server and the user's language to the user."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-width": "medium", **(attrs or {})}, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The browser's own time picker, in minutes."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-width": "short", **(attrs or {})}, format="%H:%M")


class DateTimeInput(forms.DateTimeInput):
    """The browser's own picker of a local date and time."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-width": "medium", **(attrs or {})}, format="%Y-%m-%dT%H:%M")


class Search(forms.TextInput):
    """A search field with a magnifier."""

    input_type = "search"
    template_name = "ui/widgets/search.html"


class RadioCards(forms.RadioSelect):
    """A few big choices, one below the other, easy to hit with a thumb."""

    template_name = "ui/widgets/radio_cards.html"
    option_template_name = "ui/widgets/radio_card.html"


class InlineRadios(forms.RadioSelect):
    """A few short choices side by side."""

    template_name = "ui/widgets/inline_radios.html"
