"""What the demo's people are called and write: one file a language, and one of names."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """Return what `<name>.toml` holds."""
    return tomllib.loads((resources.files(__name__) / f"{name}.toml").read_text("utf-8"))
