"""Who reads what comes in. Higher floors join in their `AppConfig.ready`."""

from datetime import datetime
from typing import Protocol

from samtale.inbox.letters import IncomingLetter
from samtale.inbox.models import IncomingMail


class Reader(Protocol):
    """Called inside the transaction that writes down that `letter` was taken, once for each `mark` that it
    was addressed to. Return None for a mark that is none of this reader's, true or forged."""

    def __call__(
        self, letter: IncomingLetter, mark: str, *, now: datetime
    ) -> IncomingMail.Outcome | None: ...


readers: list[Reader] = []
