"""A client of the generated API that speaks to the Lambda handler as API Gateway does."""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

Handler = Callable[[dict[str, Any], Any], dict[str, Any]]

ORIGIN = "https://dev.example.com"
"""The origin that the tests' functions allow."""


@dataclass(frozen=True, slots=True)
class Context:
    """The part of Lambda's context object that handlers read."""

    aws_request_id: str
    function_name: str = "test-education-api"
    memory_limit_in_mb: int = 256

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until Lambda would stop the function."""
        return 15_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What the handler returned. Header names are in lower case."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        """The body, decoded."""
        return json.loads(self.text)

    @property
    def errors(self) -> dict[str, str]:
        """Field errors of a problem: JSON Pointer, or query parameter -> code."""
        return {
            error.get("pointer", error.get("parameter")): error["code"]
            for error in self.json["errors"]
        }


@dataclass(frozen=True, slots=True)
class Client:
    """One caller.

    Attributes:
        resources: API Gateway resource paths, to find which one a path belongs to.
        groups: the claim `cognito:groups` as it arrives: one string.
    """

    handler: Handler
    resources: tuple[str, ...]
    tenant: str
    user: str = "user-1"
    groups: str = "admin"

    def having(self, **changes: Any) -> Client:
        """The same caller but for some attributes."""
        return replace(self, **changes)

    @property
    def claims(self) -> dict[str, Any]:
        """Claims of an ID token as the Cognito authorizer passes them on."""
        return {
            "sub": self.user,
            "cognito:groups": self.groups,
            "custom:organization_id": self.tenant,
            "email": "canary-claim@example.com",
            "token_use": "id",
        }

    def get(self, path: str, **options: Any) -> Answer:
        """GET; `query` may be a mapping or a list of pairs."""
        return self.send("GET", path, **options)

    def post(self, path: str, body: Any = None, **options: Any) -> Answer:
        """POST of a JSON body."""
        return self.send("POST", path, body=body, **options)

    def patch(self, path: str, body: Any, **options: Any) -> Answer:
        """PATCH with a JSON Merge Patch."""
        return self.send("PATCH", path, body=body, **options)

    def delete(self, path: str, **options: Any) -> Answer:
        """DELETE."""
        return self.send("DELETE", path, **options)

    def send(self, method: str, path: str, **options: Any) -> Answer:
        """Invoke the handler with what `event` makes of the arguments."""
        event = self.event(method, path, **options)
        return answered(self.handler(event, Context(event["requestContext"]["requestId"])))

    def event(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        raw: str | bytes | None = None,
        query: Mapping[str, str] | list[tuple[str, str]] | None = None,
        headers: Mapping[str, str] | None = None,
        claims: Mapping[str, Any] | None = None,
        request_id: str | None = None,
    ) -> dict[str, Any]:
        """A proxy event. `raw` is the body as it is; bytes travel in Base64."""
        resource, parameters = self._resource(path)
        sent = {"Origin": ORIGIN, "Authorization": "canary-token", **(headers or {})}
        text = raw
        if body is not None:
            text = json.dumps(body)
        if text is not None and not any(name.lower() == "content-type" for name in sent):
            sent["Content-Type"] = "application/json"
        pairs = list(query.items()) if isinstance(query, Mapping) else list(query or ())
        multi: dict[str, list[str]] = {}
        for name, value in pairs:
            multi.setdefault(name, []).append(value)
        context: dict[str, Any] = {
            "requestId": request_id or str(uuid.uuid4()),
            "resourcePath": resource,
            "httpMethod": method,
            "path": f"/dev{path}",
            "stage": "dev",
            "identity": {"sourceIp": "203.0.113.7", "userAgent": "tests"},
            "authorizer": {"claims": dict(self.claims if claims is None else claims)},
        }
        return {
            "resource": resource,
            "path": path,
            "httpMethod": method,
            "headers": sent,
            "multiValueHeaders": {name: [value] for name, value in sent.items()},
            "queryStringParameters": dict(pairs) or None,
            "multiValueQueryStringParameters": multi or None,
            "pathParameters": parameters or None,
            "stageVariables": None,
            "requestContext": context,
            "body": base64.b64encode(text).decode() if isinstance(text, bytes) else text,
            "isBase64Encoded": isinstance(text, bytes),
        }

    def _resource(self, path: str) -> tuple[str, dict[str, str]]:
        """The resource that a path belongs to, and its path parameters."""
        parts = path.split("/")
        for resource in sorted(self.resources, key=lambda entry: entry.count("{")):
            names = resource.split("/")
            if len(names) == len(parts) and all(
                name == part or name.startswith("{")
                for name, part in zip(names, parts, strict=True)
            ):
                pairs = zip(names, parts, strict=True)
                return resource, {n[1:-1]: part for n, part in pairs if n.startswith("{")}
        return path, {}


def answered(response: dict[str, Any]) -> Answer:
    """A proxy response as a client sees it."""
    headers = {name.lower(): value for name, value in (response.get("headers") or {}).items()}
    for name, values in (response.get("multiValueHeaders") or {}).items():
        headers[name.lower()] = ", ".join(values)
    body = response.get("body") or ""
    if response.get("isBase64Encoded"):
        body = base64.b64decode(body).decode()
    json.dumps(response)  # API Gateway takes nothing that JSON cannot hold
    return Answer(response["statusCode"], headers, body)
