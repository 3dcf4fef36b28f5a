"""Makes subscriptions, gives them another address, and ends them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samtale.calendars.domain.feeds import MOST_FEEDS, TooManyFeeds, create_feed, renew_feed, revoke_feed
from samtale.calendars.models import Feed
from samtale.core import clock
from samtale.web.staff.access import StaffRequest
from samtale.web.staff.forms.calendars import FeedForm
from samtale.web.staff.posted import posted


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Make a subscription."""
    form = FeedForm(posted(request))
    if form.is_valid():
        try:
            feed = create_feed(by=request.user, now=clock.now(), **form.cleaned_data)
        except TooManyFeeds:
            words = _("You have %(number)d subscriptions already. End one of them first.")
            form.add_error(None, words % {"number": MOST_FEEDS})
        else:
            messages.success(request, _("%(name)s has an address. Copy it below.") % {"name": feed})
            return redirect("staff:profile-calendars")
    return render(request, "staff/calendars/feed.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def renew(request: StaffRequest, feed_id: int) -> HttpResponse:
    """Give it another address, after asking."""
    feed = get_object_or_404(Feed, pk=feed_id, user=request.user)
    if "confirmed" not in request.POST:
        return render(request, "staff/calendars/feed_renew.html", {"feed": feed})
    renew_feed(feed=feed, by=request.user, now=clock.now())
    messages.success(request, _("%(name)s has another address. Copy it below.") % {"name": feed})
    return redirect("staff:profile-calendars")


@require_POST
def end(request: StaffRequest, feed_id: int) -> HttpResponse:
    """End it, after asking."""
    feed = get_object_or_404(Feed, pk=feed_id, user=request.user)
    if "confirmed" not in request.POST:
        return render(request, "staff/calendars/feed_end.html", {"feed": feed})
    name = str(feed)
    revoke_feed(feed=feed, by=request.user, now=clock.now())
    messages.success(request, _("The subscription %(name)s has ended.") % {"name": name})
    return redirect("staff:profile-calendars")
