"""Fills organizations with items, through the API and with tokens of the ready-made users."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field

from nexus_gen.local.gateway import Handled
from nexus_gen.local.http import HttpRequest
from nexus_gen.local.seed.values import Author
from nexus_gen.model import Action, Entity, EntityKey, Model, OperationKind

CHILDREN = (2, 6)
"""Fewest and most children that each parent gets."""

_AT_ONCE = 4
_PAGE = 100
_TRIES = 3

Handle = Callable[[HttpRequest], Awaitable[Handled]]


@dataclass(slots=True)
class Filled:
    """What came of one organization.

    Attributes:
        created: entity -> how many items were made.
        problems: entity -> why an item could not be made, the first reason.
    """

    organization: str
    created: dict[str, int] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)

    def told(self, model: Model) -> list[str]:
        """Lines for the person who watches."""
        plurals = {e.name.pascal: e.name.plural.text for v in model.verticals for e in v.entities}
        made = ", ".join(f"{count} {plurals[name]}" for name, count in self.created.items())
        lines = [f"seeded {self.organization}: {made or 'nothing, it is filled already'}"]
        lines += [f"  {name}: {reason}" for name, reason in self.problems.items()]
        return lines


class Filler:
    """Fills one organization.

    Args:
        handle: answers a request as the API does.
        tokens: role -> ID token of a user of the organization.
        count: items of each root entity; what is there already counts.
    """

    def __init__(self, handle: Handle, organization: str, tokens: dict[str, str], count: int):
        self._handle = handle
        self._tokens = tokens
        self._count = count
        self._gate = asyncio.Semaphore(_AT_ONCE)
        self._ids: dict[EntityKey, list[str]] = {}
        self._paths: dict[EntityKey, list[str]] = {}
        self._entities: dict[EntityKey, Entity] = {}
        self.filled = Filled(organization)

    async def fill(self, model: Model) -> Filled:
        """Make what is missing, parents and targets of references first."""
        for vertical in model.verticals:
            for entity in in_order(vertical.entities):
                self._entities[entity.key] = entity
                await self._entity(entity)
        return self.filled

    async def _entity(self, entity: Entity) -> None:
        author = Author(self.filled.organization, entity, self._ids)
        places: Sequence[str] = [entity.key.collection_path]
        if entity.parent is not None:
            suffix = f"/{entity.name.plural.kebab}"
            places = [f"{path}{suffix}" for path in self._paths.get(entity.parent, ())]
        self._ids[entity.key], self._paths[entity.key] = [], []
        made = 0
        for at, place in enumerate(places):
            wanted = self._count if entity.parent is None else _children(at)
            known = await self._known(entity, place, wanted)
            first = at * CHILDREN[1]
            work = [
                self._create(entity, author, place, first + number, number)
                for number in range(len(known), wanted)
            ]
            ids = [*known, *filter(None, await asyncio.gather(*work))]
            made += len(ids) - len(known)
            self._ids[entity.key] += ids
            self._paths[entity.key] += [f"{place}/{id}" for id in ids]
        if made:
            self.filled.created[entity.name.pascal] = made

    async def _known(self, entity: Entity, place: str, wanted: int) -> list[str]:
        """Ids of what is there, at most `wanted`."""
        roles = self._roles(entity, Action.READ, OperationKind.LIST)
        ids: list[str] = []
        cursor = ""
        while roles and len(ids) < wanted:
            query = f"limit={_PAGE}" + (f"&cursor={cursor}" if cursor else "")
            handled = await self._send("GET", place, roles[0], query=query)
            if handled.answer.status != 200:
                break
            page = json.loads(handled.answer.body)
            ids += [item["id"] for item in page["items"]]
            cursor = page["next_cursor"] or ""
            if not cursor:
                break
        return ids[:wanted]

    async def _create(
        self, entity: Entity, author: Author, place: str, number: int, position: int
    ) -> str | None:
        """The id of a new item, None where none could be made."""
        roles = self._creators(entity)
        if not roles:
            self._problem(entity, "no role may create one")
            return None
        role = roles[number % len(roles)]
        reason = ""
        for turn in range(_TRIES):
            body = author.body(number + turn * 10_000, position, bare=turn == _TRIES - 1)
            if body is None:
                self._problem(entity, "a required field has no value that is known to fit")
                return None
            handled = await self._send("POST", place, role, json.dumps(body).encode())
            if handled.answer.status == 201:
                made: str = json.loads(handled.answer.body)["id"]
                return made
            text = handled.answer.body.decode("utf-8", "replace")
            reason = f"{handled.answer.status} {text}"
        self._problem(entity, reason)
        return None

    def _problem(self, entity: Entity, reason: str) -> None:
        self.filled.problems.setdefault(entity.name.pascal, reason)

    def _creators(self, entity: Entity) -> list[str]:
        """Roles that may create one: below a parent, those that see every parent, if any does."""
        roles = self._roles(entity, Action.CREATE, OperationKind.CREATE)
        if entity.parent is None:
            return roles
        readers = self._entities[entity.parent].access[Action.READ].roles
        return [role for role in roles if role in readers] or roles

    def _roles(self, entity: Entity, action: Action, kind: OperationKind) -> list[str]:
        if all(operation.kind is not kind for operation in entity.operations):
            return []
        return [role for role in entity.access[action].roles if role in self._tokens]

    async def _send(
        self, method: str, path: str, role: str, body: bytes = b"", query: str = ""
    ) -> Handled:
        headers = {"authorization": self._tokens[role], "content-type": "application/json"}
        request = HttpRequest(method, path, query, headers, list(headers.items()), body)
        async with self._gate:
            return await self._handle(request)


def in_order(entities: Iterable[Entity]) -> list[Entity]:
    """Parents and targets of references before what needs them; a cycle as the spec has it."""
    waiting = list(entities)
    done: list[Entity] = []
    while waiting:
        names = {entity.key for entity in waiting}
        ready = [entity for entity in waiting if not (_needs(entity) - {entity.key}) & names]
        for entity in ready or waiting[:1]:
            done.append(entity)
            waiting.remove(entity)
    return done


def _needs(entity: Entity) -> set[EntityKey]:
    needs = {each.target for each in entity.references if each.target is not None}
    return needs | ({entity.parent} if entity.parent is not None else set())


def _children(place: int) -> int:
    """How many children the parent in a place gets: 2 to 6, not all the same."""
    low, high = CHILDREN
    return low + (place * 7 + 3) % (high - low + 1)
