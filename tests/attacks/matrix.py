"""Attacks on each route, by kind.

An attack is refused like something that does not exist (`like`), refused with a status, or carried
out within the attacker's own organization.
"""

from __future__ import annotations

import base64
import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nexus_gen.backends.openapi import examples
from nexus_gen.model import Entity, Model, Operation

from .estate import (
    ABSENT,
    Estate,
    Ids,
    combine,
    creation,
    entities_of,
    idempotency_key,
    key,
    queries,
    unique_value,
)
from .traffic import OWN, Request, Target

KINDS = ("id", "parent", "reference", "filter", "cursor", "claim", "spoof", "replay", "unique")

ABSENT_STATUSES = (frozenset({404}), frozenset({200, 404}))
"""What is answered where nothing is; a list below a parent that is absent may be an empty page."""

OF_THE_CALLER = frozenset({"claim", "spoof"})
"""Kinds that are about who calls: what the two organizations are called makes no difference."""

KINDS_OF = {
    "list": ("parent", "filter", "cursor", "claim", "spoof"),
    "create": ("parent", "reference", "claim", "spoof", "replay", "unique"),
    "get": ("id", "parent", "claim", "spoof"),
    "update": ("id", "parent", "reference", "claim", "spoof", "unique"),
    "delete": ("id", "parent", "claim", "spoof"),
    "restore": ("id", "parent", "claim", "spoof"),
}
"""Kinds that a kind of operation has a place for; some only where the entity has one."""

REFUSED = frozenset({400, 401, 403, 404, 405, 409, 412, 428})
DONE = frozenset({200, 201})


@dataclass(frozen=True)
class Attack:
    """One request against another organization.

    Attributes:
        statuses: what may be answered.
        like: a request that must be answered alike, to the byte.
        own_effect: whether it may change what the attacker's own organization has.
    """

    kind: str
    name: str
    request: Request
    statuses: frozenset[int]
    like: Request | None = None
    own_effect: bool = False


