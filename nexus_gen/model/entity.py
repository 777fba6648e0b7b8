"""Entities: what a vertical holds, resolved."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from nexus_gen.diagnostics import Span
from nexus_gen.model.field_types import FieldType
from nexus_gen.model.name import Name


class OnDelete(StrEnum):
    """What happens to an item when the item that it refers to is deleted."""

    RESTRICT = "restrict"
    CASCADE = "cascade"
    DETACH = "detach"


@dataclass(frozen=True, slots=True)
class EntityKey:
    """Who an entity is: enough to name it from anywhere without holding it.

    Attributes:
        vertical: the vertical that it belongs to.
        name: `Course`.
        parent: the chain of ancestors, outermost first.
    """

    vertical: Name
    name: Name
    parents: tuple[Name, ...] = ()

    @property
    def id_parameter(self) -> str:
        """Path parameter that carries an id of this entity: `course_id`."""
        return f"{self.name.snake}_id"

    @property
    def collection_path(self) -> str:
        """`/education/courses/{course_id}/lessons`"""
        path = f"/{self.vertical.kebab}"
        for parent in self.parents:
            path += f"/{parent.plural.kebab}/{{{parent.snake}_id}}"
        return f"{path}/{self.name.plural.kebab}"

    @property
    def item_path(self) -> str:
        """`/education/courses/{course_id}`"""
        return f"{self.collection_path}/{{{self.id_parameter}}}"


@dataclass(frozen=True, slots=True)
class Constraints:
    """Bounds of a field's value; None means the type has no such bound.

    Lengths count Unicode code points. `minimum` and `maximum` are an int for `integer`, a decimal
    in canonical string form for `number` and `decimal`.
    """

    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    minimum: int | str | None = None
    maximum: int | str | None = None
    scale: int | None = None
    values: tuple[str, ...] = ()
    min_items: int | None = None
    max_items: int | None = None
    max_bytes: int | None = None
    max_depth: int | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an entity, of an object, or the element of a list or map.

    Attributes:
        required: a client must give it at creation, and may never clear it.
        immutable: a client may give it at creation only.
        default: JSON value used where a client gives none; meaningful if `has_default`.
        target: for `ref`, the entity that it points to.
        on_delete: for `ref`, what happens here when the target is deleted.
        of: for `list` and `map`, the element.
        fields: for `object`, its members.
    """

    name: Name
    type: FieldType
    span: Span
    description: str = ""
    required: bool = False
    immutable: bool = False
    has_default: bool = False
    default: Any = None
    constraints: Constraints = Constraints()
    target: EntityKey | None = None
    on_delete: OnDelete = OnDelete.RESTRICT
    of: Field | None = None
    fields: tuple[Field, ...] = ()

    @property
    def always_present(self) -> bool:
        """Whether every stored item carries a value: it is required or has a default."""
        return self.required or (self.has_default and self.default is not None)


@dataclass(frozen=True, slots=True)
class Index:
    """A query that the entity serves: equality on `match`, order by `sort`.

    Attributes:
        slot: 1-based number of the table's index that holds it (`gsi1`).
        match: fields that a request must filter by, all of them; may be `created_by`.
        sort: field that orders a page, None for order of creation; may be `created_at` or
            `updated_at`.
    """

    name: Name
    slot: int
    span: Span
    match: tuple[Field, ...]
    sort: Field | None


@dataclass(frozen=True, slots=True)
class AccessRule:
    """Who may do one action: members of any of `roles`, and the item's creator if `owner`."""

    roles: tuple[str, ...]
    owner: bool = False


class Action(StrEnum):
    """What an access rule speaks of."""

    READ = "read"
    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"


class OperationKind(StrEnum):
    """What a route does."""

    LIST = "list"
    CREATE = "create"
    GET = "get"
    UPDATE = "update"
    DELETE = "delete"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class Operation:
    """One route of the API.

    Attributes:
        name: `list_courses`, `create_course`; unique within the vertical. It is the generated
            Python function and, in camel case, the OpenAPI operationId.
        path: API Gateway resource path, `/education/courses/{course_id}`.
        access: who may call it.
    """

    kind: OperationKind
    name: Name
    method: str
    path: str
    access: AccessRule

    @property
    def path_parameters(self) -> tuple[str, ...]:
        """Names in braces, outermost first: `("course_id", "lesson_id")`."""
        return tuple(part[1:-1] for part in self.path.split("/") if part.startswith("{"))


@dataclass(frozen=True, slots=True)
class SoftDelete:
    """Deleted items stay in the trash for `retain_seconds`, then expire."""

    retain_seconds: int


@dataclass(frozen=True, slots=True)
class Dependent:
    """A relation that points at this entity: a child, or a ref field of another entity.

    Attributes:
        entity: who points here.
        field: its ref field, None where it is a child.
        index: name of the index that finds its items by that field; None for a child, and for
            `restrict`, which needs no search.
    """

    entity: EntityKey
    field: Name | None
    on_delete: OnDelete
    index: Name | None


@dataclass(frozen=True, slots=True)
class Entity:
    """What a vertical holds many of.

    Attributes:
        fields: what a client writes, in the order of the spec (system fields are not here).
        unique: sets of fields whose values no two live items of an organization share.
        operations: its routes, in the order list, create, get, update, delete, restore; an action
            that no rule allows has no route.
        require_if_match: whether PATCH and DELETE without `If-Match` are refused with 428.
    """

    key: EntityKey
    span: Span
    description: str
    fields: tuple[Field, ...]
    parent: EntityKey | None
    indexes: tuple[Index, ...]
    unique: tuple[Field, ...]
    access: dict[Action, AccessRule]
    operations: tuple[Operation, ...]
    dependents: tuple[Dependent, ...]
    soft_delete: SoftDelete | None
    require_if_match: bool

    @property
    def name(self) -> Name:
        """`Course`"""
        return self.key.name

    @property
    def references(self) -> tuple[Field, ...]:
        """Its ref fields."""
        return tuple(field for field in self.fields if field.target is not None)

    @property
    def required(self) -> tuple[Field, ...]:
        """Fields that a client must give."""
        return tuple(field for field in self.fields if field.required)


SYSTEM_FIELDS = ("id", "created_at", "created_by", "updated_at", "updated_by", "version")
"""Fields that every item has and no client sets; a child has its parent's id besides."""

TRASH_FIELDS = ("deleted_at", "restorable_until")
"""Fields that items of an entity with soft delete have in the list of its trash."""
