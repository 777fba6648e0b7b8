"""The committed client in a workspace of its own."""

from __future__ import annotations

import pytest

from tests.client.workspace import Workspace, committed


@pytest.fixture(scope="package")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The client of `generated/`, once for all tests."""
    return committed(tmp_path_factory.mktemp("client") / "workspace")
