"""Gives users private addresses for their calendar programs, and takes them back."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from samtale.accounts.models import User
from samtale.calendars.models import Feed
from samtale.core import audit
from samtale.core.sealed import Unreadable, seal, unseal

MOST_FEEDS = 20
_BYTES = 32


class TooManyFeeds(Exception):
    """The user has as many as one may have."""


@transaction.atomic
def create_feed(*, label: str, scope: str, with_names: bool, by: User, now: datetime) -> Feed:
    """Give `by` an address of their own.

    Raises:
        TooManyFeeds: they have `MOST_FEEDS`.
    """
    if Feed.objects.filter(user=by).count() >= MOST_FEEDS:
        raise TooManyFeeds
    token = secrets.token_urlsafe(_BYTES)
    feed = Feed.objects.create(
        user=by,
        label=label,
        scope=scope,
        with_names=with_names,
        digest=digest_of(token),
        sealed_token=seal(token),
        created_at=now,
    )
    audit.record("feed.created", subject=feed, by=by, now=now, scope=scope, with_names=with_names)
    return feed


@transaction.atomic
def renew_feed(*, feed: Feed, by: User, now: datetime) -> Feed:
    """Give the feed another address; the one it had stops at once."""
    token = secrets.token_urlsafe(_BYTES)
    feed.digest, feed.sealed_token, feed.created_at = digest_of(token), seal(token), now
    feed.save(update_fields=["digest", "sealed_token", "created_at"])
    audit.record("feed.renewed", subject=feed, by=by, now=now)
    return feed


@transaction.atomic
def revoke_feed(*, feed: Feed, by: User, now: datetime) -> None:
    """Let the address stop, for good."""
    audit.record("feed.revoked", subject=feed, by=by, now=now, label=feed.label)
    feed.delete()


def digest_of(token: str) -> str:
    """Return by what a token is found. It is long and random, so that no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def token_of(feed: Feed) -> str:
    """Return the token again; "" where it cannot be read any longer. The address itself goes on working."""
    try:
        return str(unseal(feed.sealed_token))
    except Unreadable:
        return ""
