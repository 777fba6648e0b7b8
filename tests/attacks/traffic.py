"""Requests, answers, and what carries them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

_REQUEST_ID = re.compile(r'("request_id":\s*")[^"]*"')
_OF_THE_REQUEST = re.compile(r"(x-amz.*|x-request-id|date|apigw-.*|connection|server)", re.I)

OWN: Mapping[str, Any] = {}
"""The claims that the authorizer gives the caller."""


@dataclass(frozen=True)
class Request:
    """One request of the API.

    Attributes:
        path: resource path with parameters in braces.
        parameters: ids for the path.
        claims: what the authorizer passes on: `OWN`, other claims, or None for no authorizer.
    """

    method: str
    path: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    claims: Mapping[str, Any] | None = field(default_factory=lambda: OWN)

    def having(self, **changes: Any) -> Request:
        """The same request but for some attributes."""
        return replace(self, **changes)

    @property
    def filled_path(self) -> str:
        """The path with its ids."""
        path = self.path
        for name, id in self.parameters.items():
            path = path.replace(f"{{{name}}}", id)
        return path


@dataclass(frozen=True)
class Answer:
    """What came back; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def comparable(self) -> tuple[int, dict[str, str], str]:
        """All of it but what differs between any two requests: ids and dates of the request."""
        headers = {
            name.lower(): value
            for name, value in self.headers.items()
            if not _OF_THE_REQUEST.fullmatch(name)
        }
        return self.status, headers, _REQUEST_ID.sub(r'\1"', self.text)


class Target(Protocol):
    """What is attacked.

    Attributes:
        forges_claims: whether a request may carry claims that no authorizer would pass on.
    """

    forges_claims: bool

    def send(self, tenant: str, request: Request) -> Answer:
        """Send a request as a member of an organization who has every role."""

    def dump(self) -> list[Mapping[str, Any]]:
        """Every item that is stored, as the low-level client gives it."""

    def claims_of(self, tenant: str) -> Mapping[str, Any]:
        """What the authorizer passes on of such a member."""

    def forged_tokens(self, own: str, theirs: str) -> Mapping[str, str]:
        """Tokens that claim to be of `theirs`, made by a member of `own`, by what was done to them;
        none where no token is checked."""
