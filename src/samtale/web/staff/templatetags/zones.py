"""`{% load zones %}`: whose time it is, where the reader lives by another clock than the place's."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samtale.accounts.places import place_in_words
from samtale.accounts.zones import beside, read_alike, zone_in_words
from samtale.core import clock
from samtale.interviews.models import Interview

register = template.Library()
_ALL_YEAR = [timedelta(days=days) for days in range(0, 366, 5)]


@register.simple_tag(takes_context=True)
def named_zone(context: Context, interview: Interview) -> SafeString:
    """Return what belongs behind a time on the interview's own clock: `{% named_zone interview %}`. Nothing
    where the reader's clock shows the same."""
    return _beside(interview, shown=interview.zone, reader=context["shell"].zone)


@register.simple_tag(takes_context=True)
def named_own_zone(context: Context, interview: Interview) -> SafeString:
    """Return what belongs behind a time on the reader's clock: `{% named_own_zone interview %}`. Nothing
    where the interview's clock shows the same."""
    return _beside(interview, shown=context["shell"].zone, reader=interview.zone)


@register.simple_tag(takes_context=True)
def zone_unless_read(context: Context, zone: ZoneInfo, moment: datetime) -> SafeString:
    """Return whose time that of `zone` is, to stand behind `moment` on its clock: `{% zone_unless_read zone
    moment %}`. Nothing where the reader's clock shows the same."""
    if read_alike(zone, context["shell"].zone, moment):
        return SafeString()
    return format_html(' <span class="muted">{}</span>', zone_in_words(zone))


@register.simple_tag(takes_context=True)
def times_in(context: Context, zone: str) -> SafeString:
    """Return a line for forms whose times are those of `zone`: `{% times_in interview.time_zone %}`. Nothing
    where the reader's clock shows the same all year."""
    now = clock.now()
    if read_alike(ZoneInfo(zone), context["shell"].zone, *(now + day for day in _ALL_YEAR)):
        return SafeString()
    return format_html('<p class="muted">{}</p>', _("Times in %(zone)s") % {"zone": zone_words(zone)})


@register.simple_tag
def zone_words(zone: str) -> str:
    """Return whose time that of `zone` is, such as "London time"; the place's name where the system knows no
    such zone any longer."""
    try:
        return zone_in_words(ZoneInfo(zone))
    except (ValueError, OSError, KeyError):
        return place_in_words(zone)


def _beside(interview: Interview, *, shown: ZoneInfo, reader: ZoneInfo) -> SafeString:
    words = beside(interview.start, interview.end, shown=shown, reader=reader)
    return format_html(' <span class="muted">{}</span>', words) if words else SafeString()
