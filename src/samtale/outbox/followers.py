"""What higher floors do when something happens here. They join in their `AppConfig.ready`."""

from datetime import datetime
from typing import Protocol

from samtale.outbox.models import Message


class CameBack(Protocol):
    """Called inside the transaction that writes down that `message` came back or was reported as unwanted.

    `words` are the provider's.
    """

    def __call__(self, message: Message, *, words: str, now: datetime) -> None: ...


came_back: list[CameBack] = []
