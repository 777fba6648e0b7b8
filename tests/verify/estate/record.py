"""Records the states that the tests read: `python -m tests.verify.estate.record`.

Applies `examples/core` to the emulator with the real provider, writes core's state in both of its
forms, joins the backend in mode `extended`, applies, and writes the state again. Needs what
`make e2e` needs; takes about two minutes.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from tests.e2e.emulator.start import corrected
from tests.e2e.workspace import Workspace
from tests.outputs.terraform_cli import create_terraform

FOLDER = Path(__file__).with_name("recorded")
BOOKKEEPING = {
    "private",
    "sensitive_attributes",
    "sensitive_values",
    "dependencies",
    "create_before_destroy",
    "schema_version",
    "provider",
    "provider_name",
    "tags_all",
    "timeouts",
    "check_results",
    "checks",
    "dashboard_body",
}
"""What Terraform keeps for itself, and one text of 10 KB."""


def trimmed(value: Any) -> Any:
    """The value without bookkeeping, and without attributes that are null or empty."""
    if isinstance(value, list):
        return [trimmed(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        key: trimmed(one)
        for key, one in value.items()
        if key not in BOOKKEEPING and (one not in (None, "", [], {}) or key == "value")
    }


def write(name: str, text: str) -> None:
    """One state into the folder."""
    state = json.dumps(trimmed(json.loads(text)), indent=1, ensure_ascii=False)
    (FOLDER / name).write_text(f"{state}\n", encoding="utf-8")


def record(work: Path) -> None:
    """Apply, and write what the states hold."""
    with corrected(work / "emulator") as emulator:
        space = Workspace("extended", work, emulator, create_terraform(work))
        space.prepare()
        write("core.tfstate.json", (space.core / "terraform.tfstate").read_text())
        write("core.show.json", space.run("show", space.core, "show", "-json"))
        space.join()
        space.apply()
        write("extended.tfstate.json", (space.core / "terraform.tfstate").read_text())


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        record(Path(folder))
