"""`measure`: fills an empty database, measures everything and writes the tables."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from scripts.bench import report
from scripts.bench.data import make_data
from scripts.bench.delivery import measure_delivery
from scripts.bench.inviting import seconds_to_invite
from scripts.bench.morning import measure_morning
from scripts.bench.pages import time_in_process
from scripts.bench.planning import measure_planning
from scripts.bench.web_server import measure_web_server


class Command(BaseCommand):
    help = "Measure. Only `python -m scripts.bench` calls this, in an installation of its own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("tables", type=Path, help="the file to write the tables to")

    def handle(self, *, tables: Path, **options: Any) -> None:
        results = self._measure()
        tables.write_text(report.tables(results))
        self.stdout.write(tables.read_text())
        for name in report.missed(results):
            self.stdout.write(f"Missed: {name}")

    def _measure(self) -> report.Results:
        self._say("Filling a database")
        data = make_data()
        self._say("Asking for pages in this process")
        pages = time_in_process(data)
        self._say("Asking for pages over HTTP")
        web = measure_web_server(data)
        self._say("Inviting")
        inviting, messages = seconds_to_invite(data)
        self._say("Planning")
        planning = measure_planning(data)
        self._say("Delivering")
        delivery = measure_delivery(settings.DATA)
        self._say("Reminding")
        return report.Results(pages, web, inviting, messages, planning, delivery, measure_morning(data))

    def _say(self, what: str) -> None:
        self.stderr.write(f"{what} …")
