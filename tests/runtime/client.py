"""A caller of the sample API, through events as API Gateway makes them."""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from .sample_api.handler import app

RESOURCES = sorted(app._allow, key=lambda path: path.count("{"))
ORIGIN = "https://dev.example.com"


@dataclass(frozen=True, slots=True)
class Answer:
    """A proxy answer; header names in lower case."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        """The body, decoded."""
        return json.loads(self.text)

    @property
    def errors(self) -> dict[str, str]:
        """Codes of field errors by pointer or parameter."""
        return {e.get("pointer", e.get("parameter")): e["code"] for e in self.json["errors"]}


@dataclass(frozen=True, slots=True)
class Client:
    """One caller of one organization."""

    tenant: str
    user: str = "user-1"
    groups: Any = "admin"

    def having(self, **changes: Any) -> Client:
        """The same caller but for some attributes."""
        return replace(self, **changes)

    def __call__(self, method: str, path: str, body: Any = None, **options: Any) -> Answer:
        """Send one request."""
        return answered(app.handle(self.event(method, path, body, **options), None))

    def event(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        raw: str | bytes | None = None,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        claims: Any = None,
    ) -> dict[str, Any]:
        """The event of one request; a `raw` body of bytes travels in Base64."""
        resource, parameters = _resource(path)
        sent = {"Origin": ORIGIN, **(headers or {})}
        text = json.dumps(body) if body is not None else raw
        if text is not None and not any(name.lower() == "content-type" for name in sent):
            sent["Content-Type"] = "application/json"
        if claims is None:
            claims = {
                "sub": self.user,
                "cognito:groups": self.groups,
                "custom:organization_id": self.tenant,
            }
        return {
            "resource": resource,
            "path": path,
            "httpMethod": method,
            "headers": sent,
            "multiValueHeaders": {name: [value] for name, value in sent.items()},
            "queryStringParameters": dict(query) if query else None,
            "multiValueQueryStringParameters": {k: [v] for k, v in (query or {}).items()} or None,
            "pathParameters": parameters or None,
            "requestContext": {
                "requestId": str(uuid.uuid4()),
                "path": f"/dev{path}",
                "authorizer": {"claims": claims},
            },
            "body": base64.b64encode(text).decode() if isinstance(text, bytes) else text,
            "isBase64Encoded": isinstance(text, bytes),
        }


def _resource(path: str) -> tuple[str, dict[str, str]]:
    parts = path.split("/")
    for resource in RESOURCES:
        names = resource.split("/")
        pairs = list(zip(names, parts, strict=False))
        if len(names) == len(parts) and all(n == p or n.startswith("{") for n, p in pairs):
            return resource, {name[1:-1]: part for name, part in pairs if name.startswith("{")}
    return path, {}


def answered(response: dict[str, Any]) -> Answer:
    """A proxy answer as a client sees it."""
    json.dumps(response)
    headers = {name.lower(): value for name, value in response["headers"].items()}
    return Answer(response["statusCode"], headers, response["body"])
