"""NX628: core stands in another Region than the spec says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nexus_gen.diagnostics import Diagnostic
from nexus_gen.verify.estate.estate import Estate
from nexus_gen.verify.estate.state import Resource

_POOL = re.compile(r"(?P<region>[a-z]{2}(-[a-z]+)+-[0-9])_[A-Za-z0-9]+")
"""The id of a user pool begins with its Region (Cognito API reference, `UserPoolIdType`)."""


def region(estate: Estate) -> Iterator[Diagnostic]:
    """Core's parts are in another Region: a separate root would look for them where none is."""
    wanted = estate.model.product.region
    for what, found in _regions(estate):
        if found and found != wanted:
            yield Diagnostic(
                "NX628",
                f"{what} is in {found}, and the spec says {wanted}",
                (estate.subject.nexus / "region").span,
                note=f"core is in {found}",
                help=f"give the state of core in {wanted}, or write `region: {found}`",
            )
            return


def _regions(estate: Estate) -> Iterator[tuple[str, str]]:
    for part in (estate.rest_api, estate.authorizer, estate.user_pool):
        if part is not None:
            yield f"`{part.address}`", _region_of(part)
    if not estate.is_extended:
        for need, output in estate.model.integration.needed_outputs.items():
            value = estate.state.outputs.get(output)
            text = value if isinstance(value, str) else ""
            pool = _POOL.fullmatch(text) if need == "user_pool_id" else None
            yield f"core's output `{output}`", pool["region"] if pool else _of_arn(text)


def _region_of(resource: Resource) -> str:
    """Its attribute, which the provider has since 6.0, else that of its ARN."""
    return resource.text("region") or _of_arn(resource.text("arn"))


def _of_arn(text: str) -> str:
    parts = text.split(":")
    return parts[3] if parts[0] == "arn" and len(parts) > 5 else ""
