"""Code that compiles only if the client's types are those of the OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.backends.client.names import client_names
from nexus_gen.backends.openapi.names import schema_names
from nexus_gen.model import Model, OperationKind

_HEAD = """\
import type * as client from "{package}/src/index.js";
import type {{ components, paths }} from "./openapi.js";

export type Schemas = components["schemas"];
export type Equals<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
export type Flat<T> = T extends unknown ? {{ [K in keyof T]: T[K] }} : never;
export type Keys<T> = T extends unknown ? keyof T : never;
export type Mutable<T> = {{ -readonly [K in keyof T]: T[K] }};
export type Get<Q> = {{ get: {{ parameters: {{ query?: Q }} }} }};
export type Query<P extends keyof paths> =
  paths[P] extends Get<infer Q> ? Omit<NonNullable<Q>, "cursor"> : never;
export function same<A, B>(_: Equals<A, B>): void {{}}
export function served<A extends B, B>(_?: [A, B]): void {{}}
"""


def module(model: Model, package: str) -> str:
    """The module; the derived types are `openapi.ts` beside it."""
    return "\n".join([_HEAD.format(package=package), *_statements(model), ""])


def _statements(model: Model) -> Iterator[str]:
    names, schemas = client_names(model), schema_names(model)
    yield 'same<Mutable<client.FieldError>, Schemas["FieldError"]>(true);'
    for entity in (e for vertical in model.verticals for e in vertical.entities if e.operations):
        ours, theirs = names[entity.key], schemas[entity.key]
        kinds = {operation.kind for operation in entity.operations}
        yield f'same<client.{ours.item}, Schemas["{theirs.answer}"]>(true);'
        if OperationKind.CREATE in kinds:
            yield f'same<client.{ours.creation}, Schemas["{theirs.creation}"]>(true);'
        if OperationKind.UPDATE in kinds:
            yield f'same<client.{ours.patch}, Schemas["{theirs.patch}"]>(true);'
        if OperationKind.LIST in kinds:
            yield f'same<client.Page<client.{ours.item}>, Schemas["{theirs.page}"]>(true);'
            path = f'Query<"{entity.key.collection_path}">'
            yield f"served<Flat<client.{ours.query}>, {path}>();"
            yield f"same<Keys<client.{ours.query}>, keyof {path}>(true);"
