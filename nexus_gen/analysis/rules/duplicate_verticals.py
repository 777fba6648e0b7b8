"""NX205: two files say that they are the same vertical."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.place import Place
from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic, Label
from nexus_gen.model import Name


def duplicate_verticals(subject: Subject) -> Iterator[Diagnostic]:
    """Two files say that they are the same vertical."""
    first: dict[str, Place] = {}
    for vertical in subject.verticals:
        place = vertical.place / "vertical"
        earlier = first.setdefault(Name(place.text).snake, place)
        if earlier is not place:
            yield Diagnostic(
                "NX205",
                f"two verticals are called `{place.text}`",
                place.span,
                note="the second",
                labels=(Label(earlier.span, "the first"),),
                help="rename one of them, or move its entities into the other",
            )
