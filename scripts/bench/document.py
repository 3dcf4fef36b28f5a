"""Where the tables stand: docs/benchmarks.md."""

from pathlib import Path

from scripts.bench.processes import ROOT

DOCUMENT = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def write(path: Path, measured: str) -> None:
    """Put `measured` between the marks in the document."""
    text = path.read_text()
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    path.write_text(f"{before}{BEGIN}\n\n{measured}\n\n{END}{after}")
