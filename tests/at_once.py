"""Two or more who act at the same moment, on real connections with real transactions."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection


def at_once(acts: Sequence[Callable[[], Any]], *, expected: tuple[type[Exception], ...] = ()) -> list[Any]:
    """Do each of `acts` in a thread of its own, all from the same moment.

    Return what each returned, or which of the `expected` exceptions it raised, in the order of `acts`.
    Any other exception fails the test.
    """
    barrier = threading.Barrier(len(acts))
    outcomes: list[Any] = [None] * len(acts)
    failures: list[BaseException] = []

    def run(index: int, act: Callable[[], Any]) -> None:
        try:
            barrier.wait()
            outcomes[index] = act()
        except expected as error:
            outcomes[index] = error
        except BaseException as error:  # noqa: BLE001
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures
    return outcomes
