"""NX234: a role is called as what is not one."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.lower_entities import OWNER
from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic


def role_names(subject: Subject) -> Iterator[Diagnostic]:
    """A role that is called as what is not one."""
    for role in (subject.nexus / "tenancy" / "roles").entries():
        if role.name == OWNER:
            yield Diagnostic(
                "NX234",
                "`owner` cannot be a role: in access rules it means who created the item",
                role.key,
                note="has a meaning already",
                help="give the role another name",
            )


def defines_owner(subject: Subject) -> bool:
    """Whether `owner` is defined as a role: then rules that name it mean the role."""
    return OWNER in subject.nexus / "tenancy" / "roles"
