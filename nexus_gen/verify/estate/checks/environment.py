"""NX627: core's state is that of another environment."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.diagnostics import Diagnostic
from nexus_gen.verify.estate.estate import Estate


def environment(estate: Estate) -> Iterator[Diagnostic]:
    """An output of core names another environment than the one that is compared."""
    output = dict(estate.model.integration.core_outputs)["environment"]
    named = estate.state.outputs.get(output, estate.environment)
    if named == estate.environment:
        return
    known = named in {one.name for one in estate.model.environments}
    move = (
        f"this is the state of {named}: add `--environment {named}`, or give" if known else "give"
    )
    yield Diagnostic(
        "NX627",
        f"core's output `{output}` says {named!r}, and the environment is {estate.environment}",
        estate.said("core_outputs", "environment"),
        note=f"compared with {estate.environment}",
        help=f"{move} the state of {estate.environment}",
    )
