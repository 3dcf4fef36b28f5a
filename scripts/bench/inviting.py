"""Measures one Send to 500 applicants, until everything is committed."""

import time
from statistics import median

from samtale.core import clock
from samtale.outbox.models import Message
from scripts.bench.data import INVITED_AT_ONCE, Data, colleague, send

_ROUNDS = 3


def seconds_to_invite(data: Data) -> tuple[float, int]:
    """Return the median of three Sends in seconds, and how many messages one of them writes."""
    before = Message.objects.count()
    taken = []
    for number in range(_ROUNDS):
        some = data.others[number * INVITED_AT_ONCE : (number + 1) * INVITED_AT_ONCE]
        attends = colleague()
        began = time.perf_counter()
        send(data.project, some, by=data.recruiter, attends=attends, now=clock.now())
        taken.append(time.perf_counter() - began)
    return median(taken), (Message.objects.count() - before) // _ROUNDS
