"""Lets a process of its own read iCalendar objects, within limits of time and memory (`busy_times`)."""

import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings

from samtale.calendars.troubles import Problem, Trouble

Stretch = tuple[datetime, datetime]

SECONDS = 30
MOST_BLOCKS = 20_000


def busy_in(
    objects: Sequence[bytes], *, start: datetime, end: datetime, zone: ZoneInfo, email: str
) -> list[Stretch]:
    """Return when the owner of the calendar that `objects` are from is taken from `start` to `end`, in UTC.

    Raises:
        Trouble: it is no calendar, or takes too much to read.
    """
    asked = {
        "start": start.isoformat(),
        "end": end.isoformat(),
        "zone": zone.key,
        "email": email,
        "host": urlsplit(settings.SITE_URL).hostname or "",
        "objects": [each.decode("utf-8-sig", "replace") for each in objects],
    }
    try:
        done = subprocess.run(
            [sys.executable, "-m", "samtale.calendars.busy_times"],
            input=json.dumps(asked).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
        answer = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        raise Trouble(Problem.TOO_MUCH) from None
    if "problem" in answer:
        raise Trouble(Problem(answer["problem"]))
    if len(answer["busy"]) > MOST_BLOCKS:
        raise Trouble(Problem.TOO_MUCH)
    return [(datetime.fromisoformat(begins), datetime.fromisoformat(ends)) for begins, ends in answer["busy"]]
