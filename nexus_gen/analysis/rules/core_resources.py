"""NX322: core's resource is of another type than what we need."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic
from nexus_gen.model import CORE_RESOURCES


def core_resource_types(subject: Subject) -> Iterator[Diagnostic]:
    """Addresses of resources whose type is not the one that the default has.

    An output of a module, a local or a data source may stand for any type.
    """
    for place in (subject.nexus / "integration" / "core_resources").entries():
        expected = CORE_RESOURCES.get(place.name, "").partition(".")[0]
        given = place.text.partition(".")[0]
        if expected and given.startswith("aws_") and given != expected:
            yield Diagnostic(
                "NX322",
                f"`{place.name}` is an `{expected}`, not an `{given}`",
                place.span,
                note="another type",
                help=f"write an address like `{CORE_RESOURCES[place.name]}`",
            )
