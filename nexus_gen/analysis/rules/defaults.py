"""NX241: a default that its own field refuses; NX919: one that is a moment."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.analysis.values import refusal
from nexus_gen.diagnostics import Diagnostic
from nexus_gen.diagnostics.suggest import closest
from nexus_gen.frontend import later


def refused_defaults(subject: Subject) -> Iterator[Diagnostic]:
    """Defaults that do not follow the rules of their field."""
    for source in subject.fields("default"):
        value = source.field.default
        why = refusal(source.field, value)
        if why is None:
            continue
        place = source.place / "default"
        if isinstance(value, str) and later.MOMENTS.get(value) == source.field.type.name:
            yield later.GENERATED.at(place.span)
            continue
        near = closest(value, source.field.constraints.values) if isinstance(value, str) else None
        yield Diagnostic(
            "NX241",
            f"`{source.label}` refuses its own default: {why}",
            place.span,
            note="refused",
            help=f"did you mean `{near}`?" if near else "change the default or the field's rules",
        )
