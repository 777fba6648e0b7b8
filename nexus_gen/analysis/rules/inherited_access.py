"""NX235: access is taken from something else than the parent."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.lower_entities import parent_name
from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic, Label


def inherited_access(subject: Subject) -> Iterator[Diagnostic]:
    """Access is taken from something else than the parent."""
    for entity in subject.entities():
        access = entity.place.mapping.get("access")
        if not isinstance(access, dict) or "inherit" not in access:
            continue
        place = entity.place / "access" / "inherit"
        parent = parent_name(entity.place)
        name = entity.place.name
        if not place.text or place.text == parent or parent == name:
            continue
        yield Diagnostic(
            "NX235",
            f"`{name}` takes its access rules from `{place.text}`, which is not its parent",
            place.span,
            note="not the parent",
            labels=(Label((entity.place / "parent").span, "its parent"),) if parent else (),
            help=f"write `inherit: {parent}`"
            if parent
            else f"`{name}` has no parent: write its own `read`, `create`, `update` and `delete`",
        )
