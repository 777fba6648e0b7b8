"""NX614, NX618: physical names that the backend would give, and core has given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nexus_gen.diagnostics import Diagnostic, Span
from nexus_gen.model.resource_names import (
    TERRAFORM,
    ResourceName,
    api_names,
    shared_names,
    vertical_names,
)
from nexus_gen.verify.estate.estate import Estate

NOT_ALONE = {"metric filter"}
"""Kinds whose names only have to be unique within something of ours (PutMetricFilter: within the
log group)."""

TABLE = "DynamoDB table"
"""The kind that a vertical may adopt; whether that works is another check's subject."""

OF_THE_API = {"API authorizer", "API stage"}
"""Kinds whose names are unique within a REST API."""


def other_mode(estate: Estate) -> Iterator[Diagnostic]:
    """A separate root beside a core whose state holds the backend from the other mode."""
    if estate.backend and not estate.is_extended:
        yield Diagnostic(
            "NX618",
            f"core's state holds this backend already ({len(estate.backend)} resources below "
            f"`{estate.backend[0].block.split('.')[0]}.nexus`), in mode `extended`",
            estate.said("mode"),
            note="the separate root would make them all again",
            help="go back to `extended`, or move them to the separate root's state with "
            "`terraform state mv` before its first apply",
        )


def taken_names(estate: Estate) -> Iterator[Diagnostic]:
    """Names that core's resources have and the backend's would have."""
    model, environment = estate.model, estate.environment
    yield from _taken(estate, shared_names(model, environment), model.product.span)
    yield from _taken(estate, api_names(model, environment), estate.said("mode"))
    for source, vertical in estate.subject.vertical_pairs():
        names = [
            name
            for name in vertical_names(model, vertical, environment)
            if vertical.table is None or name.kind != TABLE
        ]
        yield from _taken(estate, names, (source.place / "vertical").span)


def _taken(estate: Estate, names: Iterable[ResourceName], span: Span) -> Iterator[Diagnostic]:
    for name in names:
        if name.kind in NOT_ALONE:
            continue
        if (address := _holder(estate, name)) is not None:
            yield Diagnostic(
                "NX614",
                f"the {name.kind} `{name.value}` is in core already: `{address}`",
                span,
                note=f"would make `{name.value}`",
                help=_move(name),
            )


def _holder(estate: Estate, name: ResourceName) -> str | None:
    kind, attribute = TERRAFORM[name.kind]
    api = estate.rest_api.values.get("id") if estate.rest_api else None
    for resource in estate.managed(kind):
        elsewhere = name.kind in OF_THE_API and resource.values.get("rest_api_id") != api
        if resource.values.get(attribute) == name.value and not elsewhere:
            return resource.address
    return None


def _move(name: ResourceName) -> str:
    if name.kind == TABLE:
        return "keep that table with `table: {adopt: reference}`, or rename one of the two"
    return "rename one of the two: the product or the vertical here, or the resource in core"
