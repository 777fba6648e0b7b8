"""NX319: the separate root does not know where core's state lies."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic


def missing_core_state(subject: Subject) -> Iterator[Diagnostic]:
    """Mode `separate`, which reads core's outputs, without `core_state`."""
    integration = subject.nexus / "integration"
    if (integration / "mode").text == "separate" and "core_state" not in integration:
        yield Diagnostic(
            "NX319",
            "a separate root reads core's outputs, and nothing says where core's state lies",
            (integration / "mode").span,
            note="needs `core_state`",
            help="add `core_state: {backend: s3, bucket: ..., key: ..., region: ...}`, "
            "or `{backend: local, path: ...}`",
        )
