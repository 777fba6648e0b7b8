"""The `client` backend: one TypeScript package for the whole product."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from nexus_gen.backends.base import Artifact
from nexus_gen.backends.client.names import ClientNames, client_names, folder_name
from nexus_gen.backends.client.views import (
    EntityView,
    Graph,
    ModelView,
    PackageView,
    ReadmeView,
    VerticalView,
    package_name,
)
from nexus_gen.diagnostics import Span
from nexus_gen.model import Entity, Model
from nexus_gen.render import render, static

CORE_FILES = (
    "cache.ts",
    "client.ts",
    "config.ts",
    "errors.ts",
    "index.ts",
    "json.ts",
    "merge.ts",
    "metadata.ts",
    "mutations.ts",
    "operations.ts",
    "pending.ts",
    "provider.ts",
    "queries.ts",
    "random.ts",
)
"""Modules that no spec changes."""

STATIC = (
    "tsconfig.json",
    *(f"src/core/{name}" for name in CORE_FILES),
    "src/local/absent.ts",
    "src/local/index.ts",
)

LOCAL = "./src/local/index.ts"


class ClientBackend:
    """Model to `client/`."""

    name = "client"

    def generate(self, model: Model) -> Iterator[Artifact]:
        """What is copied, what is rendered once, and a module an entity."""
        for path in STATIC:
            template = f"client/{path}"
            yield Artifact(path=template, content=static(template), template=template)
        everything = tuple(vertical.span for vertical in model.verticals)
        yield Artifact("client/package.json", _package(model), "", sources=(model.product.span,))
        yield _artifact("README.md", "README.md", ReadmeView(model), everything)
        yield _artifact("src/index.ts", "src/index.ts", PackageView(model), everything)
        yield _artifact("src/model.ts", "src/model.ts", ModelView(model), everything)
        names = client_names(model)
        graph = {e.key: e for vertical in model.verticals for e in vertical.entities}
        for vertical in model.verticals:
            served = [entity for entity in vertical.entities if entity.operations]
            folder = f"src/verticals/{folder_name(vertical)}"
            if served:
                view = VerticalView(vertical, names)
                yield _artifact(f"{folder}/index.ts", "src/vertical.ts", view, (vertical.span,))
            for entity in served:
                yield _module(folder, entity, names[entity.key], graph)


def _module(folder: str, entity: Entity, names: ClientNames, graph: Graph) -> Artifact:
    spans = (entity.span, *(field.span for field in entity.fields))
    view = EntityView(entity, names, graph)
    return _artifact(f"{folder}/{names.module}.ts", "src/entity.ts", view, spans)


def _artifact(path: str, template: str, view: object, sources: tuple[Span, ...]) -> Artifact:
    template = f"client/{template}.jinja"
    return Artifact(f"client/{path}", render(template, view), template, sources=sources)


def _package(model: Model) -> bytes:
    """`package.json`: TypeScript as it is, which the frontend's bundler compiles along."""
    package: dict[str, Any] = {
        "name": package_name(model),
        "version": "0.0.0",
        "description": f"Client of the {model.product.name} API. Generated; do not edit.",
        "private": True,
        "type": "module",
        "sideEffects": False,
        "exports": {
            ".": "./src/index.ts",
            "./local": {
                "types": LOCAL,
                "development": LOCAL,
                "default": "./src/local/absent.ts",
            },
            "./model": "./src/model.ts",
        },
        "files": ["src"],
        "dependencies": {"ky": "^1.14.3"},
        "peerDependencies": {"@tanstack/react-query": "^5.62.0", "react": ">=18"},
    }
    return f"{json.dumps(package, indent=2)}\n".encode()
