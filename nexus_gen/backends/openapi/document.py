"""The OpenAPI document of a model: a text of parts that know the entity they come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from nexus_gen.backends.openapi import components, examples, schemas
from nexus_gen.backends.openapi.names import SchemaNames, operation_ids, schema_names
from nexus_gen.backends.openapi.operations import identifier_name, operation, path_parameters
from nexus_gen.backends.openapi.writer import dump
from nexus_gen.diagnostics import Span
from nexus_gen.model import Entity, EntityKey, Model

VERSION = "3.1.1"
"""Of the OpenAPI Specification; its schemas are JSON Schema 2020-12."""

Part = tuple[str, Span | None]
"""Lines of the document, and the entity that they describe."""


def document(model: Model) -> Iterator[Part]:
    """Every part, in order."""
    names = schema_names(model)
    ids = operation_ids(model)
    entities = [entity for vertical in model.verticals for entity in vertical.entities]
    yield dump(_head(model, entities, names)), None
    if any(entity.operations for entity in entities):
        yield "paths:\n", None
    else:
        yield "paths: {}\n", None
    for entity in entities:
        if entity.operations:
            yield dump(_paths(entity, names[entity.key], ids), 2), entity.span
    yield "components:\n", None
    yield dump(_shared(model, entities), 2), None
    yield "  schemas:\n", None
    yield dump(components.SCHEMAS, 4), None
    depth = schemas.json_depth(field for entity in entities for field in entity.fields)
    if depth is not None:
        yield dump(schemas.json_schemas(depth), 4), None
    for entity in entities:
        if entity.operations:
            yield dump(_schemas(entity, names[entity.key]), 4), entity.span


def _head(
    model: Model, entities: Iterable[Entity], names: Mapping[EntityKey, SchemaNames]
) -> dict[str, Any]:
    return {
        "openapi": VERSION,
        "info": {
            "title": f"{model.product.name} API",
            "version": "1",
            "description": "\n".join(["Every entity behaves alike.", "", *_verticals(model)]),
        },
        "security": [{"cognito": []}],
        "tags": [_tag(entity, names[entity.key]) for entity in entities if entity.operations],
    }


def _verticals(model: Model) -> Iterator[str]:
    for vertical in model.verticals:
        text = " ".join(vertical.description.split())
        yield f"- `/{vertical.name.kebab}`: {text}" if text else f"- `/{vertical.name.kebab}`"


def _tag(entity: Entity, names: SchemaNames) -> dict[str, Any]:
    tag = {"name": names.tag}
    return tag | {"description": entity.description} if entity.description else tag


def _paths(entity: Entity, names: SchemaNames, ids: dict[tuple[str, str], str]) -> dict[str, Any]:
    """Path items of one entity."""
    paths: dict[str, Any] = {}
    for one in entity.operations:
        if one.path not in paths:
            parameters = path_parameters(entity.key, one.path)
            paths[one.path] = {"parameters": parameters} if parameters else {}
        id = ids[entity.key.vertical.raw, one.name.raw]
        paths[one.path][one.method.lower()] = operation(entity, one, names, id)
    return paths


def _shared(model: Model, entities: Iterable[Entity]) -> dict[str, Any]:
    identifiers = {identifier_name(entity.key): _identifier(entity) for entity in entities}
    tenancy = model.tenancy
    return {
        "securitySchemes": {
            "cognito": components.security_scheme(tenancy.roles, tenancy.claim),
        },
        "headers": components.HEADERS,
        "parameters": components.PARAMETERS | identifiers,
        "responses": components.responses(),
    }


def _identifier(entity: Entity) -> dict[str, Any]:
    return {
        "name": entity.key.id_parameter,
        "in": "path",
        "required": True,
        "description": f"Id of the {entity.name.text}.",
        "schema": {"type": "string", "pattern": schemas.ULID},
        "example": examples.IDENTIFIER,
    }


def _schemas(entity: Entity, names: SchemaNames) -> dict[str, Any]:
    """Schemas that the operations of an entity use, with an example where one is known."""
    made = schemas.EntitySchemas(entity)
    wanted = {
        names.answer: (made.answer(), examples.answer(entity)),
        names.creation: (made.creation(), examples.creation(entity)),
        names.patch: (made.patch(), examples.patch(entity)),
        names.page: (schemas.page(names.answer), None),
    }
    return {
        name: schema | {"examples": [example]} if example else schema
        for name, (schema, example) in wanted.items()
    }
