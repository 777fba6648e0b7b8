"""What an emulator cannot show, read from the plan of the first apply."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

import pytest

from nexus_gen.analysis.lower import lower
from nexus_gen.frontend import load
from tests import sample
from tests.e2e.workspace import Workspace, changes, modules_of

pytestmark = pytest.mark.e2e

GATEWAY = "aws_api_gateway_"
UNDEPLOYED = ("deployment", "stage", "method_settings", "client_certificate")
"""What is not part of the snapshot that a deployment takes."""
LIVE_ROUTES = {
    "aws_api_gateway_deployment.main": ("create", "delete"),
    "aws_api_gateway_stage.main": ("update",),
}
"""Option A's only effect on core: its stage points to a snapshot that has the routes."""


def planned(plan: dict[str, Any], kind: str) -> dict[str, dict[str, Any]]:
    """Address -> values after the apply, of the resources of one type."""
    return {
        change["address"]: change["change"]["after"]
        for change in plan["resource_changes"]
        if change["mode"] == "managed"
        and change["type"] == kind
        and change["change"]["after"] is not None
    }


def test_every_route_s_function_may_be_called_for_it_and_for_nothing_of_core(
    workspace: Workspace,
) -> None:
    permissions = planned(workspace.first, "aws_lambda_permission").values()
    assert {p["principal"] for p in permissions} == {"apigateway.amazonaws.com"}
    (vertical,) = lower(load(sample.built())).verticals
    routes = {o.path: o.method for entity in vertical.entities for o in entity.operations}
    methods = planned(workspace.first, "aws_api_gateway_method")
    assert {a.split('"')[1] for a in methods if ".any[" in a} == routes.keys()
    for path, method in routes.items():
        allowing = [p for p in permissions if allows(p["source_arn"], f"dev/{method}{path}")]
        assert len(allowing) == 1, path
        assert allowing[0]["function_name"].endswith("-education-api")
    for endpoint in ("user-data", "files", "sessions", "educational", ""):
        assert not [p for p in permissions if allows(p["source_arn"], f"dev/GET/{endpoint}")]


def allows(source_arn: str, request: str) -> bool:
    """Whether a permission of that source lets `stage/METHOD/path` of its own API through."""
    api, _, pattern = source_arn.partition("/")
    assert re.fullmatch(r"arn:aws:execute-api:us-east-1:\d{12}:[a-z0-9]+", api)
    return fnmatchcase(request, pattern)


def test_the_trigger_of_the_deployment_covers_all_that_a_deployment_takes(
    workspace: Workspace,
) -> None:
    modules = dict(modules_of(workspace.first))
    (deployment,) = (
        resource
        for resource in modules[""]["resources"]
        if resource["type"] == "aws_api_gateway_deployment"
    )
    references = deployment["expressions"]["triggers"]["references"]
    assert "module.nexus.redeploy_hash" in references
    covered = set(covering(modules, "module.nexus", "redeploy_hash"))
    ours = {
        f"{address}.{resource['address']}"
        for address, module in modules.items()
        if address
        for resource in module.get("resources", [])
        if resource["mode"] == "managed"
        and resource["type"].startswith(GATEWAY)
        and not resource["type"].removeprefix(GATEWAY).startswith(UNDEPLOYED)
    }
    assert len(ours) > 8
    assert ours - covered == set()


def covering(modules: dict[str, Any], address: str, output: str) -> Iterator[str]:
    """Addresses of the resources that an output of a module is made from, through locals too.

    A plan's JSON has no locals: what a local is made from stands in the `redeploy_hash` itself or
    in the resources' own references, so the resources that `local.resources` merges are found by
    their type.
    """
    for reference in modules[address]["outputs"][output]["expression"]["references"]:
        called = re.fullmatch(r"module\.(\w+)\.(\w+)", reference)
        if called:
            yield from covering(modules, f"{address}.module.{called[1]}", called[2])
        elif reference == "local.resources":
            yield from (
                f"{address}.{resource['address']}"
                for resource in modules[address]["resources"]
                if resource["type"] == "aws_api_gateway_resource"
            )
        elif reference.startswith("aws_"):
            yield f"{address}.{reference}"


def test_nothing_of_core_changes_but_what_makes_routes_live(workspace: Workspace) -> None:
    touched = changes(workspace.first)
    core = {address for address in touched if not address.startswith("module.nexus.")}
    if workspace.mode == "extended":
        assert {address: touched[address] for address in core} == LIVE_ROUTES
        (stage,) = planned_changes(workspace.first, "aws_api_gateway_stage.main")
        unknown = {name for name, value in stage["after_unknown"].items() if value is True}
        same = stage["before"].keys() - unknown
        assert {name for name in same if stage["before"][name] != stage["after"][name]} == set()
        assert "deployment_id" in unknown
    else:  # a state of its own, which holds nothing of core
        assert set(touched.values()) == {("create",)}


def planned_changes(plan: dict[str, Any], address: str) -> list[dict[str, Any]]:
    """The change of the resource at an address."""
    return [c["change"] for c in plan["resource_changes"] if c["address"] == address]


def test_no_role_carries_the_tag_that_makes_a_session_a_tenant_s(workspace: Workspace) -> None:
    roles = planned(workspace.first, "aws_iam_role")
    assert len(roles) == 2
    for address, role in roles.items():
        assert role["tags_all"], address
        assert "organization_id" not in role["tags_all"], address


def test_everything_of_ours_is_tagged_with_project_and_environment(workspace: Workspace) -> None:
    tagged = [
        (change["address"], change["change"]["after"]["tags_all"])
        for change in workspace.first["resource_changes"]
        if change["mode"] == "managed"
        and change["change"]["actions"] == ["create"]
        and "tags_all" in change["change"]["after"]
    ]
    assert len(tagged) > 15
    for address, tags in tagged:
        assert {"Project": "aws-devops", "Environment": "dev"}.items() <= tags.items(), address
