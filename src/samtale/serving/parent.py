"""Lets a process notice that the one it lives by is gone. Who is killed by SIGKILL tells nobody."""

import os
import signal
import time
from collections.abc import Callable

VARIABLE = "SAMTALE_PARENT_PID"


def parent_watch() -> Callable[[], bool]:
    """Return what says whether the process that SAMTALE_PARENT_PID names has ended; never, without it."""
    pid = int(os.environ.get(VARIABLE) or 0)
    if not pid:
        return lambda: False
    if os.getppid() == pid:
        return lambda: os.getppid() != pid
    return lambda: not _exists(pid)


def end_with_parent(every: float = 1.0) -> None:
    """Look every `every` seconds, and ask this process to end once its parent is gone."""
    is_gone = parent_watch()
    while not is_gone():
        time.sleep(every)
    os.kill(os.getpid(), signal.SIGTERM)


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
