"""The entry point of a vertical's function: routing, authorisation, errors, headers, the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from nexus_runtime import aws, cors, telemetry
from nexus_runtime.answers import fits
from nexus_runtime.collection import Collection, Dependent
from nexus_runtime.http import Request, Response, Route, headers_of, to_json
from nexus_runtime.identity import Identity, identify
from nexus_runtime.problems import Problem, forbidden, internal, method_not_allowed, not_found

Event = Mapping[str, Any]
Answer = dict[str, Any]

_LONGEST_CALL = aws.CONNECT_TIMEOUT + aws.READ_TIMEOUT
_SAFETY_MARGIN = 1.0
_BUDGET = 20.0
"""Seconds after which no further call is begun. The last one takes at most 7 s, and API Gateway
gives up after 29 s (Amazon API Gateway quotas, integration timeout)."""


class App:
    """One vertical's API.

    `handle` is the Lambda handler: an event of API Gateway's REST proxy integration and Lambda's
    context in, a proxy answer out. It raises nothing.
    """

    def __init__(
        self,
        *,
        vertical: str,
        tenant_claim: str,
        collections: Sequence[Collection[Any]],
        routes: Sequence[Route],
        request_headers: Sequence[str] = (),
        exposed_headers: Sequence[str] = (),
    ) -> None:
        self._accepted = ", ".join([cors.ACCEPTED, *request_headers])
        self._exposed = ", ".join([cors.EXPOSED, *exposed_headers])
        self._tenant_claim = tenant_claim
        self._routes = {(route.path, route.method): route for route in routes}
        self._allow: dict[str, str] = {}
        for route in routes:
            known = self._allow.get(route.path)
            self._allow[route.path] = f"{known}, {route.method}" if known else route.method
        self._labels = {route: f"{route.method} {route.path}" for route in routes}
        self._log = telemetry.Log(vertical)
        _link(collections, self._routes)

    def handle(self, event: Event, context: Any) -> Answer:
        """Answer one request."""
        trace = telemetry.Trace(_budget(context))
        telemetry.trace.set(trace)
        request_id = _request_id(event, context)
        route = None
        identity = None
        error: BaseException | None = None
        try:
            route = self._route(event)
            if route is None:
                response = Response(204)
            else:
                identity = identify(event, self._tenant_claim)
                response = route.function(_authorised(event, request_id, route, identity))
        except Problem as problem:
            response = _problem_response(problem, request_id)
        except Exception as unexpected:
            error = unexpected
            response = _problem_response(internal(), request_id)
        if response.body is not None and not fits(response.body):
            telemetry.note("answer", "too large")
            response = _problem_response(internal(), request_id)
        self._log.request(
            trace=trace,
            request_id=request_id,
            route=self._labels[route] if route is not None else "none",
            status=response.status,
            tenant=None if identity is None else identity.tenant,
            error=error,
        )
        return self._answer(event, response, request_id)

    def _route(self, event: Event) -> Route | None:
        """The route of an event; None for a preflight."""
        resource = event.get("resource")
        method = event.get("httpMethod")
        try:
            return self._routes[resource, method]  # type: ignore[index]
        except (KeyError, TypeError):
            pass
        allow = self._allow.get(resource) if isinstance(resource, str) else None
        if allow is None:
            raise not_found()
        if method == "OPTIONS":
            return None
        raise method_not_allowed(allow)

    def _answer(self, event: Event, response: Response, request_id: str) -> Answer:
        headers = response.headers
        headers["X-Request-Id"] = request_id
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Cache-Control"] = "private, no-cache" if response.status < 400 else "no-store"
        if response.body is not None:
            headers.setdefault("Content-Type", "application/json")
        cors.add_headers(headers, _origin(event), self._exposed)
        if event.get("httpMethod") == "OPTIONS":
            methods = self._allow.get(event.get("resource", ""), "")
            cors.add_preflight_headers(headers, methods, self._accepted)
        return {
            "statusCode": response.status,
            "headers": headers,
            "body": response.body or "",
            "isBase64Encoded": False,
        }


def _link(collections: Sequence[Collection[Any]], routes: Mapping[tuple[str, str], Route]) -> None:
    """Tell collections of one another, and who may read their items and look into the trash."""
    by_entity = {collection.entity: collection for collection in collections}
    dependents: dict[str, list[Dependent]] = {entity: [] for entity in by_entity}
    for collection in collections:
        if collection.parent is not None:
            collection.above = by_entity[collection.parent]
            dependents[collection.parent].append(Dependent(collection, None))
        collection.targets = {one.to: by_entity[one.to] for one in collection.references}
        for reference in collection.references:
            dependents[reference.to].append(Dependent(collection, reference))
        item_path = f"{collection.path}/{{{collection.id_parameter}}}"
        collection.reading = routes.get((item_path, "GET"))
        route = routes.get((item_path, "DELETE"))
        collection.trash_readers = route.allow if route is not None else frozenset()
    for collection in collections:
        collection.dependents = tuple(dependents[collection.entity])


def _authorised(event: Event, request_id: str, route: Route, identity: Identity) -> Request:
    """The request of a caller who may make it, before anything of it is parsed."""
    if not route.allow.isdisjoint(identity.roles):
        return Request(event, request_id, identity)
    if route.owner:
        return Request(event, request_id, identity, owner_only=True)
    raise forbidden()


def _problem_response(problem: Problem, request_id: str) -> Response:
    response = Response(problem.status, to_json(problem.body(request_id)))
    response.headers.update(problem.headers)
    response.headers["Content-Type"] = "application/problem+json"
    return response


def _request_id(event: Event, context: Any) -> str:
    given = event.get("requestContext")
    id = given.get("requestId") if isinstance(given, dict) else None
    if isinstance(id, str) and id:
        return id
    return str(getattr(context, "aws_request_id", "") or "unknown")


def _origin(event: Event) -> str | None:
    for name, value in (event.get("headers") or {}).items():
        if name.lower() == "origin":
            return value if isinstance(value, str) else None
    return headers_of(event).get("origin") if event.get("multiValueHeaders") else None


def _budget(context: Any) -> float:
    """Seconds after which no call is begun that could outlast the function's own timeout.

    A function that has less than two calls' time still spends half of it.
    """
    remaining = getattr(context, "get_remaining_time_in_millis", None)
    if remaining is None:
        return _BUDGET
    seconds = float(remaining()) / 1000
    return min(_BUDGET, max(seconds - _LONGEST_CALL - _SAFETY_MARGIN, seconds / 2))
