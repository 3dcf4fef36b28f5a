"""The deliberate yes to booking somebody, or a room, who is taken already."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy

from samtale.accounts.models import User
from samtale.interviews.domain.overbooking import MayNotOverbook
from samtale.interviews.domain.queries.conflicts import Conflict
from samtale.web.staff.conflicts import in_words, key_of


class BookAnywayMixin(forms.Form):
    """A form with a checkbox that is shown once something is taken, to those who may tick it.

    Its value names the conflicts that were shown, so that a yes to these is no yes to others. In a view:

        found = conflicts(…)
        if form.is_valid() and not form.settles(found, viewer=…, zone=…, may_overbook=…): show it again
        verb(…, books_anyway=bool(found))

    In its template: `{% if form.offers_to_book_anyway %}{{ form.books_anyway.as_field_group }}{% endif %}`.
    """

    taken_field = "time"  # beside which it is said who is taken
    offers_to_book_anyway = False

    books_anyway = forms.CharField(
        label=gettext_lazy("Book anyway"),
        help_text=gettext_lazy("It is written in the process list that you did."),
        required=False,
        max_length=64,
    )

    def settles(self, found: Sequence[Conflict], *, viewer: User, zone: ZoneInfo, may_overbook: bool) -> bool:
        """Say whether nothing is in the way: no conflict, or a yes to just these from who may give it. If
        something is, say it beside the time, and offer the checkbox to those who have the right."""
        key = key_of(found)
        if not found or (may_overbook and self.cleaned_data.get("books_anyway") == key):
            return True
        self.add_error(self.taken_field, in_words(found, viewer=viewer, zone=zone))
        if may_overbook:
            self.offers_to_book_anyway = True
            self.fields["books_anyway"].widget = YesTo(key)
        else:
            self.add_error(self.taken_field, MayNotOverbook().message)
        return False


class YesTo(forms.CheckboxInput):
    """A checkbox that is sent as `key`, and is ticked only where somebody said yes to just that."""

    def __init__(self, key: str) -> None:
        super().__init__(check_test=lambda posted: posted == key)
        self.key = key

    def format_value(self, value: Any) -> str:
        return self.key

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.get(name, "")
