"""Measures the product's own web server: its pages and feeds over HTTP, and the memory of its process."""

import os
from dataclasses import dataclass

from scripts.bench.client import over_http
from scripts.bench.data import Data
from scripts.bench.feeds import time_feeds
from scripts.bench.pages import Timing, cookies_of, pages, time_pages
from scripts.bench.processes import children, peak_megabytes, running
from scripts.bench.urls import EMPTY, EMPTY_OPEN

_ROUNDS = 30


@dataclass(frozen=True)
class WebServer:
    """What was measured of it. `megabytes` is the peak of the process that answered."""

    timings: list[Timing]
    megabytes: float


def measure_web_server(data: Data) -> WebServer:
    """Run gunicorn as `samtale serve` does, with one process, and ask it for every page and feed."""
    port = int(os.environ["PORT"])
    arguments = ("-m", "gunicorn", "-c", "python:samtale.serving.gunicorn_settings")
    with running(*arguments, port=port) as pid:
        asks = {EMPTY: over_http(port, cookies_of(data.recruiter)), EMPTY_OPEN: over_http(port, "")}
        timings = time_pages(pages(data), asks, rounds=_ROUNDS)
        timings += time_feeds(data, port=port, rounds=_ROUNDS)
        return WebServer(timings, max(peak_megabytes(child) for child in children(pid)))
