"""NX232: an owner may list what no index finds."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.lower_entities import OWNER
from nexus_gen.analysis.lower_fields import CREATED_BY
from nexus_gen.analysis.place import Place
from nexus_gen.analysis.rules.role_names import defines_owner
from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic
from nexus_gen.model import Action, Entity


def owner_reads(subject: Subject) -> Iterator[Diagnostic]:
    """An owner may list what no index finds."""
    if defines_owner(subject):
        return
    for source, entity in subject.lowered():
        rule = entity.access.get(Action.READ)
        if rule is None or not rule.owner or _finds_own(entity):
            continue
        access = source.place / "access"
        inherited = "inherit" in access
        place = access / "inherit" if inherited else access / Action.READ / _owner_in(access)
        yield Diagnostic(
            "NX232",
            f"an owner may read `{entity.name}`, and no index finds an owner's items",
            place.span,
            note="also `owner`" if inherited else "needs an index",
            help=f"add the index `mine: {{match: [{CREATED_BY}]}}`, or take `owner` out",
        )


def _owner_in(access: Place) -> int:
    return (access / Action.READ).strings.index(OWNER)


def _finds_own(entity: Entity) -> bool:
    return any(
        [field.name.raw for field in index.match] == [CREATED_BY] for index in entity.indexes
    )