@dataclass(frozen=True)
class Route:
    """One route and what it belongs to."""

    entity: Entity
    operation: Operation

    @property
    def label(self) -> str:
        """`PATCH /education/courses/{course_id}`"""
        return f"{self.operation.method} {self.operation.path}"

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of attack that the route has a place for."""
        return tuple(kind for kind in KINDS_OF[self.operation.kind] if self._has_place(kind))

    def _has_place(self, kind: str) -> bool:
        entity = self.entity
        updates = self.operation.kind == "update"
        references = [ref for ref in entity.references if not (updates and ref.immutable)]
        unique = [one for one in entity.unique if not (updates and one.immutable)]
        places = {
            "parent": entity.parent is not None,
            "reference": bool(references),
            "filter": bool(entity.indexes),
            "unique": bool(unique),
        }
        return places.get(kind, True)


def routes_of(model: Model) -> list[Route]:
    """Every route of the API."""
    return [
        Route(entity, operation) for entity in entities_of(model) for operation in entity.operations
    ]


class Attacks:
    """Attacks of one organization on another."""

    def __init__(self, target: Target, model: Model, own: Estate, theirs: Estate) -> None:
        self._target = target
        self._own = own
        self._theirs = theirs
        self._by_key = {entity.key: entity for entity in entities_of(model)}
        self._claim = model.tenancy.claim
        self._bodies = itertools.count(10)

    def on(self, route: Route) -> Iterator[Attack]:
        """Every attack on a route."""
        attacks: dict[str, Callable[[Route], Iterator[Attack]]] = {
            "id": self._ids,
            "parent": self._parents,
            "reference": self._references,
            "filter": self._filters,
            "cursor": self._cursors,
            "claim": self._claims,
            "spoof": self._spoofs,
            "replay": self._replays,
            "unique": self._unique_values,
        }
        for kind in route.kinds:
            yield from attacks[kind](route)

    def rightful(self, route: Route) -> Request:
        """What the attacker's own organization may do on the route, to its own items."""
        return self._request(route, self._ids_of(self._own, route))

    def _request(self, route: Route, ids: Ids, **parts: Any) -> Request:
        """A request of the route that would be good but for its ids."""
        kind = route.operation.kind
        body = None
        if kind == "create":
            body = creation(route.entity, self._own, self._by_key, next(self._bodies))
        elif kind == "update":
            body = examples.patch(route.entity) or {}
        headers = {"If-Match": "*"} if kind in ("update", "delete") else {}
        ids = {name: ids[name] for name in route.operation.path_parameters}
        made = Request(route.operation.method, route.operation.path, ids, {}, body, headers)
        return made.having(**parts)

    def _ids_of(self, estate: Estate, route: Route) -> Ids:
        deleted = route.operation.kind == "restore" and key(route.entity) in estate.deleted
        return estate.deleted[key(route.entity)] if deleted else estate.items[key(route.entity)][0]

    def _swapped(self, route: Route, kind: str, names: list[str]) -> Attack:
        own, theirs = self._ids_of(self._own, route), self._ids_of(self._theirs, route)
        nothing = dict.fromkeys(own, ABSENT)
        return Attack(
            kind,
            f"their {' and '.join(names)}",
            self._request(route, combine(own, theirs, names)),
            ABSENT_STATUSES[route.operation.kind == "list"],
            like=self._request(route, combine(own, nothing, names)),
        )

    def _ids(self, route: Route) -> Iterator[Attack]:
        names = list(route.operation.path_parameters)
        yield self._swapped(route, "id", names[-1:])
        if len(names) > 1:
            yield self._swapped(route, "id", names)

    def _parents(self, route: Route) -> Iterator[Attack]:
        on_item = route.operation.kind not in ("list", "create")
        names = list(route.operation.path_parameters)
        ancestors = names[:-1] if on_item else names
        for name in ancestors:
            yield self._swapped(route, "parent", [name])
        if len(ancestors) > 1:
            yield self._swapped(route, "parent", ancestors)

    def _references(self, route: Route) -> Iterator[Attack]:
        updates = route.operation.kind == "update"
        for reference in route.entity.references:
            if updates and reference.immutable:
                continue
            assert reference.target is not None
            foreign = self._theirs.id_of(self._by_key[reference.target])
            request = self._request(route, self._ids_of(self._own, route))
            body = {} if updates else request.body
            name = reference.name.snake
            yield Attack(
                "reference",
                f"{name} is theirs",
                request.having(body={**body, name: foreign}),
                frozenset({400}),
                like=request.having(body={**body, name: ABSENT}),
            )

    def _filters(self, route: Route) -> Iterator[Attack]:
        body = self._theirs.bodies[key(route.entity)]
        references = {ref.name.snake for ref in route.entity.references}
        for name, query in queries(route.entity, body):
            request = self._request(route, self._ids_of(self._own, route), query=query)
            like = None
            if references & set(query):
                hidden = {n: ABSENT if n in references else v for n, v in query.items()}
                like = request.having(query=hidden)
            yield Attack("filter", f"{name or 'everything'} of theirs", request, DONE, like=like)
        user = str(self._target.claims_of(self._theirs.tenant)["sub"])
        query = {"created_by": user}
        request = self._request(route, self._ids_of(self._own, route), query=query)
        yield Attack("filter", "made by one of theirs", request, DONE | REFUSED)

    def _cursors(self, route: Route) -> Iterator[Attack]:
        for name in ["", *(index.name.raw for index in route.entity.indexes)]:
            if (key(route.entity), name) not in self._theirs.cursors:
                continue
            query, cursor = self._theirs.cursors[key(route.entity), name]
            for what, forged in (("their cursor", cursor), ("a bit of it flipped", _flip(cursor))):
                for whose in (self._own, self._theirs):
                    yield self._cursor(route, whose, query, forged, f"{what} of {name or 'all'}")

    def _cursor(
        self, route: Route, whose: Estate, query: Mapping[str, str], cursor: str, name: str
    ) -> Attack:
        """Under the attacker's own parent the cursor is bad, under theirs nothing is there."""
        ids = self._ids_of(whose, route)
        sent = {**query, "cursor": cursor}
        foreign = whose is self._theirs and route.entity.parent is not None
        statuses = frozenset({400, 404}) if foreign else frozenset({400})
        return Attack("cursor", name, self._request(route, ids, query=sent), statuses)

    def _claims(self, route: Route) -> Iterator[Attack]:
        ids = self._ids_of(self._theirs, route)
        request = self._request(route, ids)
        statuses = frozenset({401, 403})
        yield Attack("claim", "no authorizer", request.having(claims=None), statuses)
        forged = self._target.forged_tokens(self._own.tenant, self._theirs.tenant)
        for name, token in forged.items():
            headers = {**request.headers, "Authorization": token}
            sent = request.having(claims=None, headers=headers)
            yield Attack("claim", f"a token {name}", sent, statuses)
        if not self._target.forges_claims:
            return
        proper = self._target.claims_of(self._own.tenant)
        yield Attack("claim", "no claims", request.having(claims={"": ""}), statuses)
        for name, value in malformed(self._theirs.tenant).items():
            claims = {**proper, self._claim: value}
            yield Attack("claim", name, request.having(claims=claims), statuses)
        absent = {name: value for name, value in proper.items() if name != self._claim}
        like = request.having(claims=absent)
        yield Attack("claim", "no tenant", like, statuses)
        for other in ("organization_id", "tenant", self._claim.upper(), f" {self._claim}"):
            claims = {**absent, other: self._theirs.tenant}
            renamed = request.having(claims=claims)
            yield Attack("claim", f"as `{other}`", renamed, statuses, like=like)

    def _spoofs(self, route: Route) -> Iterator[Attack]:
        """The tenant in places that are nobody's but the caller's."""
        kind = route.operation.kind
        below = route.entity.parent is not None or kind not in ("list", "create")
        whose = self._theirs if below else self._own
        statuses = ABSENT_STATUSES[kind == "list"] if below else DONE

        def spoof(name: str, allowed: frozenset[int], **place: Any) -> Attack:
            request = self._request(route, self._ids_of(whose, route))
            added = {
                part: {**(getattr(request, part) or {}), **value} for part, value in place.items()
            }
            spoofed = request.having(**added)
            return Attack("spoof", name, spoofed, allowed, own_effect=not below)

        for name in tenant_headers(self._claim):
            if ":" in name and not self._target.forges_claims:
                continue  # no header's name (RFC 9110, section 5.1): it cannot be sent
            given = {name: self._theirs.tenant}
            yield spoof(f"header {name}", statuses, headers=given)
        for name in ("organization_id", "tenant", self._claim):
            given = {name: self._theirs.tenant}
            yield spoof(f"query {name}", statuses | REFUSED, query=given)
            if kind in ("create", "update"):
                yield spoof(f"body {name}", REFUSED, body=given)
            if kind in ("delete", "restore"):  # nothing else refuses a body that nobody reads
                yield spoof(f"body {name}", statuses | REFUSED, body=given)

    def _replays(self, route: Route) -> Iterator[Attack]:
        """The key that each organization used once, for another of its own items."""
        headers = {"Idempotency-Key": idempotency_key(route.entity)}
        request = self._request(route, self._ids_of(self._own, route), headers=headers)
        statuses = DONE | REFUSED | {422}
        yield Attack("replay", "their Idempotency-Key", request, statuses, own_effect=True)

    def _unique_values(self, route: Route) -> Iterator[Attack]:
        """A value that is taken there is free here: else it would tell what they have."""
        updates = route.operation.kind == "update"
        for one in route.entity.unique:
            if updates and one.immutable:
                continue
            taken = unique_value(one, self._theirs.tenant, 1 if updates else 0)
            request = self._request(route, self._ids_of(self._own, route))
            body = {} if updates else request.body
            request = request.having(body={**body, one.name.snake: taken})
            yield Attack("unique", f"their {one.name.snake}", request, DONE, own_effect=True)


