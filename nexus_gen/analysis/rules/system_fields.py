"""NX203: a field has a name that the system gives to something else."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.reserved import SYSTEM_ATTRIBUTES
from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic
from nexus_gen.model import SYSTEM_FIELDS

_SYSTEM = frozenset(SYSTEM_FIELDS)
_INDEX_KEYS = "gsi"
"""Begins the names of the attributes that indexes lie by (`gsi1pk`)."""


def system_fields(subject: Subject) -> Iterator[Diagnostic]:
    """Fields named as one that every item has, as an ancestor's id or as a key of the table."""
    for entity in subject.entities():
        parents = {f"{parent.snake}_id" for parent in entity.key.parents}
        for name in entity.fields:
            if name in _SYSTEM:
                what = "a field that every item has"
            elif name in parents:
                what = "the id of the parent, which every child has"
            elif name in SYSTEM_ATTRIBUTES or name.startswith(_INDEX_KEYS):
                what = "kept for attributes that stored items have besides their fields"
            else:
                continue
            yield Diagnostic(
                "NX203",
                f"`{name}` is {what}",
                (entity.place / "fields" / name).key,
                note="already there",
                help="remove it, or give it another name",
            )
