"""Import of applicants from a spreadsheet: `read`, `match_columns`, `check`, `run` (spec 10)."""

from samtale.recruiting.domain.import_applicants.checking import (
    CheckedRow,
    Duplicate,
    MissingColumns,
    Report,
    check,
)
from samtale.recruiting.domain.import_applicants.columns import Field, Mapping, match_columns
from samtale.recruiting.domain.import_applicants.reading import read
from samtale.recruiting.domain.import_applicants.run import ImportResult, NothingImported, refuse, run
from samtale.recruiting.domain.import_applicants.table import Table, UnreadableFile

__all__ = [
    "CheckedRow",
    "Duplicate",
    "Field",
    "ImportResult",
    "Mapping",
    "MissingColumns",
    "NothingImported",
    "Report",
    "Table",
    "UnreadableFile",
    "check",
    "match_columns",
    "read",
    "refuse",
    "run",
]
