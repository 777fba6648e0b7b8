"""NX208, a warning: the path of an entity holds a plural that is no English."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic, Severity
from nexus_gen.model import Name
from nexus_gen.model.plurals import better_plural


def odd_plurals(subject: Subject) -> Iterator[Diagnostic]:
    """Entities without `plural` whose last word has another one than the rules of spelling give."""
    for source in subject.entities():
        name = source.key.name
        if not name.words or "plural" in source.place:
            continue
        better = better_plural(name.words[-1], name.plural.words[-1])
        if better is not None:
            written = Name("_".join([*name.words[:-1], better])).pascal
            yield Diagnostic(
                "NX208",
                f"the path of `{name}` is `/{name.plural.kebab}`, by the rules of spelling",
                source.place.key,
                severity=Severity.WARNING,
                note=f"several are {Name(written).text}",
                help=f"give it `plural: {written}`, which makes other paths and client names, or "
                f"`plural: {name.plural.pascal}` to keep them",
            )
