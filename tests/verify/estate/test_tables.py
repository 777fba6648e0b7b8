"""Tables that the spec adopts are compared with what core's state says of them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.verify.estate.changed import SPEC, Changed

NAME = "aws-devops-dev-ai-nexus-education"
BOTH = ("import", "reference")


def index(name: str, **changes: Any) -> dict[str, Any]:
    """An index slot, changed."""
    keys = {"hash_key": f"{name}pk", "range_key": f"{name}sk"}
    return {"name": name, **keys, "projection_type": "ALL", **changes}


SLOTS = [index(f"gsi{number}") for number in range(1, 4)]
TABLE = {
    "name": NAME,
    "hash_key": "pk",
    "range_key": "sk",
    "attribute": [{"name": name, "type": "S"} for name in ("pk", "sk")],
    "global_secondary_index": SLOTS,
    "ttl": [{"attribute_name": "ttl", "enabled": True}],
    "stream_enabled": False,
}


def adopt(core: Changed, how: str, more: str = "") -> None:
    """Let the vertical adopt its table."""
    line = "vertical: education\n"
    core.spec(line, f"{line}table: {{adopt: {how}{more}}}\n", SPEC[1])


def test_a_table_of_core_that_fits_can_be_referenced(core: Changed) -> None:
    adopt(core, "reference")
    core.add("aws_dynamodb_table", "courses", **TABLE)
    assert core.problems() == ()


@pytest.mark.parametrize("how", BOTH)
def test_a_table_that_this_state_does_not_know_is_left_to_the_plan(core: Changed, how: str) -> None:
    adopt(core, how)
    assert core.problems() == ()


def test_a_name_of_its_own(core: Changed) -> None:
    adopt(core, "reference", ', name: "{project}-{environment}-courses"')
    core.add("aws_dynamodb_table", "other", **TABLE)
    assert core.problems() == ()
    core.add("aws_dynamodb_table", "courses", name="aws-devops-dev-courses", hash_key="id")
    assert {problem.code for problem in core.problems()} == {"NX631"}


@pytest.mark.parametrize(
    ("mode", "move"),
    [
        (
            "extended",
            "`moved { from = aws_dynamodb_table.courses, to = "
            "module.nexus.module.education.aws_dynamodb_table.education }`",
        ),
        ("separate", "`removed { from = aws_dynamodb_table.courses, lifecycle { destroy = false"),
    ],
)
def test_a_table_that_would_have_two_owners(core: Changed, mode: str, move: str) -> None:
    if mode == "separate":
        core.separate()
    adopt(core, "import")
    core.add("aws_dynamodb_table", "courses", **TABLE)
    problem = core.only()
    assert problem.code == "NX632"
    assert core.marked(problem) == "import"
    assert move in problem.help


@pytest.mark.parametrize(
    ("modes", "changes", "says"),
    [
        (BOTH, {"hash_key": "id", "range_key": None}, "its keys are id, not pk and sk"),
        (BOTH, {"range_key": "at"}, "its keys are pk, at, not pk and sk"),
        (BOTH, {"attribute": [{"name": "gsi2sk", "type": "N"}]}, "gsi2sk is of type N, not S"),
        (
            BOTH,
            {"global_secondary_index": [index("gsi1", hash_key="owner"), *SLOTS[1:]]},
            "gsi1 has not the keys gsi1pk and gsi1sk",
        ),
        (
            BOTH,
            {"global_secondary_index": [*SLOTS[:2], index("gsi3", projection_type="KEYS_ONLY")]},
            "gsi3 does not project all attributes",
        ),
        (("reference",), {"global_secondary_index": SLOTS[:2]}, "it lacks gsi3"),
        (("reference",), {"ttl": []}, "does not expire items by the attribute ttl"),
        (
            ("import",),
            {"global_secondary_index": [*SLOTS, index("by_owner")]},
            "would drop its index by_owner",
        ),
        (("import",), {"local_secondary_index": [{"name": "l"}]}, "an apply would replace it"),
        (("import",), {"replica": [{"region_name": "eu-west-1"}]}, "would drop its replicas"),
        (("import",), {"stream_enabled": True}, "would switch off its stream"),
        (
            ("import",),
            {"ttl": [{"attribute_name": "expires", "enabled": True}]},
            "expires items by another attribute than ttl",
        ),
    ],
)
def test_a_table_that_does_not_fit(
    core: Changed, modes: tuple[str, ...], changes: dict[str, Any], says: str
) -> None:
    core.add("aws_dynamodb_table", "courses", **{**TABLE, **changes})
    unchanged = (core.root / SPEC[1]).read_text(encoding="utf-8")
    for how in modes:
        (core.root / SPEC[1]).write_text(unchanged, encoding="utf-8")
        adopt(core, how)
        (problem,) = (problem for problem in core.problems() if problem.code == "NX631")
        assert says in problem.message
        assert core.marked(problem) == how


@pytest.mark.parametrize(
    "changes",
    [
        {"global_secondary_index": [*SLOTS, index("by_owner")], "stream_enabled": True},
        {"local_secondary_index": [{"name": "l"}], "replica": [{"region_name": "eu-west-1"}]},
    ],
)
def test_what_an_owner_has_besides_does_not_matter_to_a_reference(
    core: Changed, changes: dict[str, Any]
) -> None:
    adopt(core, "reference")
    core.add("aws_dynamodb_table", "courses", **{**TABLE, **changes})
    assert core.problems() == ()
