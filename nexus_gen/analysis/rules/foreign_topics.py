"""NX318: alarms go to a topic of another region."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.rules.regions import near_region
from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic, Label


def foreign_topics(subject: Subject) -> Iterator[Diagnostic]:
    """Alarms notify topics of their own region only (CloudWatch user guide, "Using alarms").

    Where the product's region is misspelt, that is the problem, and NX314 tells it.
    """
    region = subject.nexus / "region"
    meant = near_region(region.text) or region.text
    for environment in subject.environments():
        place = environment / "alarms" / "topic_arn"
        parts = place.text.split(":")
        if len(parts) == 6 and parts[3] not in (region.text, meant):
            yield Diagnostic(
                "NX318",
                f"an alarm in `{meant}` cannot notify a topic in `{parts[3]}`",
                place.span,
                note="in another region",
                labels=(Label(region.span, "alarms are here"),),
                help=f"name a topic in `{meant}`",
            )
