"""The generated package pleases its own tools."""

from __future__ import annotations

from tests.client.workspace import HERE, Workspace


def test_it_compiles_strictly(workspace: Workspace) -> None:
    done = workspace.run("tsc", "--noEmit", "-p", "package")
    assert done.returncode == 0, done.stdout


def test_it_is_lint_clean(workspace: Workspace) -> None:
    workspace.lay({"eslint.config.js": (HERE / "eslint.config.js").read_bytes()})
    done = workspace.run("eslint", "--max-warnings", "0", "package/src")
    assert done.returncode == 0, done.stdout
