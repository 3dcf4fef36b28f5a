"""Rules of the house that a reader of the source can check (docs/architecture.md)."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "samtale"
PYTHON = [path for path in SOURCE.rglob("*.py") if "node_modules" not in path.parts]
TEMPLATES = [path for path in SOURCE.rglob("templates/**/*.html") if "node_modules" not in path.parts]
# No page: its style is moved into the elements' attributes before the letter leaves.
MAIL = SOURCE / "outbox" / "templates" / "outbox" / "mail.html"
MOST_LINES = 400

WALL_CLOCK = re.compile(
    r"\bdatetime\.(now|utcnow|today)\(|\bdate\.today\(|\btimezone\.(now|localdate|localtime)\(\)|\btime\.time\("
)
# The brackets keep this file from naming what it looks for.
REGISTRIES = re.compile(r"py[p]i\.org|python[h]osted\.org|registry\.npm[j]s|npm[m]irror|yarn[p]kg\.com")


def tracked() -> list[Path]:
    """Return the files that git knows; all files below the root where there is no git."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    names = done.stdout.split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def offenders(paths: list[Path], pattern: re.Pattern[str]) -> list[str]:
    """Return `file:line: text` for each line that matches."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in paths
        for number, line in enumerate(path.read_text(errors="ignore").splitlines(), 1)
        if pattern.search(line)
    ]


def test_there_is_source_to_look_at():
    assert len(PYTHON) > 50
    assert len(TEMPLATES) > 5


def test_only_the_clock_asks_what_time_it_is():
    others = [path for path in PYTHON if path != SOURCE / "core" / "clock.py"]

    assert offenders(others, WALL_CLOCK) == []


def test_no_file_holds_more_than_400_lines():
    written = [
        path
        for path in tracked()
        if path.suffix in (".py", ".html", ".css", ".js") and "migrations" not in path.parts
    ]

    long = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in written}
    assert {name: lines for name, lines in long.items() if lines > MOST_LINES} == {}


def test_signals_decide_nothing():
    signals = re.compile(r"^\s*@receiver\b|\.connect\(\s*\w+\s*,\s*sender=|django\.dispatch")

    assert offenders(PYTHON, signals) == []


@pytest.mark.parametrize("name", ["utils", "util", "common", "helpers", "misc"])
def test_there_is_no_junk_drawer(name: str):
    assert [path for path in PYTHON if name in (path.stem, path.parent.name)] == []


def test_no_file_names_a_package_registry():
    assert offenders(tracked(), REGISTRIES) == []


def test_templates_hold_no_script_or_style_that_the_content_policy_would_refuse():
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")|<style\b|\sstyle=|\son[a-z]+=\""
    )
    pages = [path for path in TEMPLATES if path != MAIL]

    assert offenders(pages, inline) == []


def test_no_text_is_trusted_as_markup():
    assert offenders(TEMPLATES, re.compile(r"\|\s*safe\b|\{%\s*autoescape off")) == []
