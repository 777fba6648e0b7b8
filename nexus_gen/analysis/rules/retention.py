"""NX251: a time in the trash that cannot be kept, or that nothing is kept for."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.lower_entities import retain_seconds
from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic, Label

_DAY = 86400
_MIN_DAYS, _MAX_DAYS = 1, 3650


def retention(subject: Subject) -> Iterator[Diagnostic]:
    """A time in the trash that cannot be kept, or that nothing is kept for."""
    for entity in subject.entities():
        if "delete" not in entity.place:
            continue
        place = entity.place / "delete" / "retain"
        seconds = retain_seconds(place.value)
        if seconds is None:
            continue
        if (entity.place / "delete").mapping.get("soft") is not True:
            yield Diagnostic(
                "NX251",
                "`retain` says how long the trash keeps items, and there is no trash",
                place.span,
                note="of no effect",
                labels=(Label((entity.place / "delete" / "soft").span, "deletes for good"),),
                help="write `soft: true`, or remove `retain`",
            )
        elif not _MIN_DAYS * _DAY <= seconds <= _MAX_DAYS * _DAY:
            yield Diagnostic(
                "NX251",
                f"the trash keeps items for {_MIN_DAYS} day to {_MAX_DAYS:,} days",
                place.span,
                note="out of bounds",
                help=f"write a time from `{_MIN_DAYS}d` to `{_MAX_DAYS}d`",
            )
