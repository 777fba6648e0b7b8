"""The grammar of references to core: what Terraform can read there, and no code."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_gen.model.references import REFERENCE, parse

LEGAL = {
    "aws_vpc.main": ("aws_vpc.main", "aws_vpc", "", ()),
    "data.aws_vpc.main": ("data.aws_vpc.main", "aws_vpc", "", ()),
    "aws_vpc.main[0]": ("aws_vpc.main", "aws_vpc", "[0]", ()),
    "aws_subnet.a-b[*].id": ("aws_subnet.a-b", "aws_subnet", "[*]", (".id",)),
    'aws_x_y.apps["spa"].id': ("aws_x_y.apps", "aws_x_y", '["spa"]', (".id",)),
    'aws_x_y.apps["10.0.0.0/24 [*] {x}"]': (
        "aws_x_y.apps",
        "aws_x_y",
        '["10.0.0.0/24 [*] {x}"]',
        (),
    ),
    "module.net.vpc_id": ("module.net", "", "", (".vpc_id",)),
    'module.net["eu"].vpcs["a"][0].id': (
        "module.net",
        "",
        '["eu"]',
        (".vpcs", '["a"]', "[0]", ".id"),
    ),
    "local.vpc_id": ("local.vpc_id", "", "", ()),
    "var.network.vpc": ("var.network", "", "", (".vpc",)),
}

ILLEGAL = [
    "",
    "aws_vpc",
    "main",
    "vpc.main",
    "module.net",
    "module.net[0]",
    "data.main",
    "data.aws_vpc",
    "path.module",
    "each.value",
    "count.index",
    "self.id",
    "terraform.workspace",
    "aws_vpc.main.id}",
    "aws_vpc.main.id\n",
    "aws_vpc.main\n.id",
    "aws_vpc.main. id",
    "aws_vpc.main[0",
    "aws_vpc.main[00]",
    "aws_vpc.main[-1]",
    "aws_vpc.main[count.index]",
    "aws_vpc.main[var.environment]",
    'aws_vpc.main["${file("/etc/passwd")}"]',
    'aws_vpc.main["%{if true}a%{endif}"]',
    'aws_vpc.main["a\\"]',
    'aws_vpc.main["a"b"]',
    'aws_vpc.main["a\nb"]',
    'aws_vpc.main[""]',
    'aws_vpc.main["é"]',
    "aws_vpc.main.id # comment",
    "aws_vpc.main /* x */",
    "aws_vpc.main.id == 1",
    "one(aws_vpc.main[*].id)",
    "nonsensitive(var.x)",
    "local.a ? local.b : local.c",
    "local.a, local.b",
    "local.${a}",
    "LOCAL.a",
    '"aws_vpc.main"',
    "aws_vpc.main.0.id",
]


@pytest.mark.parametrize("text", LEGAL)
def test_a_reference_has_parts(text: str) -> None:
    assert re.search(REFERENCE, text)
    found = parse(text)
    assert (found.block, found.type, found.index, found.steps) == LEGAL[text]
    assert f"{found.block}{found.index}{''.join(found.steps)}" == text


@pytest.mark.parametrize("text", ILLEGAL)
def test_what_is_no_reference_is_refused(text: str) -> None:
    # `$` of Python also matches before a last line end; the schema's own reader does not.
    assert not re.search(REFERENCE.replace("$", r"\Z") if text.endswith("\n") else REFERENCE, text)


PIECES = st.sampled_from(
    [*'.[]"*$%{}()\\\n #/?:,=0a_', "aws_vpc", ".main", "module.", "local.", "[0]", '["', '"]']
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_what_is_a_reference_can_end_no_expression(text: str) -> None:
    if not re.fullmatch(REFERENCE.removeprefix("^").removesuffix("$"), text):
        return
    outside = re.sub(r'\["[^"]*"\]', "", text)
    assert re.fullmatch(r"[A-Za-z0-9_.\[\]*-]+", outside)
    assert "${" not in text
    assert "%{" not in text
    assert "\n" not in text


def test_a_splat_inside_a_key_is_no_list() -> None:
    assert not parse('aws_x_y.apps["[*]"]').is_list
    assert parse("module.net.subnets[*].id").is_list
