"""NX329: a web ACL for a stage that is core's."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic, Label


def idle_web_acls(subject: Subject) -> Iterator[Diagnostic]:
    """Mode `extended`, which makes no stage, with `web_acl_arn`: it would protect nothing."""
    mode = subject.nexus / "integration" / "mode"
    if mode.text != "extended":
        return
    for environment in subject.environments():
        if "web_acl_arn" in environment:
            yield Diagnostic(
                "NX329",
                "a web ACL is named here, and in the mode `extended` there is no stage of ours",
                (environment / "web_acl_arn").span,
                note="protects nothing",
                labels=(Label(mode.span, "the stage is core's"),),
                help="remove it, and attach the web ACL to core's stage in core's root",
            )
