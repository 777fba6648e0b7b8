"""The TypeScript client against the API that Terraform applied, with tokens of its user pool."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.client import live
from tests.client.workspace import need_tools
from tests.e2e.http import sign_in, stage
from tests.e2e.workspace import Workspace

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("workspace", ["extended"], indirect=True)
def test_it_works_with_what_terraform_applied(workspace: Workspace, tmp_path: Path) -> None:
    need_tools()
    outputs = workspace.outputs(workspace.core)
    tokens = {
        f"{role}@{organization}": sign_in(workspace.emulator, outputs, organization, role)[
            "IdToken"
        ]
        for role, organization in live.USERS
    }
    api = stage(workspace.emulator, "dev")
    live.passes(tmp_path / "workspace", api.base, tokens, api.secret)
