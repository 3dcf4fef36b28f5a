"""Signals that come while the first of them is being handled."""

import os
import signal
import time

from samtale.serving.signals import on_first


def test_only_the_first_signal_is_heard():
    heard: list[str] = []

    def do() -> None:
        heard.append("begun")
        if len(heard) < 10:  # or a handler that is called anew would do so without end
            for number in (signal.SIGUSR1, signal.SIGUSR2):
                os.kill(os.getpid(), number)
            time.sleep(0.01)
        heard.append("done")

    before = [signal.getsignal(number) for number in (signal.SIGUSR1, signal.SIGUSR2)]
    try:
        on_first([signal.SIGUSR1, signal.SIGUSR2], do)
        os.kill(os.getpid(), signal.SIGUSR1)
        time.sleep(0.01)
    finally:
        for number, handler in zip((signal.SIGUSR1, signal.SIGUSR2), before, strict=True):
            signal.signal(number, handler)

    assert heard == ["begun", "done"]
