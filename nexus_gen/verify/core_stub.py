"""A stand-in for core's root, made from the references that the spec has to it.

The extended root is meant to be placed into core's root and refers to what is there. Validation
needs each of that to exist, resources with the type that their address says. What a module, a local
or a variable holds is not known; there it may be anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from nexus_gen.model.references import EACH, Reference, parse
from nexus_gen.render import hcl

MODULES = "core_stand_in"
"""Folder of the modules of the stand-in, below the root; also its variable of unknown value."""

ARGUMENTS = {
    "aws_api_gateway_rest_api": ('name = "core"',),
    "aws_api_gateway_authorizer": ('name = "core"', 'rest_api_id = "core"'),
    "aws_api_gateway_stage": (
        'deployment_id = "core"',
        'rest_api_id = "core"',
        'stage_name = "core"',
    ),
    "aws_cognito_user_pool": ('name = "core"',),
    "aws_cognito_user_pool_client": ('name = "core"', 'user_pool_id = "core"'),
    "aws_vpc": ('cidr_block = "10.0.0.0/16"',),
    "aws_subnet": ('cidr_block = "10.0.0.0/24"', 'vpc_id = "core"'),
    "data.aws_api_gateway_rest_api": ('name = "core"',),
    "data.aws_api_gateway_authorizer": ('authorizer_id = "core"', 'rest_api_id = "core"'),
    "data.aws_cognito_user_pool": ('user_pool_id = "core"',),
    "data.aws_cognito_user_pools": ('name = "core"',),
    "data.aws_cognito_user_pool_client": ('client_id = "core"', 'user_pool_id = "core"'),
}
"""Type of a resource or data source -> the arguments that the provider demands of it."""


def core_stub(references: Iterable[str]) -> dict[str, str]:
    """Path below the root -> HCL that declares what each reference begins with, once, sorted;
    `""` is the root's own file."""
    parsed = sorted((parse(text) for text in set(references)), key=lambda one: one.text)
    blocks = {block: tuple(same) for block, same in groupby(sorted(parsed, key=_block), key=_block)}
    declared = [line for block, same in blocks.items() for line in _declared(block, same)]
    files = {"": "\n".join([f'variable "{MODULES}" {{\n  type = any\n}}\n', *declared])}
    for block, same in blocks.items():
        kind, _, name = block.partition(".")
        if kind == "module":
            outputs = sorted({one.steps[0].removeprefix(".") for one in same})
            files[f"{MODULES}/{name}/main.tf"] = 'variable "core" {\n  type = any\n}\n' + "".join(
                f'output "{output}" {{\n  value = var.core\n}}\n' for output in outputs
            )
    return files


def _block(reference: Reference) -> str:
    return reference.block


def _declared(block: str, references: tuple[Reference, ...]) -> Iterator[str]:
    kind, _, name = block.partition(".")
    lines = [*_instances(references)]
    match kind:
        case "local":
            yield f"locals {{\n  {name} = var.{MODULES}\n}}\n"
            return
        case "var":
            head, lines = f'variable "{name}"', ["type = any"]
        case "module":
            head = f'module "{name}"'
            lines += [f'source = "./{MODULES}/{name}"', f"core = var.{MODULES}"]
        case "data":
            type_, _, name = name.partition(".")
            head = f'data "{type_}" "{name}"'
            lines += ARGUMENTS.get(f"data.{type_}", ())
        case _:
            head = f'resource "{kind}" "{name}"'
            lines += ARGUMENTS.get(kind, ())
    body = "".join(f"  {line}\n" for line in lines)
    yield f"{head} {{\n{body}}}\n"


def _instances(references: tuple[Reference, ...]) -> Iterator[str]:
    """`count` or `for_each`, as the indexes ask for it; subnets without one are several, and a
    splat takes one for a list of it."""
    indexes = {one.index.strip("[]") for one in references if one.index not in ("", EACH)}
    keys = sorted(index.strip('"') for index in indexes if index.startswith('"'))
    if keys:
        yield f"for_each = toset({hcl(keys)})"
    elif indexes:
        yield f"count = {max(map(int, indexes)) + 1}"
    elif any(one.is_bare and one.index == "" and one.type == "aws_subnet" for one in references):
        yield "count = 2"
