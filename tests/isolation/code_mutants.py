"""Ways to break the runtime, each with the layer that has to notice.

`attack`: handlers alone, without IAM, under every attack of the matrix on every route. `double`:
the rendered policies are enforced on every call: a call that is signed or keyed for the wrong
organization is refused.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.isolation.corpus import Change

RUNTIME = "nexus_runtime"


@dataclass(frozen=True, slots=True)
class CodeMutant:
    """One way to break the runtime.

    Attributes:
        what: what is broken, in words.
        change: how; its path is relative to the runtime's folder.
        layer: who has to notice: `attack` or `double`.
        says: for `attack`, the kind of attack that succeeds; for `double`, what the drill says.
    """

    name: str
    what: str
    change: Change
    layer: str
    says: str


def _change(file: str, old: str, new: str) -> Change:
    return Change(f"{file}.py", old, new)


CLAIM = "tenant = Tenant(claims.get(tenant_claim))"

ATTACKED = (
    CodeMutant(
        "tenant-from-header",
        "a header may name the tenant",
        _change(
            "identity",
            CLAIM,
            'headers = event.get("headers") or {}\n'
            '        tenant = Tenant(headers.get("X-Organization-Id") or claims.get(tenant_claim))',
        ),
        "attack",
        "spoof",
    ),
    CodeMutant(
        "tenant-from-query",
        "a query parameter may name the tenant",
        _change(
            "identity",
            CLAIM,
            'query = event.get("queryStringParameters") or {}\n'
            '        tenant = Tenant(query.get("organization_id") or claims.get(tenant_claim))',
        ),
        "attack",
        "spoof",
    ),
    CodeMutant(
        "tenant-from-body",
        "the body may name the tenant",
        _change(
            "identity",
            CLAIM,
            "import json\n"
            "\n"
            '        named = json.loads(event.get("body") or "{}").pop("organization_id", None)\n'
            "        tenant = Tenant(named or claims.get(tenant_claim))",
        ),
        "attack",
        "spoof",
    ),
    CodeMutant(
        "tenant-by-default",
        "who has no tenant gets one",
        _change("identity", CLAIM, 'tenant = Tenant(claims.get(tenant_claim) or "default")'),
        "attack",
        "claim",
    ),
    CodeMutant(
        "no-charset-check",
        "whatever the claim holds is a tenant",
        _change("keys", " or not TENANT_PATTERN.match(value)", ""),
        "attack",
        "claim",
    ),
    CodeMutant(
        "charset-searched",
        "a tenant id is searched for, not matched",
        _change("keys", r"\A[A-Za-z0-9_-]{1,64}\Z", r"[A-Za-z0-9_-]{1,64}"),
        "attack",
        "claim",
    ),
    CodeMutant(
        "unsigned-cursor",
        "a cursor is taken without its authentication",
        _change(
            "cursors",
            "if not hmac.compare_digest(tag, _tag(tenant, scope, position)):",
            "if False:",
        ),
        "attack",
        "cursor",
    ),
    CodeMutant(
        "cursor-without-tenant",
        "a cursor of one tenant is good for another",
        _change("cursors", "json.dumps([tenant, *scope])", "json.dumps([*scope])"),
        "attack",
        "cursor",
    ),
    CodeMutant(
        "unique-across-tenants",
        "a unique value of one tenant is taken for all, and tells that it is there",
        _change("keys", '_key(f"{tenant}#{entity}#!{field}#', '_key(f"{entity}#!{field}#'),
        "attack",
        "unique",
    ),
    CodeMutant(
        "references-not-looked-up",
        "a reference may name what is another tenant's",
        _change(
            "relations",
            "targets.add(reference.field, key, by, owner)",
            "continue",
        ),
        "attack",
        "reference",
    ),
)

DENIED = (
    CodeMutant(
        "shared-credential-cache",
        "one tenant's credentials serve all",
        _change(
            "credentials",
            "    with _lock:\n        known = _cache.get(tenant)\n        if known is not None and "
            "known.renew > now:",
            "    with _lock:\n        known = next(iter(_cache._entries.values()), None)\n"
            "        if known is not None and known.renew > now:",
        ),
        "double",
        "IAM refused dynamodb:",
    ),
    CodeMutant(
        "credentials-kept-for-the-next-request",
        "a request is signed with the credentials of the one before it",
        _change(
            "dynamodb",
            "aws.signing.set(signing)",
            "aws.signing.get(None) or aws.signing.set(signing)",
        ),
        "double",
        "IAM refused dynamodb:",
    ),
    CodeMutant(
        "constant-session-tag",
        "every session is tagged with the same tenant",
        _change("credentials", '"Tags.member.1.Value": tenant', '"Tags.member.1.Value": "org1"'),
        "double",
        "IAM refused dynamodb:",
    ),
    CodeMutant(
        "truncated-session-tag",
        "tags of tenants with the same beginning are the same",
        _change(
            "credentials", '"Tags.member.1.Value": tenant', '"Tags.member.1.Value": tenant[:4]'
        ),
        "double",
        "IAM refused dynamodb:",
    ),
    CodeMutant(
        "other-session-tag",
        "the session is tagged under another name",
        _change("credentials", '"organization_id"', '"organization"'),
        "double",
        "IAM refused sts:AssumeRole",
    ),
    CodeMutant(
        "second-session-tag",
        "the session brings a second tag",
        _change(
            "credentials",
            '"Tags.member.1.Value": tenant,',
            '"Tags.member.1.Value": tenant,\n        "Tags.member.2.Key": "admin",\n'
            '        "Tags.member.2.Value": "true",',
        ),
        "double",
        "IAM refused sts:",
    ),
    CodeMutant(
        "own-credentials",
        "the function's own credentials are used for data",
        _change(
            "aws",
            "        return signing.get()",
            "        assert _own is not None\n        return _own.get_frozen_credentials()",
        ),
        "double",
        "IAM refused dynamodb:",
    ),
    CodeMutant(
        "index-of-all-tenants",
        "lists read a partition that all tenants share",
        _change("keys", 'parts = [f"{tenant}#{index}"]', "parts = [index]"),
        "double",
        "IAM refused dynamodb:Query",
    ),
)

CODE_MUTANTS = (*ATTACKED, *DENIED)
