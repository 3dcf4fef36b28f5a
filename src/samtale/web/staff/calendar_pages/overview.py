"""Everything about one's own calendars on one page."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samtale.calendars.domain.feeds import token_of
from samtale.calendars.models import Feed, OutsideCalendar
from samtale.ui.templatetags.ui import tag
from samtale.web.staff.access import StaffRequest


@dataclass(frozen=True)
class FeedRow:
    """A subscription with its address; "" where it can no longer be read."""

    feed: Feed
    address: str


@dataclass(frozen=True)
class CalendarRow:
    """A calendar elsewhere, and how it is."""

    calendar: OutsideCalendar
    state: SafeString


@require_safe
def calendars(request: StaffRequest) -> HttpResponse:
    """Show one's own subscriptions and calendars elsewhere."""
    context = {
        "feeds": [FeedRow(feed, feed_address(feed)) for feed in Feed.objects.filter(user=request.user)],
        "calendars": [
            CalendarRow(calendar, _state(calendar))
            for calendar in OutsideCalendar.objects.filter(user=request.user, is_leaving=False)
        ],
        "zone": request.zone.key,
    }
    return render(request, "staff/calendars/overview.html", context)


def feed_address(feed: Feed) -> str:
    """Return the whole address of a subscription, "" where it can no longer be read."""
    token = token_of(feed)
    return settings.SITE_URL + reverse("feeds:feed", args=[token]) if token else ""


def _state(calendar: OutsideCalendar) -> SafeString:
    if calendar.problem:
        return tag(_("Does not work"), "danger")
    if calendar.refreshed_at is None:
        return tag(_("Waiting to be read"), "neutral")
    return tag(_("Up to date"), "success")
