"""The time zones to choose from, as the options of a select."""

from collections.abc import Iterable
from functools import lru_cache

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from samtale.accounts.places import offered_zones


def zone_options(place: str, chosen: str) -> SafeString:
    """Return what can be chosen, in the active language: with the zones of the interview's `place` and the
    one that the candidate has `chosen`, or "". That one is marked, or else the place's."""
    return _options(get_language() or "", place, chosen)


@lru_cache(maxsize=200)
def _options(language: str, place: str, chosen: str) -> SafeString:
    """Written once for each: there are so many that it takes longer than the rest of the page."""
    shown = chosen or place
    return format_html_join(
        "",
        '<optgroup label="{}">{}</optgroup>',
        ((part, _choices(places, shown)) for part, places in offered_zones(place, chosen)),
    )


def _choices(places: Iterable[tuple[str, str]], shown: str) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((key, SafeString(" selected") if key == shown else "", name) for key, name in places),
    )
