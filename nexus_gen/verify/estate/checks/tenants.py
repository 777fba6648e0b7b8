"""NX624 to NX626: what the user pool says about a caller's organization and roles."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.diagnostics import Diagnostic, Severity
from nexus_gen.diagnostics.suggest import closest
from nexus_gen.verify.estate.estate import Estate
from nexus_gen.verify.estate.state import Resource

CUSTOM = "custom:"


def writable_claim(estate: Estate) -> Iterator[Diagnostic]:
    """App clients through which users could change their organization.

    A client without a list may write the standard attributes only (Cognito API reference,
    `WriteAttributes`), none of which can be the claim.
    """
    claim = estate.model.tenancy.claim
    for client in estate.clients:
        if claim in client.strings("write_attributes"):
            yield Diagnostic(
                "NX624",
                f"users of the app client `{client.text('name')}` can change their organization: "
                f"it may write `{claim}`",
                (estate.subject.nexus / "tenancy" / "claim").span,
                note="must not be writable",
                help=f"list `write_attributes` without `{claim}` in `{client.address}`, and apply "
                "core",
            )


def tenant_claim(estate: Estate) -> Iterator[Diagnostic]:
    """Tokens that cannot carry the claim: no such attribute, or one that the client cannot read.

    A client without a list may read the standard attributes only (Cognito API reference,
    `ReadAttributes`).
    A trigger that adds claims when a token is made may add this one; then nothing is said.
    """
    claim, pool = estate.model.tenancy.claim, estate.user_pool
    if pool is None or not claim.startswith(CUSTOM) or _adds_claims(pool):
        return
    span = (estate.subject.nexus / "tenancy" / "claim").span
    names = {str(one.get("name")).removeprefix(CUSTOM) for one in pool.blocks("schema")}
    if claim.removeprefix(CUSTOM) not in names:
        yield Diagnostic(
            "NX625",
            f"the user pool `{pool.text('name')}` has no attribute `{claim}`, so no token carries "
            "it",
            span,
            note="no such attribute",
            help=f"add a `schema` block for `{claim.removeprefix(CUSTOM)}` to `{pool.address}`",
        )
    elif (one := estate.client) is not None and claim not in one.strings("read_attributes"):
        yield Diagnostic(
            "NX625",
            f"tokens of the app client `{one.text('name')}` do not carry `{claim}`: it may not "
            "read it",
            span,
            note="not readable",
            help=f"add it to `read_attributes` of `{one.address}`",
        )


def _adds_claims(pool: Resource) -> bool:
    return any(
        settings.get("pre_token_generation") or settings.get("pre_token_generation_config")
        for settings in pool.blocks("lambda_config")
    )


def roles(estate: Estate) -> Iterator[Diagnostic]:
    """Roles without a group in the user pool, where the pool's groups are in the state at all."""
    groups = {one.text("name") for one in estate.groups}
    if estate.user_pool is None or not estate.user_pool.managed:
        return
    for place in (estate.subject.nexus / "tenancy" / "roles").entries():
        if place.name not in groups:
            near = closest(place.name, groups)
            yield Diagnostic(
                "NX626",
                f"the user pool has no group `{place.name}`, so nobody can have this role",
                place.key,
                severity=Severity.WARNING,
                note="no such group",
                help=f"did you mean the group `{near}`? names match exactly"
                if near
                else "add an `aws_cognito_user_group` of this name to core, if it is not made "
                "elsewhere",
            )
