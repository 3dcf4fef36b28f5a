"""Calendars elsewhere, and feeds."""

from typing import Any

from samtale.accounts.models import User
from samtale.calendars.domain.feeds import create_feed, token_of
from samtale.calendars.domain.outside_calendars import Access, Use, connect
from samtale.calendars.models import Feed, OutsideCalendar
from samtale.core import clock
from tests.factories.accounts import make_user
from tests.radicale_server import PASSWORD, USER


def make_feed(user: User | None = None, **fields: Any) -> Feed:
    fields = {"label": "Outlook", "scope": "own", "with_names": True} | fields
    return create_feed(by=user or make_user(), now=clock.now(), **fields)


def feed_path(feed: Feed) -> str:
    return f"/feed/{token_of(feed)}.ics"


def make_ics_calendar(address: str, user: User | None = None, **use: Any) -> OutsideCalendar:
    return connect(
        kind="ics",
        access=Access(address),
        use=Use(**({"label": "Privat"} | use)),
        by=user or make_user(),
        now=clock.now(),
    )


def make_caldav_calendar(
    address: str, user: User | None = None, *, password: str = PASSWORD, **use: Any
) -> OutsideCalendar:
    return connect(
        kind="caldav",
        access=Access(address, USER, password),
        use=Use(**({"label": "Jobb"} | use)),
        by=user or make_user(),
        now=clock.now(),
    )
