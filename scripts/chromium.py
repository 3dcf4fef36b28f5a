"""Where this machine's Chromium is, and how to start it."""

import os
import shutil
from functools import cache

# The first is the same browser without a window's machinery, and a third quicker.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]


@cache
def find_chromium() -> str | None:
    """Return the path of a Chromium: what CHROMIUM says, or the first found."""
    named = os.environ.get("CHROMIUM", "")
    if named and os.access(named, os.X_OK):
        return named
    return next((path for name in NAMES if (path := shutil.which(name))), None)
