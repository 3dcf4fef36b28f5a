"""Finds feeds."""

from samtale.calendars.domain.feeds import digest_of
from samtale.calendars.models import Feed


def feed_for(token: str) -> Feed | None:
    """Return the feed of this token with its user, or None: wrong, revoked, or its user may not log in."""
    feeds = Feed.objects.select_related("user").filter(user__is_active=True)
    return feeds.filter(digest=digest_of(token)).first()
