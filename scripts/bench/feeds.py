"""Measures what a calendar program meets that subscribes to many interviews: all, and nothing new."""

import http.client
import time

from samtale.calendars.domain.feeds import create_feed, token_of
from samtale.calendars.models import Feed
from samtale.core import clock
from scripts.bench.client import BadAnswer, over_http
from scripts.bench.data import FULL_MONTH, Data
from scripts.bench.pages import WARM_UP, Measured, Timing
from scripts.bench.urls import EMPTY_OPEN

# A subscription that is fetched more often is asked to slow down.
_ROUNDS_A_FEED = 10
_PATH = "/feed/…"


def time_feeds(data: Data, *, port: int, rounds: int) -> list[Timing]:
    """Fetch the feed of the full month from the web server on `port`, `rounds` times as a program that has
    nothing of it yet and as one that has it, each right after the empty page."""
    empty = over_http(port, "")
    names = (
        f"Feed of {FULL_MONTH:,} interviews, all of it",
        f"Feed of {FULL_MONTH:,} interviews, nothing new (304)",
    )
    whole, unchanged = (Timing(Measured(name, _PATH, beside=EMPTY_OPEN), []) for name in names)
    path = ""
    for number in range(rounds + WARM_UP):
        if number % _ROUNDS_A_FEED == 0:
            path = f"/feed/{token_of(_feed(data))}.ics"
        etag = ""
        for timing, expected in ((whole, 200), (unchanged, 304)):
            beside = empty(EMPTY_OPEN)
            seconds, etag = _fetch(port, path, etag, expected)
            if number >= WARM_UP:
                timing.empty.append(beside)
                timing.seconds.append(seconds)
    return [whole, unchanged]


def _feed(data: Data) -> Feed:
    return create_feed(
        label="Outlook", scope=Feed.Scope.OWN, with_names=True, by=data.subscriber, now=clock.now()
    )


def _fetch(port: int, path: str, etag: str, expected: int) -> tuple[float, str]:
    """Return the seconds that it took, and the ETag of the answer."""
    headers = {"Host": "localhost"} | ({"If-None-Match": etag} if etag else {})
    began = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    took = time.perf_counter() - began
    if answer.status != expected or content.count(b"BEGIN:VEVENT") != (FULL_MONTH if expected == 200 else 0):
        raise BadAnswer(f"feed: {answer.status}, {len(content):,} bytes")
    return took, answer.headers["ETag"]
