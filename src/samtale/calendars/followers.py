"""What higher floors know and this one asks. They join in their `AppConfig.ready`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from samtale.accounts.models import User


@dataclass(frozen=True)
class Wanted:
    """An appointment as it ought to stand in a user's calendar. `digest` changes whenever `content`, which
    says when it was written as well, ought to be written anew."""

    uid: str
    digest: str
    content: bytes
    end: datetime


# Return the appointments of a user that ought to be in a calendar at `now`, with or without names.
WantedOf = Callable[[User, bool, datetime], Sequence[Wanted]]

wanted_of: list[WantedOf] = []
