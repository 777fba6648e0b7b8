"""The `lambda` backend: a Python package a vertical, and the layer that they share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from nexus_gen.backends.base import Artifact
from nexus_gen.backends.lambda_ import names
from nexus_gen.backends.lambda_.layer import load_layer
from nexus_gen.backends.lambda_.views import EntityView, HandlerView, PackageView
from nexus_gen.diagnostics import Span
from nexus_gen.model import Entity, Model, Vertical
from nexus_gen.render import render

LAYER = "lambda/shared/python"


class LambdaBackend:
    """Model to `lambda/`.

    Args:
        layer: gives the layer's files, by their path below `python/`.
    """

    name = "lambda"

    def __init__(self, layer: Callable[[], Mapping[str, bytes]] = load_layer) -> None:
        self._layer = layer

    def generate(self, model: Model) -> Iterable[Artifact]:
        """Handlers of each vertical, then the layer."""
        for vertical in model.verticals:
            yield from _package(model, vertical)
        for path, content in self._layer().items():
            yield Artifact(path=f"{LAYER}/{path}", content=content, template=path)


def _package(model: Model, vertical: Vertical) -> Iterator[Artifact]:
    folder = f"lambda/{vertical.name.kebab}-api/{vertical.name.snake}_api"
    yield _artifact(f"{folder}/__init__.py", "package", PackageView(vertical), vertical.span)
    yield _artifact(f"{folder}/handler.py", "handler", HandlerView(model, vertical), vertical.span)
    for entity in vertical.entities:
        content = render("lambda/entity.py.jinja", EntityView(entity))
        yield Artifact(
            path=f"{folder}/{names.module_name(entity.name)}.py",
            content=content,
            template="lambda/entity.py.jinja",
            sources=(entity.span, *(field.span for field in entity.fields)),
            anchors=tuple(_anchors(entity, content)),
        )


def _artifact(path: str, template: str, view: object, span: Span) -> Artifact:
    template = f"lambda/{template}.py.jinja"
    return Artifact(path, render(template, view), template, sources=(span,))


def _anchors(entity: Entity, content: bytes) -> Iterator[tuple[int, Span]]:
    """The whole module renders the entity; each entry of CHECKS a field of it."""
    yield 1, entity.span
    before, _, checks = content.partition(b"\nCHECKS = {\n")
    line = before.count(b"\n") + 3
    names = {field.name.snake.encode(): field.span for field in entity.fields}
    for text in checks.split(b"\n"):
        if text == b"}":
            yield line, entity.span
            return
        if text[4:5] == b'"' and (span := names.get(text[5 : text.find(b'"', 5)])) is not None:
            yield line, span
        line += 1
