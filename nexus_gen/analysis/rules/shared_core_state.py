"""NX326: several environments would be built over one state of core."""

from __future__ import annotations

import os
from collections.abc import Iterator

from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic, Label
from nexus_gen.model import CoreState

PARTS = {"local": ("path",), "s3": ("key", "bucket", "workspace")}
"""Backend -> the settings that tell one state from another, the usual one to differ first."""


def shared_core_state(subject: Subject) -> Iterator[Diagnostic]:
    """Environments of a separate root whose users, network and API would be another's."""
    integration = subject.nexus / "integration"
    if (integration / "mode").text != "separate" or "core_state" not in integration:
        return
    state = subject.model.integration.core_state
    parts = PARTS.get(state.backend, ())
    if not any(name in parts for name, _ in state.settings):
        return
    first: dict[tuple[str, ...], str] = {}
    for environment in subject.environments():
        place = _place(state, environment.name)
        other = first.setdefault(place, environment.name)
        if other != environment.name:
            yield Diagnostic(
                "NX326",
                f"{environment.name} would be built over the core of {other}: both read one state",
                (integration / "core_state" / parts[0]).span,
                note=f"the same for {other} and {environment.name}",
                labels=(Label(environment.key, "with the users and the network of the other"),),
                help=f"put `{{environment}}` into {' or '.join(f'`{part}`' for part in parts)}",
            )
            return


def _place(state: CoreState, environment: str) -> tuple[str, ...]:
    """What tells an environment's state from another: `a/{environment}/../b` does not."""
    settings = state.of(environment)
    if state.backend == "local":
        settings["path"] = os.path.normpath(settings["path"])
    return tuple(settings.get(part, "") for part in PARTS[state.backend])
