"""Names in a sentence: the first few, and how many more."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

NAMED = 10


def some(names: Sequence[str]) -> str:
    """Return the names as one text; of many, the first ten and how many more there are."""
    shown = ", ".join(names[:NAMED])
    if (more := len(names) - NAMED) > 0:
        return _("%(names)s and %(more)d more") % {"names": shown, "more": more}
    return shown
