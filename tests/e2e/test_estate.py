"""The backend beside a running estate, in both modes: applied, called, changed.

The tests of a mode share one estate and run in the order of this file.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.e2e.http import ORIGIN, Api, sign_in, stage
from tests.e2e.workspace import Workspace, below_module, changes, modules_of

pytestmark = pytest.mark.e2e

ROOM = """entities:
  Room:
    description: A room that lessons take place in.
    fields:
      name: {type: string, required: true, max_length: 80}
    indexes:
      by_name: {sort: name}
    access:
      read: [member, instructor, admin]
      create: [admin]
"""
MOST_BLOCKS = 3
"""Resource blocks that an entity may add; a block is counted once, however many routes it has."""
HOLDS_DATA = ("aws_dynamodb_table", "aws_kms_key", "aws_s3_bucket", "aws_cognito_user_pool")


@pytest.fixture(scope="module")
def outputs(workspace: Workspace) -> dict[str, Any]:
    return workspace.outputs(workspace.core)


@pytest.fixture(scope="module")
def api(workspace: Workspace) -> Api:
    """The stage that serves the backend: core's own, or the separate one."""
    return stage(workspace.emulator, "dev" if workspace.mode == "extended" else "dev-nexus")


@pytest.fixture(scope="module")
def admin(workspace: Workspace, outputs: dict[str, Any]) -> dict[str, str]:
    """Tokens of an administrator of `acme1`."""
    return sign_in(workspace.emulator, outputs, "acme1", "admin")


@pytest.fixture(scope="module")
def neighbour(workspace: Workspace, outputs: dict[str, Any]) -> dict[str, str]:
    """Tokens of an administrator of `acme10`, of whose id `acme1` is a prefix."""
    return sign_in(workspace.emulator, outputs, "acme10", "admin")


def test_a_second_plan_has_no_change(workspace: Workspace) -> None:
    assert changes(workspace.plan()) == {}


def test_core_s_endpoints_answer_as_before(workspace: Workspace, admin: dict[str, str]) -> None:
    core = stage(workspace.emulator, "dev")
    for endpoint in ("user-data", "files", "sessions"):
        answer = core.call("GET", f"/{endpoint}", admin["IdToken"])
        assert (answer.status, answer.body) == (200, {"endpoint": endpoint})
        refused = core.call("GET", f"/{endpoint}")
        assert (refused.status, refused.headers["Access-Control-Allow-Origin"]) == (401, ORIGIN)


def test_a_frontend_s_configuration_is_one_command(
    workspace: Workspace, outputs: dict[str, Any]
) -> None:
    command = ("output", "-json", "nexus_frontend_config")
    config = json.loads(workspace.run("output", workspace.root, *command))
    name = "dev" if workspace.mode == "extended" else "dev-nexus"
    assert config.pop("apiUrl").endswith(f".amazonaws.com/{name}")
    assert config == {
        "environment": "dev",
        "region": "us-east-1",
        "userPoolId": outputs["cognito_user_pool_id"],
        "userPoolClientId": outputs["cognito_user_pool_client_id"],
    }


@pytest.mark.parametrize("path", ["/education/courses", "/education/courses/any"])
def test_a_preflight_is_answered_to_origins_of_the_environment_only(api: Api, path: str) -> None:
    asked = {"Access-Control-Request-Method": "POST"}
    answer = api.call("OPTIONS", path, headers=asked)
    assert answer.status == 204
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "Authorization" in answer.headers["Access-Control-Allow-Headers"].split(",")
    assert "GET" in answer.headers["Access-Control-Allow-Methods"].split(",")
    assert answer.headers["Vary"] == "Origin"
    foreign = api.call("OPTIONS", path, headers={**asked, "Origin": "https://evil.example"})
    assert foreign.status == 204
    assert "Access-Control-Allow-Origin" not in foreign.headers


def test_courses_are_created_read_listed_changed_and_deleted(
    api: Api, admin: dict[str, str]
) -> None:
    token = admin["IdToken"]
    created = api.call("POST", "/education/courses", token, {"title": "Algebra", "slug": "algebra"})
    assert created.status == 201
    path = f"/education/courses/{created.body['id']}"
    assert created.headers["Location"].endswith(path)
    assert created.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert api.call("GET", path, token).body == created.body
    assert api.call("GET", "/education/courses?level=beginner", token).body["items"] == [
        created.body
    ]
    changed = api.call(
        "PATCH", path, token, {"title": "Algebra II"}, {"If-Match": created.headers["ETag"]}
    )
    assert (changed.status, changed.body["version"]) == (200, 2)
    assert api.call("DELETE", path, token).status == 204
    assert api.call("GET", path, token).status == 404
    assert api.call("POST", f"{path}/restore", token).status == 200


