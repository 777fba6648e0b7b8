"""Model to Terraform: one module a vertical, what they share, the routes, and the two roots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from nexus_gen.backends.base import Artifact
from nexus_gen.backends.terraform.layout import anchors
from nexus_gen.backends.terraform.verticals import VerticalView, adoption, vertical_view
from nexus_gen.backends.terraform.views import (
    backend_view,
    environment_view,
    extended_view,
    routes_view,
    separate_view,
)
from nexus_gen.diagnostics import Span
from nexus_gen.model import Adoption, Model, Vertical
from nexus_gen.render import render, static

VERSIONS = "terraform/versions.tf"
SHARED = ("variables.tf", "keys.tf", "layer.tf", "outputs.tf")
ROUTES = ("variables.tf", "methods.tf", "cors.tf", "outputs.tf")
VERTICAL = ("function.tf", "routes.tf", "iam.tf", "monitoring.tf", "outputs.tf")
VERTICAL_STATIC = ("variables.tf", "network.tf")
SHARED_LOGS = "logs.tf"
"""In the module of what verticals share, and in theirs, where functions share a log group."""
BACKEND = ("main.tf", "identity.tf", "variables.tf", "outputs.tf")
SEPARATE = ("versions.tf", "providers.tf", "variables.tf", "core.tf", "main.tf")


class TerraformBackend:
    """Renders `generated/terraform/`."""

    name = "terraform"

    def generate(self, model: Model) -> Iterable[Artifact]:
        """Every Terraform file, in order of path within each folder."""
        views = [vertical_view(model, vertical) for vertical in model.verticals]
        yield from _backend(model, views)
        yield from _modules(model)
        for vertical, view in zip(model.verticals, views, strict=True):
            yield from _vertical(vertical, view)
        yield from _roots(model)
        for environment in model.environments:
            yield _rendered(
                f"environments/{environment.name}.tfvars",
                "environments/environment.tfvars",
                environment_view(environment),
                (environment.span,),
            )


def _backend(model: Model, views: Sequence[VerticalView]) -> Iterator[Artifact]:
    sources = (model.product.span, *(vertical.span for vertical in model.verticals))
    view = backend_view(model, views)
    for file in BACKEND:
        yield _rendered(f"backend/{file}", f"backend/{file}", view, sources)
    yield _copied("backend/versions.tf", VERSIONS, (model.product.span,))


def _modules(model: Model) -> Iterator[Artifact]:
    sources = (model.product.span,)
    logs = (SHARED_LOGS,) if model.product.shared_log_group else ()
    for folder, files in (("shared", (*SHARED, *logs)), ("routes", ROUTES)):
        for file in files:
            yield _copied(f"modules/{folder}/{file}", f"terraform/modules/{folder}/{file}", sources)
        yield _copied(f"modules/{folder}/versions.tf", VERSIONS, sources)
    resources = "modules/routes/resources.tf"
    yield _rendered(resources, resources, routes_view(model), sources)


def _vertical(vertical: Vertical, view: VerticalView) -> Iterator[Artifact]:
    folder = f"modules/{view.kebab}"
    marks = _marks(vertical, view)
    sources = (vertical.span, *(entity.span for entity in vertical.entities))
    for file, template in (*_table_files(vertical), *((file, file) for file in VERTICAL)):
        yield _rendered(
            f"{folder}/{file}", f"modules/vertical/{template}", view, sources, marks.get(file, ())
        )
    logs = (SHARED_LOGS,) if view.shares_log_group else ()
    for file in (*VERTICAL_STATIC, *logs):
        yield _copied(f"{folder}/{file}", f"terraform/modules/vertical/{file}", (vertical.span,))
    yield _copied(f"{folder}/versions.tf", VERSIONS, (vertical.span,))


def _table_files(vertical: Vertical) -> Iterator[tuple[str, str]]:
    """Files that speak of the table, and their templates: ours, an adopted one, or both."""
    match adoption(vertical):
        case Adoption.REFERENCE:
            yield "table.tf", "existing_table.tf"
        case Adoption.IMPORT:
            yield "table.tf", "table.tf"
            yield "existing_table.tf", "existing_table.tf"
        case None:
            yield "table.tf", "table.tf"


def _marks(vertical: Vertical, view: VerticalView) -> dict[str, list[tuple[str, Span]]]:
    """By file, where its lines stop to stand for the vertical and stand for a part of it."""
    queries = [(f"# {index.queries}", index.span) for index in view.indexes]
    return {
        "table.tf": [*queries, ("point_in_time_recovery {", vertical.span)],
        "routes.tf": [*view.route_spans, ("}", vertical.span)],
    }


def _roots(model: Model) -> Iterator[Artifact]:
    sources = (model.integration.span,)
    extended = "roots/extended/nexus.tf"
    yield _rendered(extended, extended, extended_view(model), sources)
    view = separate_view(model)
    for file in SEPARATE:
        yield _rendered(f"roots/separate/{file}", f"roots/separate/{file}", view, sources)
    if view.has_imports:
        yield _rendered("roots/separate/imports.tf", "roots/imports.tf", view, sources)
    stage = "roots/separate/stage.tf"
    yield _copied(stage, f"terraform/{stage}", sources)


def _rendered(
    path: str,
    template: str,
    view: object,
    sources: tuple[Span, ...],
    marks: Sequence[tuple[str, Span]] = (),
) -> Artifact:
    name = f"terraform/{template}.jinja"
    content = render(name, view)
    return Artifact(
        path=f"terraform/{path}",
        content=content,
        template=name,
        sources=sources,
        anchors=anchors(content, sources[0], marks) if marks else (),
    )


def _copied(path: str, template: str, sources: tuple[Span, ...]) -> Artifact:
    return Artifact(f"terraform/{path}", static(template), template, sources)
