"""Puts letters into a folder, one file each, for the transports that only write down."""

import uuid
from pathlib import Path

from samtale.core import clock


def write_new(folder: Path, suffix: str, content: bytes) -> Path:
    """Write `content` to a new file whose name begins with the time, and return its path.

    The file appears whole or not at all.
    """
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{clock.now():%Y%m%dT%H%M%S.%fZ}-{uuid.uuid4().hex[:8]}"
    unfinished = folder / f".{name}"
    unfinished.write_bytes(content)
    finished = folder / f"{name}.{suffix}"
    return unfinished.replace(finished)
