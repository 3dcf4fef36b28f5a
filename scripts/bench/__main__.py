"""Measures on SQLite and on PostgreSQL, prints the tables and writes them into docs/benchmarks.md:
`python -m scripts.bench`. With names of parts (`python -m scripts.bench --on sqlite planning`) it measures
only these, and the document stays as it is.

Makes a production installation for each in a folder of its own and lets Django's commands work in it: its own
to prepare the database, and `measure` (in management/commands) for the rest.
"""

import argparse
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from scripts import postgres
from scripts.bench.document import DOCUMENT, write
from scripts.bench.parts import PARTS
from scripts.bench.processes import ROOT, free_port

PREPARATIONS = (["migrate", "-v0"], ["createcachetable", "-v0"], ["collectstatic", "-v0", "--no-input"])


def environment(folder: Path, database: str) -> dict[str, str]:
    """Return the settings of the installation in `folder`, which uses `database`."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "scripts.bench.settings",
        "PYTHONPATH": str(ROOT),
        "SAMTALE_DATA": str(folder),
        "DATABASE_URL": database or f"sqlite:///{folder}/samtale.sqlite3",
        "EMAIL_URL": f"smtp://127.0.0.1:{free_port()}",
        "SMS_URL": f"file://{folder}/sms",
        "SITE_URL": "http://localhost:8000",
        "HOST": "127.0.0.1",
        "PORT": str(free_port()),
        "ALLOWED_HOSTS": "localhost",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "DEBUG": "false",
        "SECURE_COOKIES": "false",
        "LANGUAGE_CODE": "nb",
        "TIME_ZONE": "Europe/Oslo",
        "LOG_LEVEL": "WARNING",
        "WEB_CONCURRENCY": "1",
    }


def main() -> int:
    """Do it all, and take the installations away again."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"measure only these: {', '.join(PARTS)}")
    parser.add_argument("--print", action="store_true", help="leave the document as it is")
    parser.add_argument("--on", choices=["sqlite", "postgresql"], help="measure on one of them only")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    measured = []
    if options.on != "postgresql":
        measured.append(measure("", options.parts))
    if options.on != "sqlite":
        if own := os.environ.get("BENCH_DATABASE_URL"):
            measured.append(measure(own, options.parts))
        else:
            with postgres.throw_away(durable=True) as cluster:
                measured.append(measure(cluster.url, options.parts))
    if not (options.print or options.on or options.parts):
        write(DOCUMENT, "\n\n".join(measured))
    return 0


def measure(database: str, parts: Sequence[str]) -> str:
    """Measure `parts`, or all where none is named, on one database, and return the tables."""
    folder = Path(tempfile.mkdtemp(prefix="samtale-bench-"))
    settings = environment(folder, database)
    tables = folder / "tables.md"
    try:
        for command in (*PREPARATIONS, ["measure", str(tables), *parts]):
            subprocess.run([sys.executable, "-m", "django", *command], cwd=ROOT, env=settings, check=True)
        return tables.read_text()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
