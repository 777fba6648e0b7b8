"""NX317: alarms go to what is no topic."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic

_TOPIC = re.compile(r"arn:aws(-[a-z]+)*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}(\.fifo)?")
"""Amazon SNS API reference, `CreateTopic`: name and ARN of a topic."""


def malformed_topics(subject: Subject) -> Iterator[Diagnostic]:
    """ARNs of something else; that of a subscription, say, has a part more."""
    for environment in subject.environments():
        place = environment / "alarms" / "topic_arn"
        if place.text and not _TOPIC.fullmatch(place.text):
            yield Diagnostic(
                "NX317",
                f"`{place.text}` is not the ARN of an SNS topic",
                place.span,
                note="not a topic",
                help="write an ARN like `arn:aws:sns:us-east-1:123456789012:ops`",
            )
