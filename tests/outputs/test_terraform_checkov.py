"""checkov finds nothing, and what it is told to skip has a reason."""

from __future__ import annotations

import json
import os
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from nexus_gen.backends.terraform.backend import TerraformBackend
from nexus_gen.model import Model
from tests.conftest import absent_tool
from tests.outputs.conftest import ROOT
from tests.outputs.terraform_cli import write

CHECKOV = ROOT / ".tools" / "checkov" / "bin" / "checkov"


@pytest.mark.parametrize("shared_log_group", [False, True])
def test_checkov_fails_nothing(
    project_model: Model, tmp_path: Path, shared_log_group: bool
) -> None:
    if not CHECKOV.is_file():
        absent_tool("checkov", "`make setup` installs it in .tools/checkov")
    product = replace(project_model.product, shared_log_group=shared_log_group)
    model = replace(project_model, product=product)
    rendered_terraform = write(TerraformBackend().generate(model), tmp_path)
    completed = subprocess.run(
        [CHECKOV, "-d", ".", "--framework", "terraform", "--skip-download", "-o", "json"],
        cwd=rendered_terraform,
        env={**os.environ, "LOG_LEVEL": "ERROR"},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    results = json.loads(completed.stdout)["results"]
    failed = [(check["check_id"], check["resource"]) for check in results["failed_checks"]]
    assert failed == []
    assert len(results["passed_checks"]) > 50
    assert results["parsing_errors"] == []
    skipped = [
        (check["check_id"], check["check_result"]["suppress_comment"])
        for check in results["skipped_checks"]
    ]
    ids = [check_id for check_id, _ in skipped]
    assert len(ids) == len(set(ids)), ids
    for _, reason in skipped:
        (number,) = re.findall(r"\(ADR (\d{4})\)$", reason.strip())
        assert list((ROOT / "docs" / "adr").glob(f"{number}-*.md")), reason
