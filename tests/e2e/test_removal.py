"""Taking the backend away; collected last, since the estate is then without it."""

from __future__ import annotations

import pytest

from tests.e2e.http import sign_in, stage
from tests.e2e.workspace import Workspace, changes

pytestmark = pytest.mark.e2e


def test_core_s_own_plan_has_no_change_beside_the_separate_root(workspace: Workspace) -> None:
    if workspace.mode == "extended":
        pytest.skip("core's plan is the backend's plan in this mode")
    assert changes(workspace.core_plan()) == {}


def test_taking_the_backend_away_leaves_core_as_it_was(workspace: Workspace) -> None:
    outputs = workspace.outputs(workspace.core)
    token = sign_in(workspace.emulator, outputs, "acme1", "admin")["IdToken"]
    workspace.leave()
    after = workspace.core_plan()
    assert changes(after) == {}
    assert resources(after) == resources(workspace.before)
    core = stage(workspace.emulator, "dev")
    for endpoint in ("user-data", "files", "sessions"):
        answer = core.call("GET", f"/{endpoint}", token)
        assert (answer.status, answer.body) == (200, {"endpoint": endpoint})
    assert core.call("GET", "/education/courses", token).status in (403, 404)


def resources(plan: dict[str, object]) -> set[str]:
    """Addresses of what a plan leaves in the state."""
    planned = plan["planned_values"]
    assert isinstance(planned, dict)
    return {resource["address"] for resource in planned["root_module"]["resources"]}
