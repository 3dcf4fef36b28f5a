"""What higher floors do when the worker tidies up. They join in their `AppConfig.ready`."""

from datetime import datetime
from typing import Protocol


class Cleaning(Protocol):
    """Called every hour by each worker, outside any transaction: delete what need not be kept any longer."""

    def __call__(self, *, now: datetime) -> object: ...


cleaning: list[Cleaning] = []
