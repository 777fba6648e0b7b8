"""NX613, NX615, NX616: paths of the REST API."""

from __future__ import annotations

import json
from collections.abc import Iterator

from nexus_gen.analysis.rules.api_resources import own_paths
from nexus_gen.diagnostics import Diagnostic, Severity
from nexus_gen.verify.estate.estate import Estate


def taken_paths(estate: Estate) -> Iterator[Diagnostic]:
    """Verticals whose first path part core's REST API has already."""
    taken = _first_parts(estate)
    for source, vertical in estate.subject.vertical_pairs():
        if (address := taken.get(vertical.name.kebab)) is not None:
            yield Diagnostic(
                "NX613",
                f"core's REST API has the path `/{vertical.name.kebab}` already: `{address}`",
                (source.place / "vertical").span,
                note="taken",
                help="give the vertical another name, or take the path out of core first",
            )


def unreserved_paths(estate: Estate) -> Iterator[Diagnostic]:
    """Core's endpoints that the spec does not know of, and would let a vertical take."""
    known = {*estate.model.integration.reserved_paths}
    known |= {vertical.name.kebab for vertical in estate.model.verticals}
    parts = sorted(part for part in _first_parts(estate) if part not in known and "{" not in part)
    if parts:
        listed = ", ".join(f"`{part}`" for part in parts)
        yield Diagnostic(
            "NX616",
            f"core has endpoints that `reserved_paths` does not name: {listed}",
            estate.said("reserved_paths"),
            severity=Severity.WARNING,
            note="incomplete",
            help="add them, so that no vertical is ever called so",
        )


def quota(estate: Estate) -> Iterator[Diagnostic]:
    """More resources than the REST API may have, counting what core really has."""
    theirs, ours = len(estate.paths) or len(_body_paths(estate)), len(own_paths(estate.model))
    most = estate.model.integration.resource_quota
    if theirs + ours > most:
        yield Diagnostic(
            "NX615",
            f"the REST API would have {theirs + ours:,} resources, {theirs:,} of core and "
            f"{ours:,} of the spec, and its quota is {most:,}",
            estate.said("resource_quota"),
            note="too few",
            help="have AWS raise the quota and write the new one as `resource_quota`",
        )


def _first_parts(estate: Estate) -> dict[str, str]:
    """First path part -> address of what takes it."""
    api = estate.rest_api
    if api is None:
        return {}
    found = {path.split("/")[1]: f"`body` of {api.address}" for path in _body_paths(estate)}
    root = api.values.get("root_resource_id")
    for resource in estate.paths:
        if resource.values.get("parent_id") == root:
            found[resource.text("path_part")] = resource.address
    return found


def _body_paths(estate: Estate) -> tuple[str, ...]:
    """Paths of the OpenAPI document that core imports the REST API from, where that is JSON."""
    body = estate.rest_api.text("body") if estate.rest_api else ""
    try:
        document = json.loads(body) if body else {}
    except (ValueError, RecursionError):
        return ()
    paths = document.get("paths") if isinstance(document, dict) else None
    return tuple(path for path in paths if path.startswith("/")) if isinstance(paths, dict) else ()
