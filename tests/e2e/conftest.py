"""One applied estate a mode, and the figures of what it cost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from tests.e2e.estate import FIGURES, estate
from tests.e2e.workspace import Workspace

MODES = ("extended", "separate")
LAST = "test_removal.py"


@pytest.fixture(scope="package", params=MODES)
def workspace(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Workspace]:
    """Core applied, the backend joined and applied; in the mode that the parameter names.

    All tests of a mode share it. Each signs in its users in organizations of its own.
    """
    with estate(request, tmp_path_factory, request.param) as space:
        yield space


class OneWorkerAnEstate(LoadScopeScheduling):  # type: ignore[misc]  # it has no types
    """Tests of a mode go to one worker, which applies its estate once; other files go by file."""

    def _split_scope(self, nodeid: str) -> str:
        file, _, test = nodeid.partition("::")
        parameters = test.rpartition("[")[2].removesuffix("]").split("-")
        return next((mode for mode in MODES if mode in parameters), file)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """How tests are spread over workers."""
    return OneWorkerAnEstate(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Take the backend away last."""
    items.sort(key=lambda item: item.path.name == LAST)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand a worker's figures to the process that prints them."""
    output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["e2e figures"] = session.config.stash.get(FIGURES, [])


def pytest_testnodedown(node: Any) -> None:
    """Take over the figures of a worker that ended."""
    lines = getattr(node, "workeroutput", {}).get("e2e figures", [])
    node.config.stash.setdefault(FIGURES, []).extend(lines)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print all figures: wall seconds, and the largest process of each command in MiB."""
    lines = config.stash.get(FIGURES, [])
    if lines:
        terminalreporter.section("what the applies cost")
    for line in lines:
        terminalreporter.line(line)
