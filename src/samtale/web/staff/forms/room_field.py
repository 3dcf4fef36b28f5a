"""The choice of a room, which fills in the place with scripts."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samtale.interviews.models import Room


class RoomSelect(forms.Select):
    """Each room carries the place that it is, by `place_of`; no room is the place that `otherwise` says."""

    place_of: Callable[[Room], str] | None = None

    def fill(self, field: str, *, place_of: Callable[[Room], str], otherwise: str) -> None:
        """Let what is chosen be written into the form's `field`."""
        self.place_of = place_of
        self.attrs |= {"data-fills": field, "data-otherwise": otherwise}

    def create_option(self, name: str, value: Any, *args: Any, **more: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **more)
        if self.place_of and (room := getattr(value, "instance", None)):
            option["attrs"]["data-fill"] = self.place_of(room)
        return option


def room_field() -> "forms.ModelChoiceField[Room]":
    """Return the field, as yet without rooms."""
    return forms.ModelChoiceField(
        Room.objects.none(),
        label=_("Room"),
        help_text=_("It is booked for the interviews, and is the place unless you write another."),
        empty_label=_("No room"),
        required=False,
        widget=RoomSelect,
        error_messages={"invalid_choice": _("The room can no longer be booked. Choose another one.")},
    )
