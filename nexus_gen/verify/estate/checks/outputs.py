"""NX621: outputs of core that the separate root reads, and core does not have as they must be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nexus_gen.diagnostics import Diagnostic
from nexus_gen.diagnostics.suggest import closest
from nexus_gen.verify.estate.estate import Estate

FORMS = {
    "authorizer_id": ("[A-Za-z0-9]+", "the id of an authorizer"),
    "user_pool_id": ("[a-z0-9-]+_[A-Za-z0-9]+", "the id of a user pool"),
    "user_pool_arn": ("arn:aws[a-z-]*:cognito-idp:[^:]+:[0-9]{12}:userpool/.+", "its ARN"),
    "user_pool_client_id": ("[A-Za-z0-9_+]+", "the id of an app client"),
    "vpc_id": ("vpc-[0-9a-z]+", "the id of a VPC"),
    "vpc_subnet_ids": ("subnet-[0-9a-z]+", "the ids of subnets"),
}
"""What we need -> its form (API references of API Gateway, Cognito and EC2), and that in words."""

LISTS = {"vpc_subnet_ids"}
"""Outputs that are lists of strings; the others are strings."""


def outputs(estate: Estate) -> Iterator[Diagnostic]:
    """Outputs that the separate root reads, and core's state lacks, or has of another type."""
    if estate.is_extended:
        return
    needed, there = estate.model.integration.needed_outputs, estate.state.outputs
    if not there:
        yield Diagnostic(
            "NX621",
            "core's state has no outputs, and the separate root reads "
            + ", ".join(f"`{output}`" for output in needed.values()),
            estate.said("core_outputs"),
            help="declare them in core and apply it once, so that they are written to its state",
        )
        return
    for need, output in needed.items():
        value = there.get(output)
        if output not in there:
            problem, help_ = f"core's state has no output `{output}`", _move(need, output, there)
        elif not _fits(need, value):
            wanted = "a list of strings" if need in LISTS else "a string"
            problem = f"core's output `{output}` is not {wanted} but {_kind(value)}"
            help_ = f"let core output {wanted} there, or name another output for `{need}`"
        elif (foreign := _foreign(need, value)) is not None:
            wanted = FORMS[need][1]
            kind = "an ARN" if foreign.startswith("arn:") else "another text"
            problem = f"core's output `{output}` is not {wanted} but {kind}"
            help_ = f"let core output {wanted} there, or name another output for `{need}`"
        else:
            continue
        yield Diagnostic(
            "NX621",
            problem,
            estate.said("core_outputs", need),
            note=f"needed as `{need}`",
            help=help_,
        )


def _fits(need: str, value: object) -> bool:
    if need not in LISTS:
        return isinstance(value, str) and value != ""
    return isinstance(value, list) and value != [] and all(isinstance(one, str) for one in value)


def _foreign(need: str, value: object) -> str | None:
    """The first text that is not of the form that is needed. It may be a secret: not to be told."""
    if need not in FORMS:
        return None
    texts = map(str, value if isinstance(value, list) else [value])
    return next((one for one in texts if not re.fullmatch(FORMS[need][0], one)), None)


def _kind(value: object) -> str:
    names = {type(None): "null", bool: "a boolean", str: "a string", dict: "an object"}
    if value in ("", []):
        return "empty"
    return names.get(type(value), "a list" if isinstance(value, list) else "a number")


def _move(need: str, output: str, there: dict[str, object]) -> str:
    near = closest(output, there)
    if near is not None:
        return f"did you mean `{near}`? write `core_outputs: {{{need}: {near}}}`"
    return (
        f"add `output {output}` to core and apply it, or write the name of the output that gives "
        f"it: `core_outputs: {{{need}: ...}}`"
    )
