"""What higher floors do when something happens here. They join in their `AppConfig.ready`."""

from datetime import datetime
from typing import Protocol

from samtale.accounts.models import User
from samtale.core.audit import Actor


class UserCreated(Protocol):
    """Called inside the transaction that creates `user`."""

    def __call__(self, user: User, *, by: Actor, now: datetime) -> None: ...


user_created: list[UserCreated] = []


class UserClosed(Protocol):
    """Called inside the transaction that takes away `user`'s log-in. What was on its way to them must end."""

    def __call__(self, user: User, *, by: Actor, now: datetime) -> None: ...


user_closed: list[UserClosed] = []


class RightsSet(Protocol):
    """Called inside the transaction that gives `user` other rights, after they are stored.

    What the user may no longer do must not go on happening. Return how many things were stopped.
    """

    def __call__(self, user: User, *, by: Actor, now: datetime) -> int: ...


rights_set: list[RightsSet] = []
