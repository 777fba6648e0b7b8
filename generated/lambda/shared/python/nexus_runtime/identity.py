"""Who calls: tenant, actor and roles, from the authorizer's verified claims and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from nexus_runtime.keys import Tenant
from nexus_runtime.problems import forbidden, unauthenticated

_ACTOR = re.compile(r"\A[\x21-\x7e]{1,128}\Z")


class Identity(NamedTuple):
    """A verified caller."""

    tenant: Tenant
    actor: str
    roles: frozenset[str]


def identify(event: Mapping[str, Any], tenant_claim: str) -> Identity:
    """The caller of an API Gateway event.

    Raises a 401 problem where no authorizer spoke, a 403 problem where its claims lack a tenant or
    an actor, or hold something else than API Gateway would pass on.
    """
    context = event.get("requestContext")
    authorizer = context.get("authorizer") if isinstance(context, dict) else None
    if not isinstance(authorizer, dict):
        raise unauthenticated()
    claims = authorizer.get("claims")
    if not isinstance(claims, dict):
        raise unauthenticated()
    actor = claims.get("sub")
    if not isinstance(actor, str) or not _ACTOR.match(actor):
        raise forbidden()
    try:
        tenant = Tenant(claims.get(tenant_claim))
    except ValueError:
        raise forbidden() from None
    return Identity(tenant, actor, roles(claims.get("cognito:groups")))


def roles(groups: object) -> frozenset[str]:
    """Names of groups, for exact comparison: those that every reading of the claim finds.

    API Gateway passes a list claim on as one string: `admin,member` (Cognito authorizer of a REST
    API) or `[admin member]` (JWT authorizer). Names of groups hold commas and brackets, but no
    space (Cognito, CreateGroup, `GroupName`): `[admin]` may be a list or a group of that name, and
    is neither. Of `x,admin` there is one reading only, though a group may have that name.
    """
    if isinstance(groups, list):
        return frozenset(group for group in groups if isinstance(group, str))
    if not isinstance(groups, str):
        return frozenset()
    readings = []
    if " " not in groups:
        readings.append(groups.split(","))
    if groups[:1] == "[" and groups[-1:] == "]":
        readings.append(groups[1:-1].split(" "))
    return frozenset.intersection(*map(frozenset, readings)) - {""} if readings else frozenset()
