"""NX325: one table would be adopted by several environments."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic, Label


def shared_adopted_tables(subject: Subject) -> Iterator[Diagnostic]:
    """Adopted tables whose name is the same in all of several environments."""
    environments = tuple(subject.environments())
    if len(environments) < 2:
        return
    for vertical in subject.verticals:
        name = vertical.place / "table" / "name"
        if name.text and "{environment}" not in name.text:
            yield Diagnostic(
                "NX325",
                f"all {len(environments)} environments would keep their data in the table "
                f"`{name.text}`",
                name.span,
                note="the same everywhere",
                labels=(Label(environments[1].key, "this one too"),),
                help="put `{environment}` into the name",
            )
