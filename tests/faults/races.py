"""One letter and one change for each of several people, raced against delivery."""

import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from samtale.core import clock as wall_clock
from samtale.outbox.domain.deliver import Courier
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from tests.at_once import at_once

Handed = dict[str, tuple[float, str]]


class Way:
    """Takes messages away, and notes when the handing over of each began, and to whom."""

    def __init__(self, handed: Handed, chance: random.Random) -> None:
        self._handed, self._chance = handed, chance

    def open(self) -> None: ...

    def close(self) -> None: ...

    def send(self, parcel: Any) -> str:
        name = (
            getattr(parcel, "reference", "") or str(parcel.extra_headers["Message-ID"])[1:].partition("@")[0]
        )
        self._handed[name] = time.monotonic(), getattr(parcel, "recipient", "") or parcel.to[0]
        time.sleep(self._chance.random() * 0.004)
        return ""


def deliver_all(handed: Handed, chance: random.Random) -> None:
    """Deliver what is due, as a worker would, until nothing is."""
    ways = dict.fromkeys(("email", "sms"), lambda: Way(handed, chance))
    courier = Courier(clock=wall_clock.now, transports=ways, owner=f"w{chance.random()}")
    while courier.deliver_due(limit=3).handled:
        pass


def race_each(
    subjects: Sequence[Any],
    *,
    change: Callable[[Any, datetime], None],
    is_told: Callable[[Any, datetime], bool],
    letter_of: Callable[[Any], Message],
    chance: random.Random,
) -> Counter[str]:
    """Change each of `subjects` while their letters leave. Return how many were stopped, had left before the
    change, or were leaving and told of; that none left after it untold is asserted."""
    handed: Handed = {}
    committed: dict[int, float] = {}
    told: set[int] = set()

    def change_all() -> None:
        for subject in subjects:
            # So that both orders occur.
            time.sleep(chance.random() * 0.006)
            since = wall_clock.now()
            change(subject, since)
            committed[subject.pk] = time.monotonic()
            if is_told(subject, since):
                told.add(subject.pk)

    at_once([lambda: deliver_all(handed, chance), change_all])
    fates: Counter[str] = Counter()
    for subject in subjects:
        letter = letter_of(subject)
        at, address = handed.get(str(letter.public_id), (0.0, ""))
        if not address:
            assert letter.state in (State.CANCELLED, State.OUTDATED)
            fates["stopped"] += 1
        elif subject.pk in told:
            fates["told"] += 1
        else:
            assert at < committed[subject.pk], "it left after the change, and nobody was told"
            fates["before"] += 1
    return fates
