"""The client against the local API, with real handlers, tokens and data."""

from __future__ import annotations

from pathlib import Path

from tests.client import live
from tests.client.workspace import need_tools
from tests.local.running import Dev, call, make_project

ORGANIZATIONS = {"org1": "acme", "org10": "globex"}
"""The ready-made organizations that stand for those of the tests."""


def test_it_works_with_the_local_api(tmp_path: Path) -> None:
    need_tools()
    dev = Dev(make_project(tmp_path / "project")).ready()
    try:
        tokens = {
            f"{role}@{organization}": sign_in(dev.url, role, ORGANIZATIONS[organization])
            for role, organization in live.USERS
        }
        live.passes(tmp_path / "workspace", dev.url, tokens)
    finally:
        dev.end()


def sign_in(url: str, role: str, organization: str) -> str:
    """ID token of a ready-made user."""
    body = {"username": f"{role}@{organization}.example"}
    answer = call(url, "POST", "/_local/sign-in", body)
    assert answer.status == 200, answer
    token: str = answer.body["idToken"]
    return token
