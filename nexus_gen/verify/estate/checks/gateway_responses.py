"""NX617: a browser cannot read what the REST API itself refuses."""

from __future__ import annotations

from collections.abc import Iterator

from nexus_gen.diagnostics import Diagnostic, Severity
from nexus_gen.verify.estate.estate import Estate
from nexus_gen.verify.estate.state import Resource

DEFAULTS = ("DEFAULT_4XX", "DEFAULT_5XX")
HEADER = "gatewayresponse.header.access-control-allow-origin"
"""The key of `response_parameters` that sets the header, in lower case: names of headers have no
case."""


def gateway_responses(estate: Estate) -> Iterator[Diagnostic]:
    """Refusals (no token, no such path, throttled) without a CORS header, or for another origin.

    A response of a type of its own replaces the default of its class, headers and all (API Gateway
    developer guide, "Gateway response types").
    """
    if estate.rest_api is None:
        return
    by_type = {one.text("response_type"): one for one in estate.gateway_responses}
    without = [kind for kind in DEFAULTS if kind not in by_type or _origin(by_type[kind]) is None]
    without += sorted(k for k, one in by_type.items() if k not in DEFAULTS and _origin(one) is None)
    if without:
        listed = " and ".join(f"`{kind}`" for kind in without)
        yield Diagnostic(
            "NX617",
            f"core's gateway responses {listed} send no `Access-Control-Allow-Origin`: a page sees "
            "a network error in place of a 401 or 429",
            estate.said("rest_api"),
            severity=Severity.WARNING,
            help="add `aws_api_gateway_gateway_response` for them to core, with "
            "`gatewayresponse.header.Access-Control-Allow-Origin`",
        )
    yield from _foreign(estate, by_type)


def _foreign(estate: Estate, by_type: dict[str, Resource]) -> Iterator[Diagnostic]:
    place = estate.subject.nexus / "environments" / estate.environment / "cors_origins"
    for kind, response in by_type.items():
        origin = _origin(response)
        static = origin is not None and origin.startswith("'")
        if static and str(origin).strip("'") not in {"*", *place.strings}:
            yield Diagnostic(
                "NX617",
                f"core's gateway response `{kind}` allows the origin {origin}, which is none of "
                f"{estate.environment}",
                place.span,
                severity=Severity.WARNING,
                note="its pages cannot read refusals",
                help=f"set one of these origins, or `'*'`, in `{response.address}`",
            )


def _origin(response: Resource) -> str | None:
    """The header's value as API Gateway has it: a literal in single quotes, or a mapping."""
    parameters = response.values.get("response_parameters")
    if not isinstance(parameters, dict):
        return None
    found = {key.lower(): value for key, value in parameters.items()}.get(HEADER)
    return found if isinstance(found, str) else None
