"""Terraform for tests: its own settings, the real provider, nothing of the user's touched."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nexus_gen.backends.base import Artifact
from tests.conftest import absent_tool

SECONDS = 300
HOW_TO_GET = "install Terraform 1.9 or newer from your system's packages or its own site"
HOW_TO_GET_PROVIDER = (
    "connect to the Terraform registry, or name a filesystem mirror that has hashicorp/aws in "
    "NEXUS_TERRAFORM_MIRROR"
)


@dataclass(frozen=True, slots=True)
class Terraform:
    """The program and the variables that it runs with."""

    program: str
    variables: dict[str, str]

    def run(self, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`terraform ARGUMENTS` in `folder`, to its end, whatever its exit code."""
        return subprocess.run(
            [self.program, *arguments],
            cwd=folder,
            env=self.variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=SECONDS,
            check=False,
        )

    def init(self, folder: Path) -> None:
        """Install modules and the provider; skips the test where no provider can be had."""
        completed = self.run(folder, "init", "-backend=false", "-input=false", "-no-color")
        if "Failed to query available provider packages" in completed.stderr:
            absent_tool("the AWS provider", HOW_TO_GET_PROVIDER)
        assert completed.returncode == 0, completed.stdout + completed.stderr

    def validate(self, folder: Path) -> list[dict[str, Any]]:
        """Diagnostics of `validate`, warnings too."""
        self.init(folder)
        completed = self.run(folder, "validate", "-json")
        diagnostics: list[dict[str, Any]] = json.loads(completed.stdout)["diagnostics"]
        return diagnostics


def create_terraform(folder: Path) -> Terraform:
    """Terraform with settings in `folder`; skips the test where the program is absent.

    Providers come from `NEXUS_TERRAFORM_MIRROR` where that is set, else from the registry through
    a cache that the session shares.
    """
    program = shutil.which("terraform")
    if program is None:
        absent_tool("terraform", HOW_TO_GET)
    mirror = os.environ.get("NEXUS_TERRAFORM_MIRROR")
    source = f"filesystem_mirror {{\n path = {json.dumps(mirror)}\n}}" if mirror else "direct {}"
    settings = folder / "terraform.rc"
    settings.write_text(f"provider_installation {{\n{source}\n}}\n", encoding="utf-8")
    cache = folder / "plugins"
    cache.mkdir()
    kept = {name: text for name, text in os.environ.items() if not name.startswith("TF_")}
    return Terraform(
        program=str(program),
        variables={
            **kept,
            "CHECKPOINT_DISABLE": "1",
            "NO_COLOR": "1",
            "TF_CLI_CONFIG_FILE": str(settings),
            "TF_IN_AUTOMATION": "1",
            "TF_PLUGIN_CACHE_DIR": str(cache),
        },
    )


def write(artifacts: Iterable[Artifact], folder: Path) -> Path:
    """The artifacts below `folder`; their Terraform folder."""
    for artifact in artifacts:
        path = folder / artifact.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(artifact.content)
    return folder / "terraform"
