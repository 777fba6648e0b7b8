"""NX303: two resources of an environment would have one name."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic, Label
from nexus_gen.model.resource_names import shared_names, vertical_names


def resource_name_collisions(subject: Subject) -> Iterator[Diagnostic]:
    """Verticals one of whose resources is called as one of another vertical's, or a shared one.

    Environments differ in nothing but a prefix, so one of them shows it for all. Verticals of one
    name are another problem.
    """
    model = subject.model
    for environment in model.environments[:1]:
        shared = model.product.span
        first = {(one.kind, one.value): shared for one in shared_names(model, environment.name)}
        seen: set[str] = set()
        for source, vertical in subject.vertical_pairs():
            if vertical.name.snake in seen:
                continue
            seen.add(vertical.name.snake)
            span = (source.place / "vertical").span
            for resource in vertical_names(model, vertical, environment.name):
                earlier = first.setdefault((resource.kind, resource.value), span)
                if earlier is not span:
                    yield Diagnostic(
                        "NX303",
                        f"two resources would be the {resource.kind} `{resource.value}`",
                        span,
                        note="the second",
                        labels=(Label(earlier, "the first"),),
                        help="rename one of the verticals",
                    )
                    break
