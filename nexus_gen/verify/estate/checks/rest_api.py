"""NX611, NX612: the REST API that the routes go to."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.diagnostics import Diagnostic
from nexus_gen.model.resource_names import rest_api_name
from nexus_gen.verify.estate.estate import Estate


def rest_api(estate: Estate) -> Iterator[Diagnostic]:
    """No REST API of the name that the spec gives it, another at its address, or two of a name."""
    wanted, span = estate.rest_api_name, estate.said("rest_api")
    if estate.rest_api is None:
        names = sorted({one.text("name") for one in estate.rest_apis} - {""})
        nameless = [
            f"`{one.address}` without a name" for one in estate.rest_apis if not one.text("name")
        ]
        found = ", ".join([*(f"`{name}`" for name in names), *nameless]) or "none"
        yield Diagnostic(
            "NX611",
            f"core has no REST API `{wanted}`; there is {found}",
            span,
            note=f"`{wanted}` in {estate.environment}",
            help=_move(estate, names),
        )
        return
    named = [one for one in estate.rest_apis if one.text("name") == wanted]
    if len({one.text("id") for one in named}) > 1 and not estate.is_extended:
        yield Diagnostic(
            "NX611",
            f"core has {len(named)} REST APIs `{wanted}`, and the separate root finds it by name",
            span,
            help="rename all but one of them",
        )
    address = dict(estate.model.integration.core_resources)["rest_api"]
    placed = estate.referred_api
    if estate.is_extended and placed is not None and placed.text("name") != wanted:
        yield Diagnostic(
            "NX611",
            f"`{address}` is the REST API `{placed.text('name')}`, not `{wanted}`",
            estate.said("core_resources", "rest_api"),
            help=f"write the address of `{wanted}`: `{estate.rest_api.address}`",
        )


def _move(estate: Estate, names: list[str]) -> str:
    model = estate.model
    for environment in model.environments:
        if rest_api_name(model, environment.name) in names:
            return (
                f"this is the state of {environment.name}: add `--environment {environment.name}`,"
                f" or give the state of {estate.environment}"
            )
    return "write the name of core's REST API as `integration.rest_api`"


def overwritten_api(estate: Estate) -> Iterator[Diagnostic]:
    """A REST API that core imports from a document, which takes away all that is not in it.

    `put_rest_api_mode` of the provider's `aws_api_gateway_rest_api`: `overwrite` unless it is set.
    """
    api = estate.rest_api
    if api is not None and api.text("body") and api.text("put_rest_api_mode") != "merge":
        yield Diagnostic(
            "NX612",
            f"`{api.address}` is imported from its `body`: each time that changes, an apply of core"
            " removes every route that is not in it",
            estate.said("rest_api"),
            note="overwritten by core",
            help='set `put_rest_api_mode = "merge"` there, and apply core',
        )
