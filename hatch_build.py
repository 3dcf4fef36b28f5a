"""Puts the built front end and the compiled translations into the wheel and the sdist."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):
    """Builds the assets where they are not there already."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build, unless this is an editable install (`make setup` builds) or an unpacked sdist (has it)."""
        root = Path(self.root)
        if version == "editable" or (root / "PKG-INFO").exists():
            return
        sys.path.insert(0, str(root))
        from scripts import frontend, messages  # noqa: PLC0415

        frontend.install()
        frontend.make()
        messages.compile_catalogues()
