"""Files that are no state, or not one that can be read, are told apart; nothing is a traceback."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_gen.verify.estate.state import State, StateError, read_state
from tests.verify.estate.changed import recorded

EMPTY = {"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "x", "outputs": {}}


def refusal(content: bytes | dict[str, Any]) -> tuple[str, str]:
    """Code and message of what is refused."""
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    with pytest.raises(StateError) as refused:
        read_state(raw, "`core`")
    assert refused.value.diagnostic.help
    return refused.value.diagnostic.code, refused.value.diagnostic.message


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        (b"", "NX602", "it is empty"),
        (b" \n", "NX602", "it is empty"),
        (b"not json", "NX602", "it is not JSON (line 1: Expecting value)"),
        (b"{'version': 4}", "NX602", "it is not JSON"),
        (b"\xff\xfe\xff", "NX602", "it is not text"),
        (b"[1]", "NX602", "not an object"),
        (b"[" * 200_000, "NX602", "it is nested too deep"),
        (b'{"a": ' + b"1" * 5_000 + b"}", "NX602", "it is not JSON"),
        (b"{}", "NX602", "it has neither `version` nor `format_version`"),
        (b'{"version": 4}', "NX602", "it has `version`, but neither `serial` nor `resources`"),
        (b'{"version": 3}', "NX602", "it has `version`, but neither `serial` nor `resources`"),
        (recorded("core.tfstate.json")[:9_000].encode(), "NX602", "it is truncated"),
        (recorded("core.tfstate.json").rstrip()[:-1].encode(), "NX602", "it is truncated"),
        ({"serial": 1, "lineage": "x", "encrypted_data": "x"}, "NX602", "it is encrypted"),
        ({**EMPTY, "resources": {}}, "NX602", "`resources` is not what a state has there"),
        ({**EMPTY, "resources": [{"mode": "managed"}]}, "NX602", "`resources[0].type` is not"),
        ({**EMPTY, "resources": [1]}, "NX602", "`resources[0]` is not"),
        ({**EMPTY, "outputs": {"a": 1}}, "NX602", "`outputs.a` is not"),
        ({"format_version": "1.0", "values": []}, "NX602", "`values` is not"),
        ({**EMPTY, "version": 3, "modules": []}, "NX603", "version 3, and only 4 is known"),
        ({**EMPTY, "version": 5}, "NX603", "version 5, and only 4 is known"),
        ({"format_version": "2.0"}, "NX603", 'format version "2.0", and only 1.x is known'),
        ({"format_version": 1}, "NX603", "format version 1, and only 1.x is known"),
        (EMPTY, "NX604", "the state of nothing"),
        ({**EMPTY, "resources": []}, "NX604", "no resource and no output"),
        ({"format_version": "1.0"}, "NX604", "the state of nothing"),
    ],
)
def test_what_is_not_a_state_is_refused(
    content: bytes | dict[str, Any], code: str, says: str
) -> None:
    given_code, message = refusal(content)
    assert (given_code, message.startswith("`core` ")) == (code, True)
    assert says in message


@pytest.mark.parametrize(
    ("content", "help_"),
    [
        ({**EMPTY, "version": 3}, "run `terraform apply`"),
        ({**EMPTY, "version": 5}, "give the output of `terraform show -json`, or upgrade"),
        ({**EMPTY, "version": "4"}, "give the output of `terraform show -json`, or upgrade"),
        ({"format_version": "0.2"}, "make it with `terraform show -json`"),
        ({"format_version": "2.0"}, "upgrade nexus-gen"),
    ],
)
def test_an_older_state_is_brought_up_and_a_newer_one_is_not(
    content: dict[str, Any], help_: str
) -> None:
    with pytest.raises(StateError) as refused:
        read_state(json.dumps(content).encode(), "core")
    assert refused.value.diagnostic.code == "NX603"
    assert refused.value.diagnostic.help.startswith(help_)


def test_both_forms_hold_the_same_resources() -> None:
    file, shown = (
        read_state(recorded(name).encode(), "core")
        for name in ("core.tfstate.json", "core.show.json")
    )
    assert by_address(file).keys() == by_address(shown).keys()
    assert len(by_address(file)) == 52
    assert file.outputs == shown.outputs
    for address, attributes in by_address(file).items():
        assert attributes["id"] == by_address(shown)[address]["id"], address


def by_address(state: State) -> dict[str, dict[str, Any]]:
    return {one.address: one.values for one in state.resources}


def test_addresses_are_those_of_terraform() -> None:
    state = read_state(recorded("extended.tfstate.json").encode(), "core")
    addresses = {one.address for one in state.resources}
    assert {
        'aws_subnet.private["a"]',
        "data.aws_caller_identity.current",
        "module.nexus.module.education.aws_dynamodb_table.education",
        "module.nexus.data.aws_cognito_user_pool_client.frontend",
        'module.nexus.module.routes.aws_api_gateway_method.any["/education/courses"]',
    } <= addresses
    path = next(a for a in addresses if 'any["/education/courses/{course_id}"]' in a)
    (resource,) = (one for one in state.resources if one.address == path)
    assert resource.block == "module.nexus.module.routes.aws_api_gateway_method.any"


def test_a_plan_tells_the_state_before_it() -> None:
    before = json.loads(recorded("core.show.json"))
    plan = {"format_version": "1.2", "planned_values": {}, "prior_state": before}
    state = read_state(json.dumps(plan).encode(), "core")
    assert (state.form, len(state.resources)) == ("plan", 52)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_shells_write_other_encodings(encoding: str) -> None:
    content = recorded("core.tfstate.json").encode(encoding)
    assert len(read_state(content, "core").resources) == 52


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)
KEYS = ("version", "format_version", "serial", "resources", "outputs", "values", "prior_state")


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS, JSON)), st.sampled_from([4, "1.0"]))
def test_no_document_breaks_the_reader(document: dict[str, Any], version: int | str) -> None:
    key = "version" if version == 4 else "format_version"
    with contextlib.suppress(StateError):
        read_state(json.dumps({**document, key: version}).encode(), "core")


@given(st.integers(0, 28_000), st.binary(max_size=4))
def test_no_damage_to_a_file_breaks_the_reader(place: int, damage: bytes) -> None:
    content = recorded("core.tfstate.json").encode()
    with contextlib.suppress(StateError):
        read_state(content[:place] + damage + content[place + len(damage) :], "core")
