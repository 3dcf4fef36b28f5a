"""Merge tags: the names in braces that a letter's text may hold (spec 8)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Tag:
    """One `{name}` that may stand in a text.

    `label` says what it is to the one who writes.
    A tag with `is_link` becomes a link whose address is made when the letter leaves.
    A tag with `by_staff` has a value that staff wrote, so a web address in it may be followed
    with a click; everything else is text from strangers and is never more than text.
    """

    name: str
    label: str | Promise
    is_link: bool = False
    by_staff: bool = False


GENERAL_TAGS: tuple[Tag, ...] = (
    Tag("first-name", _("The candidate's first name")),
    Tag("last-name", _("The candidate's last name")),
    Tag("name", _("The candidate's full name")),
    Tag("company", _("The name of the organisation")),
    Tag("department", _("The department")),
    Tag("contact-person", _("The contact person for the vacancy")),
    Tag("vacancy", _("The title of the vacancy")),
    Tag("vacancy-ref-number", _("The vacancy's reference number")),
    Tag("position", _("The position")),
    Tag("sender-name", _("The sender's name")),
)
