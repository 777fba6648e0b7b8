"""NX619, NX620, NX629: a REST API that clients cannot call as they do, or that two would share."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.diagnostics import Diagnostic, Severity
from nexus_gen.model.resource_names import rest_api_name
from nexus_gen.verify.estate.estate import Estate

AS_BINARY = {"*/*", "application/json"}
"""Media types that make API Gateway treat our bodies as binary."""


def unreachable_api(estate: Estate) -> Iterator[Diagnostic]:
    """An endpoint that is private or switched off: browsers do not reach the URL that a frontend's
    configuration names."""
    api = estate.rest_api
    if api is None:
        return
    types = {kind for one in api.blocks("endpoint_configuration") for kind in _texts(one, "types")}
    if "PRIVATE" in types:
        problem = "is private: only callers inside a VPC with an endpoint for it reach it"
        move = "use a regional API, or serve the frontend's users inside that network"
    elif api.values.get("disable_execute_api_endpoint") is True:
        problem = (
            "has no endpoint of its own (`disable_execute_api_endpoint`): the URL in the "
            "frontend's configuration answers 403"
        )
        move = "give frontends the address of your domain in its place, with a mapping to the stage"
    else:
        return
    yield Diagnostic(
        "NX619",
        f"`{api.address}` {problem}",
        estate.said("rest_api"),
        severity=Severity.WARNING,
        note="not reached by its URL",
        help=move,
    )


def binary_bodies(estate: Estate) -> Iterator[Diagnostic]:
    """An API that takes JSON for binary data. Our preflights and functions can bear it."""
    api = estate.rest_api
    listed = sorted(AS_BINARY.intersection(api.strings("binary_media_types"))) if api else []
    if api and listed:
        yield Diagnostic(
            "NX620",
            f"`{api.address}` takes `{listed[0]}` for binary: each body reaches its function a "
            "third larger, so less than 4.5 MB fit into Lambda's 6 MB",
            estate.said("rest_api"),
            severity=Severity.WARNING,
            note="binary",
            help="list the media types of real files in `binary_media_types`; core's own "
            'preflights need `content_handling = "CONVERT_TO_TEXT"`, or they answer 500',
        )


def shared_api(estate: Estate) -> Iterator[Diagnostic]:
    """Several environments whose routes go to a REST API of one name."""
    others = [
        one.name
        for one in estate.model.environments
        if one.name != estate.environment
        and rest_api_name(estate.model, one.name) == estate.rest_api_name
    ]
    if not others:
        return
    stages = {one.text("stage_name") for one in estate.stages}
    staged = [name for name in others if {name, f"{name}-nexus"} & stages]
    listed = " and ".join([estate.environment, *(staged or others)])
    certain = f"{listed} are stages of the one REST API `{estate.rest_api_name}`"
    yield Diagnostic(
        "NX629",
        f"{certain}, which takes each path once"
        if staged
        else f"{listed} have one REST API, `{estate.rest_api_name}`, unless their accounts or "
        "Regions differ",
        estate.said("rest_api"),
        severity=Severity.ERROR if staged else Severity.WARNING,
        note="the same for each",
        help="give each environment a REST API of its own, and put `{environment}` into its name",
    )


def _texts(block: dict[str, object], key: str) -> tuple[str, ...]:
    value = block.get(key)
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()
