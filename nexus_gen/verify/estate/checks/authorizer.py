"""NX623: core's authorizer cannot stand before the routes."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.diagnostics import Diagnostic, Span
from nexus_gen.verify.estate.estate import Estate
from nexus_gen.verify.estate.state import Resource

TYPE = "COGNITO_USER_POOLS"
HEADER = "method.request.header.Authorization"


def authorizer(estate: Estate) -> Iterator[Diagnostic]:
    """An authorizer of another type, API or user pool, or that reads the token elsewhere."""
    found = estate.authorizer
    if found is None or estate.model.integration.authorizer != "reuse":
        return
    for problem in _problems(estate, found):
        yield Diagnostic(
            "NX623",
            f"`{found.address}` {problem}",
            _span(estate),
            note="does not fit",
            help="name another authorizer, or let the backend make its own: `authorizer: create`",
        )


def _problems(estate: Estate, found: Resource) -> Iterator[str]:
    api, pool = estate.rest_api, estate.user_pool
    if found.text("type") != TYPE:
        yield f"is of type {found.text('type') or 'unknown'}, and the routes need {TYPE}"
        return
    if api is not None and found.values.get("rest_api_id") != api.values.get("id"):
        yield f"belongs to another REST API than `{api.text('name')}`"
    if pool is not None and pool.text("arn") not in found.strings("provider_arns"):
        yield f"does not take tokens of the user pool `{pool.text('name')}`"
    if found.text("identity_source") not in ("", HEADER):
        yield f"reads the token from {found.text('identity_source')}, and clients send {HEADER}"


def _span(estate: Estate) -> Span:
    if estate.is_extended:
        return estate.said("core_resources", "authorizer")
    return estate.said("core_outputs", "authorizer_id")
