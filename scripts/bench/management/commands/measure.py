"""`measure`: fills an empty database, measures everything and writes the tables."""

from argparse import ArgumentParser
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from scripts.bench import report
from scripts.bench.data import make_data
from scripts.bench.delivery import measure_delivery
from scripts.bench.inviting import measure_inviting
from scripts.bench.morning import measure_morning
from scripts.bench.pages import time_in_process
from scripts.bench.parts import PARTS
from scripts.bench.planning import measure_planning
from scripts.bench.web_server import measure_web_server


class Command(BaseCommand):
    help = "Measure. Only `python -m scripts.bench` calls this, in an installation of its own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("tables", type=Path, help="the file to write the tables to")
        parser.add_argument("parts", nargs="*", help="of scripts.bench.parts; none for all")

    def handle(self, *, tables: Path, parts: list[str], **options: Any) -> None:
        results = self._measure(parts or PARTS)
        tables.write_text(report.tables(results))
        self.stdout.write(tables.read_text())
        for name in report.missed(results):
            self.stdout.write(f"Missed: {name}")

    def _measure(self, parts: Collection[str]) -> report.Results:
        self._say("Filling a database")
        data = make_data()
        measuring: dict[str, tuple[str, Callable[[], Any]]] = {
            "pages": ("Asking for pages in this process", lambda: time_in_process(data)),
            "http": ("Asking for pages over HTTP", lambda: measure_web_server(data)),
            "inviting": ("Inviting", lambda: measure_inviting(data)),
            "planning": ("Planning", lambda: measure_planning(data)),
            "delivery": ("Delivering", lambda: measure_delivery(settings.DATA)),
            "morning": ("Reminding", lambda: measure_morning(data)),
        }
        results = report.Results()
        for part in PARTS:
            if part in parts:
                doing, measure = measuring[part]
                self._say(doing)
                setattr(results, part, measure())
        return results

    def _say(self, what: str) -> None:
        self.stderr.write(f"{what} …")
