"""NX304: the name of a resource is longer than AWS takes, in some environment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic, Label, Span
from nexus_gen.model import Environment
from nexus_gen.model.resource_names import ResourceName, shared_names, vertical_names


def resource_name_lengths(subject: Subject) -> Iterator[Diagnostic]:
    """The worst name of each vertical, and of what all verticals share, in any environment."""
    model = subject.model
    environments = model.environments
    shared = ((one, shared_names(model, one.name)) for one in environments)
    yield from _report(shared, model.product.span)
    for source, vertical in subject.vertical_pairs():
        names = ((one, vertical_names(model, vertical, one.name)) for one in environments)
        yield from _report(names, (source.place / "vertical").span)


def _report(
    names: Iterable[tuple[Environment, Iterable[ResourceName]]], span: Span
) -> Iterator[Diagnostic]:
    worst: tuple[int, Environment, ResourceName] | None = None
    for environment, resources in names:
        for resource in resources:
            excess = len(resource.value) - resource.limit
            if excess > 0 and (worst is None or excess > worst[0]):
                worst = excess, environment, resource
    if worst is not None:
        excess, environment, resource = worst
        yield Diagnostic(
            "NX304",
            f"the {resource.kind} `{resource.value}` would have {len(resource.value)} characters, "
            f"and AWS takes {resource.limit}",
            span,
            note=f"{excess} too many",
            labels=(Label(environment.span, "in this environment"),),
            help="shorten the names of the product, the project, the environment or the vertical",
        )
