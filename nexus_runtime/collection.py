"""Collections: how the items of one entity are listed, created, read, changed and deleted.

What each operation does stands in a module of its own, which is imported when it is first needed:
a container that has just started answers its first request sooner.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Generic, NamedTuple, TypeVar

from nexus_runtime import dynamodb, ulid
from nexus_runtime.access import readable
from nexus_runtime.attributes import Item
from nexus_runtime.checks import Check
from nexus_runtime.http import Page, Request, Route
from nexus_runtime.keys import Ancestors, Key, Tenant, primary_key, trash_key
from nexus_runtime.problems import not_found
from nexus_runtime.record import Record

T = TypeVar("T", bound=Record)


class Index(NamedTuple):
    """A query that a collection serves: equality on `match`, order by `sort`.

    Attributes:
        name: `by_level`, a part of its partition keys.
        slot: the table's index that holds it, `gsi1`.
        match: fields that a request filters by, all of them; `created_by` may be one.
        sort: field that orders a page, None for order of creation.
    """

    name: str
    slot: str
    match: tuple[str, ...] = ()
    sort: str | None = None


class Reference(NamedTuple):
    """A field that holds the id of an item of entity `to`.

    `on_delete` says what happens here when that item is deleted: `restrict`, `cascade` or `detach`.
    """

    field: str
    to: str
    on_delete: str = "restrict"


class Dependent(NamedTuple):
    """A relation that points at a collection: a child's, or a ref field of `collection`."""

    collection: Collection[Any]
    reference: Reference | None


class Collection(Generic[T]):
    """The items of one entity.

    Attributes:
        entity: the entity's name in keys, `course`; `course_id` is its path parameter.
        path: resource path of the collection.
        checks: the check of each field, in the order of answers.
        encode, decode: between a record and the attributes that DynamoDB stores.
        keys: the key attributes of a record below some ancestors, of the table and of every index.
        required, immutable: fields that a client must give, and may give at creation only.
        defaults: values of fields that a client leaves out or clears.
        unique: fields whose values no two live items of an organization share.
        retain_seconds: how long deleted items stay in the trash; None where there is none.
        parent, parent_id: of a child, its parent's entity and the path parameter (and field) with
            that one's id.
        require_if_match: PATCH and DELETE without `If-Match` are refused with 428.
    """

    def __init__(
        self,
        *,
        entity: str,
        path: str,
        checks: Mapping[str, Check],
        encode: Callable[[T], Item],
        decode: Callable[[Item], T],
        keys: Callable[[Tenant, T, Ancestors], Item],
        required: tuple[str, ...] = (),
        immutable: tuple[str, ...] = (),
        defaults: Mapping[str, Any] | None = None,
        unique: tuple[str, ...] = (),
        indexes: tuple[Index, ...] = (),
        references: tuple[Reference, ...] = (),
        retain_seconds: int | None = None,
        parent: str | None = None,
        parent_id: str | None = None,
        require_if_match: bool = False,
    ) -> None:
        self.entity = entity
        self.path = path
        self.checks = checks
        self.encode = encode
        self._decode = decode
        self.keys = keys
        self.required = frozenset(required)
        self.immutable = frozenset(immutable)
        self.defaults: Mapping[str, Any] = defaults or {}
        self.unique = unique
        self.indexes = indexes
        self.references = references
        self.retain_seconds = retain_seconds
        self.parent = parent
        self.parent_id = parent_id
        self.require_if_match = require_if_match
        self.id_parameter = f"{entity}_id"
        self._ancestor_parameters = re.findall(r"\{(\w+)\}", path)
        self.above: Collection[Any] | None = None
        self.targets: Mapping[str, Collection[Any]] = {}
        self.reading: Route | None = None
        self.dependents: tuple[Dependent, ...] = ()
        self.trash_readers: frozenset[str] = frozenset()

    def decode(self, item: Item) -> T:
        """The record of a stored item; None for what cannot be read, which is noted for the log."""
        try:
            return self._decode(item)
        except Exception:
            from nexus_runtime import unreadable

            record: T = unreadable.decode(self, self._decode, item)
            return record

    def unreadable(self, item: Item) -> frozenset[str]:
        """Names of the attributes that cannot be read: fields, and stamps that are missing."""
        try:
            self._decode(item)
        except Exception:
            from nexus_runtime import unreadable

            return unreadable.names(self, self._decode, item)
        return frozenset()

    def list(self, request: Request) -> Page[T]:
        """One page, in the order and with the filters that an index serves.

        Query parameters: fields of an index, `sort` (`-` before it for descending), `limit` (1 to
        100, 20 unless given), `cursor`, and `deleted=true` for the trash, whose items have
        `TRASH_FIELDS` besides. Everything else is 400.
        """
        from nexus_runtime import listing

        return listing.read(self, request)

    def create(self, request: Request) -> T:
        """Create an item; with `Idempotency-Key`, the item of the first answer to that key."""
        from nexus_runtime import writes

        created: T = writes.create(self, request)
        return created

    def get(self, request: Request) -> T:
        """One item; 404 where it is absent, in the trash, or only its creator may know of it."""
        item = dynamodb.get(request.tenant, self.key(request))
        return self.decode(readable(self, request, item))

    def update(self, request: Request) -> T:
        """Change an item by JSON Merge Patch; the item as it is then."""
        from nexus_runtime import writes

        updated: T = writes.update(self, request)
        return updated

    def delete(self, request: Request) -> None:
        """Delete an item, or move it to the trash; dependents as their relation says."""
        from nexus_runtime import deletion

        deletion.delete(self, request)

    def restore(self, request: Request) -> T:
        """Bring an item back from the trash."""
        from nexus_runtime import trash

        restored: T = trash.restore(self, request)
        return restored

    def ancestors(self, request: Request) -> Ancestors:
        """The ancestors that the request's path names; 404 where one of them cannot be an id."""
        return tuple([_id(request, parameter) for parameter in self._ancestor_parameters])

    def key(self, request: Request) -> Key:
        """Table key of the item that the request's path names; 404 where it cannot be one."""
        id = _id(request, self.id_parameter)
        return primary_key(request.tenant, self.entity, id, self.ancestors(request))

    def trash_key(self, request: Request) -> Key:
        """Key in the trash of the item that the request's path names."""
        id = _id(request, self.id_parameter)
        return trash_key(request.tenant, self.entity, id, self.ancestors(request))

    def index_of(self, field: str) -> Index | None:
        """The index that finds items by one field alone, across the organization."""
        if self.parent is not None:
            return None
        return next((index for index in self.indexes if index.match == (field,)), None)


def _id(request: Request, parameter: str) -> str:
    id = request.path_parameters.get(parameter)
    if id is None or not ulid.is_valid(id):
        raise not_found()
    return id
