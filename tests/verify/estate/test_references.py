"""References of another company's core are found in its state: modules, `count`, `for_each`."""

from __future__ import annotations

from typing import Any

import pytest

from nexus_gen.diagnostics import Severity
from tests.verify.estate.changed import API, Changed

CLIENT = "aws_cognito_user_pool_client.web"
POOL = "aws_cognito_user_pool.main"
AUTHORIZER = "aws_api_gateway_authorizer.cognito"


def move(core: Changed, address: str, *, module: str = "", keys: list[Any] | None = None) -> None:
    """Put a resource of the state into a module, or give its instances other indexes."""
    (resource,) = (
        one for one in core.state["resources"] if f"{one['type']}.{one['name']}" == address
    )
    if module:
        resource["module"] = module
    for instance, key in zip(resource["instances"], keys or [], strict=False):
        instance["index_key"] = key


def refer(core: Changed, need: str, reference: str) -> None:
    """Write a reference into the spec."""
    core.spec("  core_state:", f"  core_resources: {{{need}: '{reference}'}}\n  core_state:")


def test_a_module_that_is_missing_is_told_once(core: Changed) -> None:
    needs = ", ".join(
        f"{need}: module.net.{output}"
        for need, output in (("vpc", "vpc_id"), ("subnets", "ids"), ("stage", "url"))
    )
    core.spec("  core_state:", f"  core_resources: {{{needs}}}\n  core_state:")
    problem = core.only()
    assert problem.message == "core's state has nothing of `module.net`"
    assert [problem.note, *(label.message for label in problem.labels)] == [
        "needed as `stage`",
        "and as `vpc`",
        "and as `subnets`",
    ]


@pytest.mark.parametrize(
    ("need", "address", "module", "keys", "reference"),
    [
        ("vpc", "aws_vpc.main", "", [0], "aws_vpc.main[0]"),
        ("vpc", "aws_vpc.main", "", ["a b/c"], 'aws_vpc.main["a b/c"]'),
        ("vpc", "aws_vpc.main", "module.net", None, "module.net.vpc_id"),
        ("vpc", "aws_vpc.main", "module.net[0]", None, "module.net[0].vpc_id"),
        ("vpc", "aws_vpc.main", 'module.net["x.y"]', None, 'module.net["x.y"].vpcs["m"].id'),
        ("vpc", "aws_vpc.main", "module.net.module.inner", None, "module.net.vpc_id"),
        ("vpc", "aws_vpc.main", "module.net", None, 'aws_subnet.private["a"].vpc_id'),
        ("vpc", "aws_vpc.main", "module.net", None, "local.vpc_id"),
        ("vpc", "aws_vpc.main", "module.net", None, "var.vpc_id"),
        ("subnets", "aws_subnet.private", "", [0, 1], "aws_subnet.private[*].id"),
        ("subnets", "aws_subnet.private", "", [0, 1], "aws_subnet.private"),
        ("subnets", "aws_subnet.private", "", None, 'aws_subnet.private["a"]'),
        ("subnets", "aws_subnet.private", "module.net", None, "module.net.private_subnets"),
        ("user_pool_client", CLIENT, "", ["spa"], f'{CLIENT}["spa"]'),
        ("user_pool_client", CLIENT, "module.auth", ["spa"], "module.auth.client_ids[0]"),
        ("rest_api", API, "module.api", None, "module.api.rest_api"),
        ("authorizer", AUTHORIZER, "module.api", None, "module.api.authorizer_id"),
    ],
)
def test_what_is_referred_to_is_found(
    core: Changed, need: str, address: str, module: str, keys: list[Any] | None, reference: str
) -> None:
    move(core, address, module=module, keys=keys)
    refer(core, need, reference)
    assert core.problems() == ()


@pytest.mark.parametrize(
    ("need", "address", "module", "keys", "reference", "says", "help_"),
    [
        ("vpc", "aws_vpc.main", "", [0], "aws_vpc.main", "no index", "`aws_vpc.main[0]`"),
        ("vpc", "aws_vpc.main", "", [0], "aws_vpc.main.id", "no index", "`aws_vpc.main[0]`"),
        ("vpc", "aws_vpc.main", "", [0], "aws_vpc.main[1]", "no `aws_vpc.main[1]`", "main[0]`"),
        ("vpc", "aws_vpc.main", "", None, "aws_vpc.main[0]", "no `aws_vpc.main[0]`", "main`"),
        (
            "vpc",
            "aws_vpc.main",
            "module.net",
            None,
            "aws_vpc.main",
            "no `aws_vpc.main`",
            "module.net.<output>",
        ),
        (
            "vpc",
            "aws_vpc.main",
            "module.net[0]",
            None,
            "module.net.vpc_id",
            "no `module.net`",
            "`module.net[0]`",
        ),
        (
            "vpc",
            "aws_vpc.main",
            "module.net",
            None,
            'module.net["a"].vpc_id',
            'no `module.net["a"]`',
            "without an index",
        ),
        ("vpc", "aws_vpc.main", "", None, 'aws_subnet.private["c"].vpc_id', "no `", '["a"]`'),
        (
            "subnets",
            "aws_subnet.private",
            "",
            None,
            "aws_subnet.private[*].id",
            "[*]",
            "that stands",
        ),
        ("user_pool_client", CLIENT, "", ["spa"], f'{CLIENT}["web"]', "no `", '["spa"]`'),
    ],
)
def test_what_is_referred_to_and_not_there(
    core: Changed,
    need: str,
    address: str,
    module: str,
    keys: list[Any] | None,
    reference: str,
    says: str,
    help_: str,
) -> None:
    move(core, address, module=module, keys=keys)
    refer(core, need, reference)
    problem = core.only()
    assert (problem.code, problem.severity) == ("NX622", Severity.ERROR)
    assert says in problem.message
    assert help_ in problem.help


def test_one_subnet_where_a_list_is_needed(core: Changed) -> None:
    core.add("aws_subnet", "lonely", id="subnet-1")
    refer(core, "subnets", "aws_subnet.lonely")
    assert core.only().help == "write `aws_subnet.lonely[*].id`"


def test_a_module_that_the_state_has_nothing_of(core: Changed) -> None:
    move(core, "aws_vpc.main", module="module.network")
    refer(core, "vpc", "module.netwrk.vpc_id")
    problem = core.only()
    assert (problem.code, problem.severity) == ("NX622", Severity.WARNING)
    assert problem.message == "core's state has nothing of `module.netwrk`"
    assert "did you mean `module.network`?" in problem.help


def test_what_lies_in_modules_is_compared_too(core: Changed) -> None:
    move(core, AUTHORIZER, module="module.api")
    refer(core, "authorizer", "module.api.authorizer_id")
    core.attributes(AUTHORIZER)["type"] = "TOKEN"
    assert core.only().code == "NX623"


def test_one_of_several_app_clients_is_compared(core: Changed) -> None:
    move(core, CLIENT, keys=["spa"])
    core.attributes(CLIENT)["read_attributes"] = ["email"]
    refer(core, "user_pool_client", f'{CLIENT}["spa"]')
    assert core.only().code == "NX625"
