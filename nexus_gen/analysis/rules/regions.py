"""NX314, a warning: a region that looks like a slip of the keys."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic, Severity
from nexus_gen.diagnostics.suggest import distance

_KNOWN = frozenset(
    place + number
    for place, numbers in (
        ("us-east-", "12"),
        ("us-west-", "12"),
        ("us-gov-east-", "1"),
        ("us-gov-west-", "1"),
        ("ca-central-", "1"),
        ("ca-west-", "1"),
        ("mx-central-", "1"),
        ("sa-east-", "1"),
        ("eu-west-", "123"),
        ("eu-central-", "12"),
        ("eu-north-", "1"),
        ("eu-south-", "12"),
        ("eusc-de-east-", "1"),
        ("af-south-", "1"),
        ("il-central-", "1"),
        ("me-south-", "1"),
        ("me-central-", "1"),
        ("ap-east-", "12"),
        ("ap-south-", "12"),
        ("ap-southeast-", "1234567"),
        ("ap-northeast-", "123"),
        ("cn-north-", "1"),
        ("cn-northwest-", "1"),
    )
    for number in numbers
)
"""Regions of the public partitions. AWS adds some every year, so an unknown one is no error."""


def unknown_regions(subject: Subject) -> Iterator[Diagnostic]:
    """Regions that we do not know and that are one or two letters off one we do."""
    state = subject.nexus / "integration" / "core_state" / "region"
    for place in (subject.nexus / "region", state):
        near = near_region(place.text)
        if near is not None:
            yield Diagnostic(
                "NX314",
                f"`{place.text}` is not a region that we know",
                place.span,
                severity=Severity.WARNING,
                note="unknown",
                help=f"did you mean `{near}`?",
            )


def near_region(name: str) -> str | None:
    """A known region with the same number, a letter or two away, of one that is not known."""
    if not name or name in _KNOWN:
        return None
    ranked = sorted((distance(name, known), known) for known in _KNOWN if known[-1] == name[-1])
    return ranked[0][1] if ranked and ranked[0][0] <= 2 else None
