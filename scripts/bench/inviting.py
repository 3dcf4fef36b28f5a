"""Measures one Send to 500 applicants, until everything is committed."""

import time
from dataclasses import dataclass
from statistics import median

from samtale.core import clock
from samtale.outbox.models import Message
from scripts.bench.data import INVITED_AT_ONCE, Data, colleague, send

_ROUNDS = 3


@dataclass(frozen=True)
class Inviting:
    """The median of some Sends in seconds, and how many messages one of them writes."""

    seconds: float
    messages: int


def measure_inviting(data: Data) -> Inviting:
    """Invite 500 applicants, three times."""
    before = Message.objects.count()
    taken = []
    for number in range(_ROUNDS):
        some = data.others[number * INVITED_AT_ONCE : (number + 1) * INVITED_AT_ONCE]
        attends = colleague()
        began = time.perf_counter()
        send(data.project, some, by=data.recruiter, attends=attends, now=clock.now())
        taken.append(time.perf_counter() - began)
    return Inviting(median(taken), (Message.objects.count() - before) // _ROUNDS)
