"""Writes what was measured as Markdown, goals beside it."""

import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import django
from django.db import connection

from scripts.bench.data import APPLICATIONS, DAYS_OF_INTERVIEWS, INTERVIEWS, INVITED_AT_ONCE
from scripts.bench.delivery import LETTERS, Delivery
from scripts.bench.inviting import Inviting
from scripts.bench.morning import Morning
from scripts.bench.pages import ROUNDS, Timing
from scripts.bench.planning import APPLICANTS, BLOCKS, PEOPLE, Planning
from scripts.bench.web_server import WebServer


@dataclass
class Results:
    """What was measured in one run, by the names of `parts`. None: that was not."""

    pages: list[Timing] | None = None
    http: WebServer | None = None
    inviting: Inviting | None = None
    planning: Planning | None = None
    delivery: Delivery | None = None
    morning: Morning | None = None


def tables(results: Results) -> str:
    """Return the part of docs/benchmarks.md that a run renews."""
    written = [f"### On {connection.display_name}", _machine()]
    for title, rows in _sections(results).items():
        written += [f"#### {title}", _table(rows)]
    return "\n\n".join(written)


def missed(results: Results) -> list[str]:
    """Return the names of what did not reach its goal, and where."""
    return [
        f"{row[0]} ({title})" for title, rows in _sections(results).items() for row in rows if row[-1] == "no"
    ]


def _sections(results: Results) -> dict[str, list[list[str]]]:
    """Return the rows of each table by its title, heads first; no table of which nothing was measured."""
    sections = {
        "Pages over HTTP": _page_rows(results.http.timings if results.http else (), with_queries=False),
        f"Pages in one process, {ROUNDS} times each": _page_rows(results.pages or ()),
        "Delivery": _delivery_rows(results),
        "The rest": _other_rows(results),
    }
    return {title: rows for title, rows in sections.items() if len(rows) > 1}


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    load = os.getloadavg()
    return (
        f"Measured on {datetime.now(UTC):%d %B %Y}: {_processor()}, {os.cpu_count()} cores, "
        f"{memory:.0f} GB, {platform.system()}, Python {platform.python_version()}, "
        f"Django {django.get_version()}, {connection.display_name}. "
        f"Load average at the end: {load[0]:.1f} (1 min), {load[2]:.1f} (15 min).\n\n"
        f"{APPLICATIONS:,} applications in a project, "
        f"{INTERVIEWS:,} interviews over {DAYS_OF_INTERVIEWS} days."
    )


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _page_rows(timings: Iterable[Timing], *, with_queries: bool = True) -> list[list[str]]:
    head = ["page", "median ms", "p95 ms", "× empty", *(["queries"] if with_queries else []), "goal", "met"]
    return [head, *(_page_row(timing, with_queries) for timing in timings)]


def _page_row(timing: Timing, with_queries: bool) -> list[str]:
    page = timing.page
    goals, met = [], []
    if page.times_empty:
        goals.append(f"≤ {page.times_empty:g} ×")
        met.append(timing.ratio <= page.times_empty)
    if page.most_queries and with_queries:
        goals.append(f"≤ {page.most_queries} queries")
        met.append(timing.queries <= page.most_queries)
    figures = [f"{timing.median * 1000:.1f}", f"{timing.p95 * 1000:.1f}", f"{timing.ratio:.1f}"]
    queries = [str(timing.queries)] if with_queries else []
    return [page.name, *figures, *queries, ", ".join(goals), _yes(met)]


def _delivery_rows(results: Results) -> list[list[str]]:
    rows = [["what", "measured", "ratio", "goal", "met"]]
    if results.delivery:
        rows += _worker_rows(results.delivery)
    if results.morning:
        rows += _morning_rows(results.morning)
    return rows


def _worker_rows(delivery: Delivery) -> list[list[str]]:
    one = delivery.workers[1]
    rows = [[f"Plain smtplib loop, {LETTERS} letters", f"{delivery.loop:.0f} a second", "", "", ""]]
    share, two = one / delivery.loop, delivery.workers[2] / one
    for number, rate in delivery.workers.items():
        ratio, goal, met = f"{rate / one:.2f} × one worker", "", ""
        if number == 1:
            ratio, goal, met = f"{share:.0%} of the loop", "≥ 80 %", _yes([share >= 0.8])
        elif number == 2:
            goal, met = "≥ 1.6 ×", _yes([two >= 1.6])
        rows.append([f"{number} worker{'s' * (number > 1)}", f"{rate:.0f} a second", ratio, goal, met])
    return rows


def _morning_rows(morning: Morning) -> list[list[str]]:
    slower = morning.meanwhile / morning.before
    return [
        [
            f"{morning.reminders:,} reminders due at once, one worker, until the last has left",
            f"{morning.seconds:.0f} s",
            f"{morning.reminders / morning.seconds:.0f} a second",
            "",
            "",
        ],
        [
            "The list of applicants meanwhile, p95 (before it)",
            f"{morning.meanwhile * 1000:.0f} ms ({morning.before * 1000:.0f} ms)",
            f"{slower:.1f} ×",
            "≤ 2 ×",
            _yes([slower <= 2]),
        ],
        [
            f"Worker after {morning.reminders:,} letters, at most (after the first tenth)",
            f"{morning.most:.0f} MB ({morning.early:.0f} MB)",
            f"{morning.most / morning.early:.2f} ×",
            "≤ 120 MB, flat",
            _yes([morning.most <= 120, morning.most <= 1.1 * morning.early]),
        ],
    ]


def _other_rows(results: Results) -> list[list[str]]:
    rows = [["what", "measured", "goal", "met"]]
    if inviting := results.inviting:
        rows.append(
            [
                f"Inviting {INVITED_AT_ONCE} applicants, committed ({inviting.messages:,} messages)",
                f"{inviting.seconds:.2f} s",
                "≤ 2 s",
                _yes([inviting.seconds <= 2]),
            ]
        )
    if planning := results.planning:
        rows += [
            [
                f"First time {PEOPLE} can, over four weeks with {BLOCKS:,} busy blocks",
                f"{planning.first_times:.0f} ms",
                "≤ 50 ms",
                _yes([planning.first_times <= 50]),
            ],
            [
                (
                    f"Conflicts of {APPLICANTS} applicants’ times with {PEOPLE} people’s interviews "
                    "and busy blocks"
                ),
                f"{planning.conflicts:.0f} ms",
                "≤ 1 s",
                _yes([planning.conflicts <= 1000]),
            ],
        ]
    if web := results.http:
        rows.append(
            [
                "Web process, peak memory",
                f"{web.megabytes:.0f} MB",
                "≤ 150 MB",
                _yes([web.megabytes <= 150]),
            ]
        )
    return rows


def _yes(met: list[bool]) -> str:
    return "" if not met else "yes" if all(met) else "no"


def _table(rows: list[list[str]]) -> str:
    head, *body = (" | ".join(row) for row in rows)
    line = " | ".join("---" for _column in rows[0])
    return "\n".join(f"| {row} |" for row in [head, line, *body])
