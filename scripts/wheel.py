"""Puts the built console into the wheel (a build hook of hatchling; `make wheel`)."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PLACE = "nexus_gen/_console"
"""Where `nexus_gen.local.console` looks for it in an installed package."""


class Console(BuildHookInterface):
    """No wheel without its console: whoever installs one could not build it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the folder to take along; an editable install finds it in the checkout."""
        if version == "editable":
            return
        built = Path(self.root) / "console" / "dist"
        if not (built / "index.html").is_file():
            raise SystemExit(f"{built} is absent: run `make console` first")
        build_data["force_include"][str(built)] = PLACE
