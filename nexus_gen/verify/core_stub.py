"""A stand-in for core's root, made from the addresses that the spec names.

The extended root is meant to be placed into core's root and refers to resources there. Validation
needs each of them to exist with the type that its address says, and nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable

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
    "aws_subnet": ("count = 2", 'cidr_block = "10.0.0.0/24"', 'vpc_id = "core"'),
}
"""Resource type -> the arguments that the provider demands of it."""


def core_stub(addresses: Iterable[str]) -> str:
    """HCL that declares a resource at each address (`aws_vpc.main`), each once, sorted."""
    return "\n".join(_resource(*address.split(".", 1)) for address in sorted(set(addresses)))


def _resource(kind: str, name: str) -> str:
    body = "".join(f"  {argument}\n" for argument in ARGUMENTS.get(kind, ()))
    return f'resource "{kind}" "{name}" {{\n{body}}}\n'