def test_pages_follow_one_another(api: Api, admin: dict[str, str]) -> None:
    token = admin["IdToken"]
    for name in ("Ada", "Bea", "Cy"):
        body = {"name": name, "email": f"{name}@acme1.example"}
        assert api.call("POST", "/education/instructors", token, body).status == 201
    first = api.call("GET", "/education/instructors?sort=name&limit=2", token).body
    assert [item["name"] for item in first["items"]] == ["Ada", "Bea"]
    cursor = first["next_cursor"]
    last = api.call("GET", f"/education/instructors?sort=name&limit=2&cursor={cursor}", token).body
    assert ([item["name"] for item in last["items"]], last["next_cursor"]) == (["Cy"], None)


@pytest.mark.parametrize("token", [None, "not-a-token"])
def test_without_a_valid_token_the_answer_is_401_with_cors_headers(
    api: Api, token: str | None
) -> None:
    answer = api.call("GET", "/education/courses", token)
    assert answer.status == 401
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/education/courses/absent", None, 404),
        ("POST", "/education/courses", {"title": 1}, 400),
        ("GET", "/education/courses?sort=title", None, 400),
    ],
)
def test_refusals_of_the_function_carry_cors_headers(
    api: Api, admin: dict[str, str], method: str, path: str, body: Any, status: int
) -> None:
    answer = api.call(method, path, admin["IdToken"], body)
    assert answer.status == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN


def test_a_wrong_method_is_405_and_names_the_right_ones(api: Api, admin: dict[str, str]) -> None:
    answer = api.call("PUT", "/education/courses", admin["IdToken"])
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, POST")


def test_an_organization_whose_id_is_a_prefix_of_another_s_sees_nothing_of_it(
    api: Api, admin: dict[str, str], neighbour: dict[str, str]
) -> None:
    mine = api.call(
        "POST", "/education/courses", admin["IdToken"], {"title": "Mine", "slug": "mine"}
    )
    theirs = api.call(
        "POST", "/education/courses", neighbour["IdToken"], {"title": "Theirs", "slug": "mine"}
    )
    assert (mine.status, theirs.status) == (201, 201)
    for item, token in ((mine, neighbour["IdToken"]), (theirs, admin["IdToken"])):
        path = f"/education/courses/{item.body['id']}"
        assert api.call("GET", path, token).status == 404
        assert api.call("PATCH", path, token, {"title": "x"}).status == 404
        assert api.call("DELETE", path, token).status == 404
        listed = api.call("GET", "/education/courses?limit=100", token).body["items"]
        assert item.body["id"] not in [course["id"] for course in listed]


def test_an_added_entity_only_adds_and_moves_the_redeploy_hash(
    workspace: Workspace, api: Api, admin: dict[str, str]
) -> None:
    before = workspace.outputs(workspace.root)["nexus"]["redeploy_hash"]
    workspace.edit_spec("entities:\n", ROOM)
    plan = workspace.plan()
    planned = changes(plan)
    added = {address for address, actions in planned.items() if actions == ("create",)}
    blocks = {below_module(address) for address in added} - declared(workspace.first)
    workspace.notes.append(
        f"an added entity: {len(blocks)} resource blocks, {len(added)} instances of blocks that "
        "are there (routes as data)"
    )
    assert len(blocks) <= MOST_BLOCKS
    other = {address: actions for address, actions in planned.items() if address not in added}
    assert not [address for address in other if any(kind in address for kind in HOLDS_DATA)]
    assert {below_module(address).rpartition(".")[0].rpartition(".")[2] for address in other} <= {
        "aws_lambda_function",
        "aws_api_gateway_deployment",
        "aws_api_gateway_stage",
    }
    # A stage never points at a deployment that is gone.
    (deployment,) = (a for a in other if "aws_api_gateway_deployment" in a)
    assert other.pop(deployment) == ("create", "delete")
    assert set(other.values()) == {("update",)}
    assert all("/education/rooms" in address for address in added)
    workspace.apply()
    assert workspace.outputs(workspace.root)["nexus"]["redeploy_hash"] != before
    room = api.call("POST", "/education/rooms", admin["IdToken"], {"name": "B2"})
    assert room.status == 201
    assert len(api.call("GET", "/education/instructors", admin["IdToken"]).body["items"]) == 3
    assert changes(workspace.plan()) == {}


def declared(plan: dict[str, Any]) -> set[str]:
    """Addresses of the resource blocks that a plan's configuration declares."""
    return {
        f"{module}.{resource['address']}".lstrip(".")
        for module, configuration in modules_of(plan)
        for resource in configuration.get("resources", [])
    }
