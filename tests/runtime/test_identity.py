"""Who calls: verified claims and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from nexus_runtime.identity import identify, roles
from nexus_runtime.problems import Problem

CLAIM = "custom:organization_id"


def event(**claims: Any) -> dict[str, Any]:
    """An event with claims."""
    return {"requestContext": {"authorizer": {"claims": claims}}}


def status(given: dict[str, Any]) -> int:
    """The status of the refusal."""
    with pytest.raises(Problem) as refused:
        identify(given, CLAIM)
    return refused.value.status


def test_tenant_actor_and_roles_come_from_the_claims() -> None:
    claims = {CLAIM: "acme", "sub": "u-1", "cognito:groups": "admin,member"}
    identity = identify(event(**claims), CLAIM)
    assert (identity.tenant, identity.actor) == ("acme", "u-1")
    assert identity.roles == {"admin", "member"}


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"requestContext": None},
        {"requestContext": {}},
        {"requestContext": {"authorizer": None}},
        {"requestContext": {"authorizer": {}}},
        {"requestContext": {"authorizer": {"claims": None}}},
        {"requestContext": {"authorizer": {"claims": "x"}}},
        {"requestContext": "x"},
    ],
)
def test_without_an_authorizer_it_is_401(given: dict[str, Any]) -> None:
    assert status(given) == 401


@pytest.mark.parametrize(
    "tenant", [None, "", "*", "a/b", "org1\n", "org 1", "a#b", ["acme"], {"a": 1}, 7, "x" * 65]
)
def test_a_claim_that_is_no_organization_is_403(tenant: Any) -> None:
    assert status(event(**{CLAIM: tenant, "sub": "u-1"})) == 403


@pytest.mark.parametrize("sub", [None, "", "a b", "a\n", 7, ["u"], "é", "x" * 129])
def test_a_claim_that_is_no_actor_is_403(sub: Any) -> None:
    assert status(event(**{CLAIM: "acme", "sub": sub})) == 403


def test_the_tenant_is_read_from_the_claim_of_the_spec_only() -> None:
    other = {"organization_id": "acme", "custom:tenant": "acme", "sub": "u-1"}
    assert status(event(**other)) == 403
    headers = {"headers": {CLAIM: "acme"}, "body": '{"custom:organization_id": "acme"}'}
    assert status({**event(sub="u-1"), **headers}) == 403


@pytest.mark.parametrize(
    ("groups", "names"),
    [
        (None, set()),
        ("", set()),
        ("admin", {"admin"}),
        ("admin,member", {"admin", "member"}),
        (",admin,", {"admin"}),
        ("[admin member]", {"admin", "member"}),
        ("[teachers admins]", {"teachers", "admins"}),
        ("teachers,admins", {"teachers", "admins"}),
        ("[admin]", set()),
        ("[admin],member", {"[admin]", "member"}),
        ("[admin,member]", set()),
        ("[[admin] member]", {"[admin]", "member"}),
        ("[admin, member]", {"admin,", "member"}),
        ("[x,admin member]", {"x,admin", "member"}),
        ("[x,admin]", set()),
        ("[]", set()),
        ("[", {"["}),
        ("admin member", set()),
        ("admin, member", set()),
        ("Admin", {"Admin"}),
        ("administrator", {"administrator"}),
        (["admin", "x,member", 7], {"admin", "x,member"}),
        (7, set()),
        ({"admin": True}, set()),
    ],
)
def test_groups_are_names_for_exact_comparison(groups: Any, names: set[str]) -> None:
    assert roles(groups) == names
