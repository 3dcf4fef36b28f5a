"""The process list (Prosessliste): what happened to an application, in order."""

from dataclasses import dataclass
from datetime import datetime

from samtale.core import audit
from samtale.recruiting.models import Application


@dataclass(frozen=True)
class Step:
    """One thing that happened, as a person reads it."""

    at: datetime
    who: str
    what: str


def process_list(application: Application) -> list[Step]:
    """Return what happened to the application, oldest first, in the active language."""
    return [Step(row.at, row.actor_name, audit.sentence_for(row)) for row in audit.history(application)]
