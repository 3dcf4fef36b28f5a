"""What higher floors do when something happens here. They join in their `AppConfig.ready`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from samtale.core.audit import Actor
from samtale.recruiting.models import Application


class ApplicationClosed(Protocol):
    """Called inside the transaction that closes `applications`: withdrawn, rejected or transferred.

    Whatever waits for these candidates in the project, such as reminders, must end.
    """

    def __call__(self, applications: Sequence[Application], *, by: Actor, now: datetime) -> None: ...


application_closed: list[ApplicationClosed] = []
