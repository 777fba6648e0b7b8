"""NX202: a name is one that generated code uses itself."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.reserved import (
    GENERATED_HANDLER,
    GENERATED_MODULE,
    GENERATED_TYPES,
    MODULE_FOLDERS,
    TYPESCRIPT_GLOBALS,
)
from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic
from nexus_gen.model import Name


def generated_names(subject: Subject) -> Iterator[Diagnostic]:
    """Entities whose module would shadow what it imports; verticals named as our own folders."""
    for vertical in subject.verticals:
        place = vertical.place / "vertical"
        if place.text in MODULE_FOLDERS:
            yield Diagnostic(
                "NX202",
                f"`{place.text}` is the name of a folder that every product has",
                place.span,
                note="taken by `generated/`",
                help="give the vertical another name",
            )
        for entity in vertical.entities.values():
            if (why := _clash(entity.key.name)) is not None:
                word, what = why
                yield Diagnostic(
                    "NX202",
                    f"`{word}` is a name that {what} uses",
                    entity.place.key,
                    note="taken by generated code",
                    help="give the entity another name",
                )


def _clash(name: Name) -> tuple[str, str] | None:
    for word in (name.snake, name.plural.snake):
        if word in GENERATED_MODULE:
            return word, "every generated module"
    if name.snake in GENERATED_HANDLER:
        return name.snake, "the generated handler"
    if name.pascal in GENERATED_TYPES:
        return name.pascal, "every generated module"
    if name.pascal in TYPESCRIPT_GLOBALS:
        return name.pascal, "the TypeScript client"
    return None
