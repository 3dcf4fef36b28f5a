"""Slows down whoever tries many wrong links, and whoever changes an answer or a time zone over and over.

A right link works from any address, always.
"""

from datetime import datetime

from django.http import HttpRequest

from samtale.web.throttle import Limit, client_address

WRONG_LINKS = Limit("wrong-link", most=20, window=60)
# Each one is an e-mail to every interviewer who wants to be told.
ANSWERS = Limit("answer", most=20, window=3600)
# Each one writes letters that wait anew.
ZONES = Limit("zone", most=20, window=3600)


def wait_after_wrong_link(request: HttpRequest, *, now: datetime) -> int:
    """Count one wrong link and return how many seconds its sender has to wait: 0 for "go on"."""
    return WRONG_LINKS.take(client_address(request), now=now)
