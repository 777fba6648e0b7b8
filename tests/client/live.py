"""The client's tests against an API that answers over HTTP, wherever it runs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from tests.client.workspace import committed

USERS = (("admin", "org1"), ("member", "org1"), ("admin", "org10"))
"""Role and organization of each user that the tests sign in as; one id is a prefix of another."""


def passes(
    folder: Path,
    api_url: str,
    tokens: Mapping[str, str],
    headers: Mapping[str, str] | None = None,
) -> None:
    """Run the tests against the API with an ID token for each `role@organization` of `USERS`.

    Args:
        headers: what every request must carry to pass what stands before the API.
    """
    assert set(tokens) == {f"{role}@{organization}" for role, organization in USERS}
    workspace = committed(folder)
    given = {"apiUrl": api_url, "tokens": dict(tokens), "headers": dict(headers or {})}
    workspace.lay({"live.json": json.dumps(given)})
    done = workspace.passes("vitest", "run", "--config", "live.config.js")
    assert "Tests  11 passed (11)" in done.stdout, done.stdout
