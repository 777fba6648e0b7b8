"""NX231: `owner` may create."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.lower_entities import OWNER
from nexus_gen.analysis.place import strings
from nexus_gen.analysis.rules.role_names import defines_owner
from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic
from nexus_gen.model import Action


def owner_creates(subject: Subject) -> Iterator[Diagnostic]:
    """`owner` in `create`, where nobody owns anything yet."""
    if defines_owner(subject):
        return
    for entity in subject.entities():
        access = entity.place.mapping.get("access")
        if isinstance(access, dict) and OWNER in (names := strings(access.get(Action.CREATE))):
            place = entity.place / "access" / Action.CREATE / names.index(OWNER)
            yield Diagnostic(
                "NX231",
                "`owner` cannot create: an item has no owner before it exists",
                place.span,
                note="not a role",
                help="name the roles that may create; who creates an item owns it",
            )