def malformed(tenant: str) -> dict[str, Any]:
    """Values of the tenant claim that are no organization's id."""
    return {
        "empty": "",
        "a wildcard": "*",
        "a question mark": "?" * len(tenant),
        "a path": f"{tenant}/x",
        "a line break": f"{tenant}\n",
        "a space": f" {tenant}",
        "a separator": f"{tenant}#",
        "a longer key": f"{tenant}#course",
        "a list": [tenant],
        "an object": {"id": tenant},
        "a number": 7,
        "nothing": None,
        "two": f"{tenant},other",
        "too long": tenant.ljust(65, "x"),
        "a variable": "${aws:PrincipalTag/organization_id}",
        "full width": tenant.replace("o", "\uff4f"),
        "a null byte": f"{tenant}\0",
    }


def tenant_headers(claim: str) -> tuple[str, ...]:
    """Headers in which somebody might look for a tenant."""
    return ("X-Organization-Id", "X-Tenant-Id", "organization_id", claim, "X-Amzn-Oidc-Identity")


def _flip(cursor: str) -> str:
    """The cursor with one bit of its position changed."""
    raw = bytearray(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    raw[-1] ^= 1
    return base64.urlsafe_b64encode(bytes(raw)).rstrip(b"=").decode()


__all__ = ["KINDS", "OWN", "Attack", "Attacks", "Route", "routes_of"]
