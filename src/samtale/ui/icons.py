"""The icons that exist. The build makes one file of them (`frontend/build.js`)."""

import json
from functools import cache
from pathlib import Path

LIST = Path(__file__).parent / "icons.json"


@cache
def names() -> frozenset[str]:
    """Return the names that `{% icon %}` takes."""
    return frozenset(json.loads(LIST.read_text(encoding="utf-8")))
