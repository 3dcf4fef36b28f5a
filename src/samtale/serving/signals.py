"""Being told to end, once."""

import signal
from collections.abc import Callable, Iterable
from types import FrameType


def on_first(numbers: Iterable[int], do: Callable[[], object]) -> None:
    """Call `do` when the first of these signals comes, and take no notice of any after it.

    A second signal would interrupt `do` in the middle and call it anew: an Event that is being set waits for
    itself then, for ever.
    """
    wanted = list(numbers)

    def handle(number: int, frame: FrameType | None) -> None:
        for each in wanted:
            signal.signal(each, signal.SIG_IGN)
        do()

    for number in wanted:
        signal.signal(number, handle)
