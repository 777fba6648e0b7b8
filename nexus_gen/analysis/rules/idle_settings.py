"""NX329: a setting that only the other mode reads."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.analysis.place import Place
from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic, Label

_STAGE = {
    "web_acl_arn": (
        "protects nothing",
        "remove it, and attach the web ACL to core's stage in core's root",
    ),
    "throttle": (
        "limits nothing",
        "remove it, and set the limits of core's stage in core's root, with "
        "`aws_api_gateway_method_settings`",
    ),
}
"""Settings of an environment for the stage that the separate root makes -> note and help."""


def idle_settings(subject: Subject) -> Iterator[Diagnostic]:
    """Settings that nothing reads in this mode: they would pass for what they are not."""
    integration = subject.nexus / "integration"
    mode = integration / "mode"
    if mode.text == "separate":
        if (integration / "core_resources").mapping:
            yield _names(integration / "core_resources", mode, "reads outputs", "core_outputs")
        return
    for environment in subject.environments():
        for key, (note, help_) in _STAGE.items():
            if key in environment:
                yield Diagnostic(
                    "NX329",
                    f"`{key}` is for a stage of ours, and in the mode `extended` there is none",
                    (environment / key).key,
                    note=note,
                    labels=(Label(mode.span, "the stage is core's"),),
                    help=help_,
                )
    # The doctor reads the output `environment` in both modes.
    outputs = integration / "core_outputs"
    if outputs.mapping.keys() - {"environment"}:
        yield _names(outputs, mode, "refers to resources", "core_resources")


def _names(place: Place, mode: Place, does: str, instead: str) -> Diagnostic:
    """Names of things in core, by the one key, where the mode goes by the other."""
    kept = "all but `environment`" if "environment" in place else "it"
    return Diagnostic(
        "NX329",
        f"the root of the mode `{mode.text}` {does} of core, and does not read `{place.name}`",
        place.key,
        note="renames nothing",
        labels=(Label(mode.span, "the mode"),),
        help=f"remove {kept}; names for this mode stand under `{instead}`",
    )
