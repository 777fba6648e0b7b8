"""Routes as their decorators and functions."""

from __future__ import annotations

from typing import NamedTuple

from nexus_gen.backends.lambda_.docstrings import docstring_of, with_article
from nexus_gen.backends.lambda_.faces import strings
from nexus_gen.backends.lambda_.layout import (
    INDENT,
    Expression,
    String,
    Text,
    call,
    lay_out,
    signature,
)
from nexus_gen.model import Entity, Operation, OperationKind
from nexus_gen.render import Code

ANSWERS = {
    OperationKind.LIST: "page",
    OperationKind.CREATE: "created",
    OperationKind.GET: "found",
    OperationKind.UPDATE: "found",
    OperationKind.DELETE: "no_content",
    OperationKind.RESTORE: "found",
}
"""The function of `nexus_runtime.http` that makes each answer."""


class RouteView(NamedTuple):
    """One route.

    Attributes:
        decorator: what follows the `@`.
        signature: `def list_courses(request: Request) -> Response:`
        answers_nothing: whether the answer is 204.
        result: the expression that the function returns, or calls before it answers nothing.
    """

    decorator: Code
    signature: Code
    docstring: Code
    answers_nothing: bool
    result: Code


def route_views(entity: Entity, collection: str) -> list[RouteView]:
    """The entity's routes in the order of the model."""
    return [_route(entity, operation, collection) for operation in entity.operations]


def _route(entity: Entity, operation: Operation, collection: str) -> RouteView:
    answers_nothing = operation.kind is OperationKind.DELETE
    done = call(f"{collection}.{operation.kind.value}", Text("request"))
    result = done if answers_nothing else call(ANSWERS[operation.kind], Text("request"), done)
    return RouteView(
        decorator=lay_out(_decorator(operation), lead=1),
        signature=lay_out(signature(operation.name.snake, "request", Text("Request"), "Response")),
        docstring=docstring_of(_docstring(entity, operation.kind), INDENT),
        answers_nothing=answers_nothing,
        result=lay_out(result, indent=INDENT, lead=0 if answers_nothing else len("return ")),
    )


def _decorator(operation: Operation) -> Expression:
    keywords: dict[str, Expression] = {"allow": strings(operation.access.roles)}
    if operation.access.owner:
        keywords["owner"] = Text("True")
    return call("route", String(operation.method), String(operation.path, whole=True), **keywords)


def _docstring(entity: Entity, kind: OperationKind) -> str:
    one, many = with_article(entity.name.text), entity.name.plural.text
    match kind:
        case OperationKind.LIST:
            if entity.indexes:
                return f"One page of {many}, filtered and ordered as an index serves."
            return f"One page of {many}, in order of creation."
        case OperationKind.CREATE:
            return f"Create {one} in the caller's organization."
        case OperationKind.GET:
            return f"One {entity.name.text}."
        case OperationKind.UPDATE:
            return f"Change {one} by JSON Merge Patch."
        case OperationKind.DELETE:
            if entity.soft_delete is not None:
                return f"Move {one} to the trash."
            return f"Delete {one}."
        case OperationKind.RESTORE:
            return f"Bring {one} back from the trash."
