"""`deliver_once`: one worker that delivers all that is due and prints, as JSON, how many letters
that were, the seconds it took and its peak memory."""

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from samtale.core import clock
from samtale.outbox.models.message import State
from samtale.outbox.worker import Worker
from scripts.bench.processes import peak_megabytes


class Command(BaseCommand):
    help = "Deliver. Loading Django is not counted: a worker does it once in its life."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--start", type=Path, help="say that all is loaded, and begin when this is there")

    def handle(self, *, start: Path | None, **options: Any) -> None:
        worker = Worker(clock=clock.now)
        if start:
            self.stdout.write("ready")
            self.stdout.flush()
            while not start.exists():
                time.sleep(0.002)
        began = time.perf_counter()
        worker.drain()
        seconds = time.perf_counter() - began
        result = {"sent": worker.states[State.SENT], "seconds": seconds, "megabytes": peak_megabytes()}
        self.stdout.write(json.dumps(result))
