"""Which function a path belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from nexus_gen.local.functions import Function
from nexus_gen.model import Model


@dataclass(frozen=True, slots=True)
class Route:
    """One resource of the API.

    Attributes:
        path: `/education/courses/{course_id}`.
        methods: that it has operations for, in the order of the spec.
    """

    path: str
    methods: tuple[str, ...]
    function: Function


Found = tuple[Route, dict[str, str]]
"""The route of a path, and its parameters, decoded."""


class _Node:
    __slots__ = ("children", "parameter", "route")

    def __init__(self) -> None:
        self.children: dict[str, _Node] = {}
        self.parameter: tuple[str, _Node] | None = None
        self.route: Route | None = None


class Routes:
    """Every resource, found part by part; a literal part wins over a parameter, as on AWS."""

    def __init__(self, routes: Iterable[Route] = ()) -> None:
        self._root = _Node()
        for route in routes:
            self._add(route)

    def find(self, path: str) -> Found | None:
        """The route of a request's path and its parameters, decoded."""
        node, parameters = self._root, {}
        for part in path.strip("/").split("/"):
            text = unquote(part) if "%" in part else part
            child = node.children.get(text)
            if child is None:
                if node.parameter is None or not text:
                    return None
                name, child = node.parameter
                parameters[name] = text
            node = child
        return None if node.route is None else (node.route, parameters)

    def _add(self, route: Route) -> None:
        node = self._root
        for part in route.path.strip("/").split("/"):
            if part.startswith("{"):
                if node.parameter is None:
                    node.parameter = (part[1:-1], _Node())
                node = node.parameter[1]
            else:
                node = node.children.setdefault(part, _Node())
        node.route = route


def routes_of(model: Model, functions: dict[str, Function]) -> Routes:
    """The resources of a model; `functions` has one for each vertical's name."""
    methods: dict[str, list[str]] = {}
    owners: dict[str, Function] = {}
    for vertical in model.verticals:
        for entity in vertical.entities:
            for operation in entity.operations:
                methods.setdefault(operation.path, []).append(operation.method)
                owners[operation.path] = functions[vertical.name.raw]
    return Routes(Route(path, tuple(methods[path]), owners[path]) for path in methods)
