"""The whole examination: find core's state, read it, compare, and say what was looked at."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from nexus_gen.analysis.rules.api_resources import own_paths
from nexus_gen.analysis.subject import Subject
from nexus_gen.diagnostics import Diagnostic, Span, SpecError
from nexus_gen.model.resource_names import api_names, shared_names, vertical_names
from nexus_gen.verify.estate.checks import CHECKS
from nexus_gen.verify.estate.estate import Estate
from nexus_gen.verify.estate.state import PIPED, State, StateError, read_state

SEPARATE_ROOT = "generated/terraform/roots/separate"
"""From where `core_state.path` is read: Terraform takes a relative path from its root module."""

PULL = f"let Terraform read it, in core's root `CORE`: `{PIPED}`"


@dataclass(frozen=True, slots=True)
class Given:
    """A state that somebody named: its content, and what to call it."""

    content: bytes
    source: str


def declared_state(root: Path, subject: Subject, environment: str) -> tuple[Given, Span]:
    """The state that `integration.core_state` names, and where it does.

    Raises SpecError (NX601) where it is not on this machine or cannot be read.
    """
    integration = subject.nexus / "integration"
    state = subject.model.integration.core_state
    settings = state.of(environment)
    if state.backend != "local":
        span = (integration / "core_state").span
        bucket = f"s3://{settings.get('bucket', '')}/{settings.get('key', '')}"
        raise SpecError([_unreadable(f"core's state is in {bucket}, not here", span, PULL)])
    stated = "core_state" in integration
    span = (integration / "core_state" / "path").span if stated else integration.key
    # Lexically, so that nothing has to be built before.
    path = Path(os.path.normpath(root / SEPARATE_ROOT / settings["path"]))
    try:
        return Given(path.read_bytes(), f"`{settings['path']}`"), span
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        message = f"core's state `{settings['path']}` cannot be read: {reason}"
        move = f"the path counts from {SEPARATE_ROOT}; or " + PULL
        raise SpecError([_unreadable(message, span, move)]) from None


def _unreadable(message: str, span: Span, move: str) -> Diagnostic:
    return Diagnostic("NX601", message, span, note="read from here", help=move)


def read(given: Given, span: Span | None = None) -> State:
    """The state in what was given. Raises SpecError (NX602 to NX604), at `span` if there is one."""
    try:
        return read_state(given.content, given.source)
    except StateError as error:
        found = error.diagnostic
        raise SpecError([Diagnostic(found.code, found.message, span, help=found.help)]) from None


def examine(estate: Estate) -> tuple[Diagnostic, ...]:
    """Everything that stands in the way, in the order of the checks."""
    return tuple(problem for check in CHECKS for problem in check(estate))


def looked_at(estate: Estate, source: str) -> str:
    """What was compared, for people; ends with a line end."""
    model, state = estate.model, estate.state
    names = [
        *shared_names(model, estate.environment),
        *api_names(model, estate.environment),
        *(n for v in model.verticals for n in vertical_names(model, v, estate.environment)),
    ]
    backend = f", {len(estate.backend)} of them the backend's own" if estate.backend else ""
    needs = model.integration
    joined = needs.needed_resources if estate.is_extended else needs.needed_outputs
    lines = [
        f"core's state, from {source}: {state.form}, {len(state.resources)} resources{backend}, "
        f"{len(state.outputs)} outputs",
        f"environment {estate.environment}, mode {needs.mode.value}; looked at:",
        f"  REST API `{estate.rest_api_name}`: {len(estate.paths)} resources of core and "
        f"{len(own_paths(model))} of the spec, of {model.integration.resource_quota:,}",
        f"  {len(names)} names of tables, functions, roles, log groups and others",
        f"  {len(joined)} {'resources' if estate.is_extended else 'outputs'} that the root needs",
        f"  authorizer, {len(estate.gateway_responses)} gateway responses",
        f"  user pool: {len(estate.clients)} app clients, {len(estate.groups)} groups, "
        f"`{model.tenancy.claim}`",
        "what is not in this state (made by hand, or by another root) was not seen",
    ]
    return "\n".join(lines) + "\n"
