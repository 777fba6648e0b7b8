"""Any spec that keeps the rules becomes a model in which nothing collides."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from nexus_gen.analysis.rules.table_indexes import MAX_INDEXES
from nexus_gen.model import Entity, Model, Vertical
from nexus_gen.model.resource_names import shared_names, vertical_names
from tests.sizes import examples

from .documents import NEXUS, PRODUCT, compiled

_FIELDS: dict[str, dict[str, Any]] = {
    "title": {"type": "string", "required": True, "max_length": 120},
    "summary": {"type": "text", "max_length": 2000},
    "slug": {"type": "slug", "immutable": True},
    "contact": {"type": "email"},
    "site": {"type": "url"},
    "token": {"type": "uuid"},
    "seats": {"type": "integer", "minimum": 1, "maximum": 99, "default": 10},
    "score": {"type": "number"},
    "price": {"type": "decimal", "minimum": "0", "scale": 2},
    "active": {"type": "boolean", "default": True},
    "starts_on": {"type": "date"},
    "due_at": {"type": "datetime"},
    "takes": {"type": "duration", "default": "PT1H"},
    "level": {"type": "enum", "values": ["low", "high"], "default": "low"},
    "code": {"type": "string", "pattern": "^[A-Z]{3}-[0-9]{4}$", "max_length": 8},
    "tags": {"type": "list", "of": {"type": "string", "max_length": 40}, "max_items": 20},
    "labels": {"type": "map", "of": {"type": "boolean"}, "max_items": 20},
    "place": {"type": "object", "fields": {"city": {"type": "string", "required": True}}},
    "extra": {"type": "json", "max_bytes": 2000},
}
_MATCH = ("slug", "contact", "token", "active", "starts_on", "level", "code", "created_by")
_SORT = ("title", "seats", "score", "price", "due_at", "starts_on", "updated_at")
_NAMES = (
    *("Course", "Lesson", "Person", "Category", "Item", "Response", "Index", "Calendar", "Json"),
    *(
        "APIKey",
        "HTTPServer2",
        "Box",
        "Status",
        "Data",
        "Track",
        "CourseModule",
        "Zone",
        "Attribute",
    ),
)
_VERTICALS = ("education", "sales", "lab", "agent_builder", "community2")
_ROLES = st.lists(st.sampled_from(["admin", "member"]), min_size=1, unique=True)


@st.composite
def _entity(draw: st.DrawFn, earlier: tuple[str, ...], roots: tuple[str, ...]) -> dict[str, Any]:
    names = draw(st.lists(st.sampled_from(sorted(_FIELDS)), min_size=1, unique=True))
    fields = {name: _FIELDS[name] for name in names}
    parent = draw(st.sampled_from(earlier)) if earlier and draw(st.booleans()) else None
    if roots and draw(st.booleans()):
        fields["other"] = {"type": "ref", "to": draw(st.sampled_from(roots))}
    entity: dict[str, Any] = {"fields": fields, "access": {"read": draw(_ROLES)}}
    for action in ("create", "update", "delete"):
        if draw(st.booleans()):
            entity["access"][action] = draw(_ROLES)
    if parent is not None:
        entity["parent"] = parent
    elif draw(st.booleans()):
        entity["delete"] = {"soft": True, "retain": draw(st.sampled_from(["1d", "36h", "3650d"]))}
    unique = [name for name in ("slug", "contact") if name in names]
    if unique and draw(st.booleans()):
        entity["unique"] = unique
    if indexes := draw(_indexes(fields)):
        entity["indexes"] = indexes
    return entity


def _indexes(fields: Iterable[str]) -> st.SearchStrategy[dict[str, Any]]:
    match = [name for name in _MATCH if name in fields or name == "created_by"]
    sort = [name for name in _SORT if name in fields or name == "updated_at"]
    queries = st.tuples(st.sampled_from(match), st.none() | st.sampled_from(sort))
    different = st.lists(queries, unique=True, max_size=6)
    return different.map(
        lambda found: {
            f"by_{number}": {"match": [one]} | ({"sort": order} if order not in (None, one) else {})
            for number, (one, order) in enumerate(_without_repeats(found))
        }
    )


def _without_repeats(queries: Iterable[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    """Ordering by what is matched orders nothing, so it is the same query as without."""
    return list(dict.fromkeys((one, None if order == one else order) for one, order in queries))


@st.composite
def _vertical(draw: st.DrawFn, name: str) -> str:
    entities: dict[str, Any] = {}
    for entity in draw(st.lists(st.sampled_from(_NAMES), min_size=1, max_size=6, unique=True)):
        roots = tuple(name for name, one in entities.items() if "parent" not in one)
        entities[entity] = draw(_entity(tuple(entities), roots))
    return json.dumps({"vertical": name, "entities": entities})


@st.composite
def _specs(draw: st.DrawFn) -> dict[str, str]:
    names = draw(st.lists(st.sampled_from(_VERTICALS), min_size=1, max_size=3, unique=True))
    files = {f"spec/verticals/{name}.yaml": draw(_vertical(name)) for name in names}
    return {NEXUS: PRODUCT, **files}


@examples(ci=60, soak=1_000, suppress_health_check=[HealthCheck.too_slow])
@given(_specs())
def test_a_valid_spec_becomes_a_model_in_which_nothing_collides(files: dict[str, str]) -> None:
    model = compiled(files)
    _assert_distinct(
        (operation.method, operation.path)
        for vertical in model.verticals
        for entity in vertical.entities
        for operation in entity.operations
    )
    for environment in model.environments:
        _assert_distinct(
            (name.kind, name.value)
            for names in (
                shared_names(model, environment.name),
                *(vertical_names(model, v, environment.name) for v in model.verticals),
            )
            for name in names
        )
    for vertical in model.verticals:
        _assert_sound(model, vertical)


def _assert_sound(model: Model, vertical: Vertical) -> None:
    keys = {entity.key for entity in vertical.entities}
    _assert_distinct(entity.name.snake for entity in vertical.entities)
    _assert_distinct(entity.name.pascal for entity in vertical.entities)
    _assert_distinct(entity.name.plural.snake for entity in vertical.entities)
    _assert_distinct(o.name.snake for entity in vertical.entities for o in entity.operations)
    roles = {name for name, _ in model.tenancy.roles}
    for entity in vertical.entities:
        _assert_distinct(field.name.camel for field in entity.fields)
        _assert_distinct(index.slot for index in entity.indexes)
        assert all(0 < index.slot <= MAX_INDEXES for index in entity.indexes)
        assert entity.parent is None or entity.parent in keys
        assert {field.target for field in entity.references} <= keys
        assert all(roles.issuperset(rule.roles) for rule in entity.access.values())
    _assert_inverse(vertical)


def _assert_inverse(vertical: Vertical) -> None:
    """Dependents say exactly what parents and references say, from the other side."""
    forward = {
        (target, entity.key, name)
        for entity in vertical.entities
        for target, name in _targets(entity)
    }
    backward = {
        (entity.key, dependent.entity, dependent.field and dependent.field.raw)
        for entity in vertical.entities
        for dependent in entity.dependents
    }
    assert forward == backward


def _targets(entity: Entity) -> Iterable[tuple[Any, str | None]]:
    if entity.parent is not None:
        yield entity.parent, None
    for field in entity.references:
        yield field.target, field.name.raw


def _assert_distinct(values: Iterable[Any]) -> None:
    found = list(values)
    assert len(found) == len(set(found)), found
