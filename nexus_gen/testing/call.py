"""One request on its way to AWS, read from what botocore is about to send."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

_CREDENTIAL = re.compile(r"Credential=(?P<key>\w+)/\d+/(?P<region>[\w-]+)/[\w-]+/aws4_request")


@dataclass(frozen=True)
class Call:
    """A signed request.

    Attributes:
        service: endpoint prefix of the service, `dynamodb`.
        operation: name of the API operation, `GetItem`.
        request: botocore's prepared request.
    """

    service: str
    operation: str
    request: Any

    @classmethod
    def of(cls, event_name: str, request: Any) -> Call:
        """From botocore's event `before-send.<service>.<operation>`."""
        _, service, operation = event_name.split(".")
        return cls(service, operation, request)

    def header(self, name: str) -> str | None:
        """A header as text."""
        return _text(self.request.headers.get(name))

    @cached_property
    def _credential(self) -> re.Match[str] | None:
        return _CREDENTIAL.search(self.header("Authorization") or "")

    @property
    def access_key(self) -> str | None:
        """Id of the access key that signed, None for an unsigned request."""
        return self._credential["key"] if self._credential else None

    @property
    def region(self) -> str:
        """Region that the request is signed for."""
        return self._credential["region"] if self._credential else "unknown"

    @cached_property
    def body(self) -> bytes:
        """The body; of one that is streamed, nothing."""
        body = self.request.body
        if isinstance(body, str):
            return body.encode()
        return bytes(body) if isinstance(body, bytes | bytearray) else b""

    @cached_property
    def json(self) -> dict[str, Any]:
        """The body of a service that speaks JSON."""
        given = json.loads(self.body or b"{}")
        return given if isinstance(given, dict) else {}

    @cached_property
    def form(self) -> dict[str, str]:
        """The body of a service that speaks the query protocol."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))

    @cached_property
    def query(self) -> dict[str, str]:
        """The query string, decoded."""
        return dict(parse_qsl(urlsplit(self.request.url).query, keep_blank_values=True))

    @property
    def host(self) -> str:
        """The host of the URL, without its port."""
        return urlsplit(self.request.url).hostname or ""

    @property
    def path(self) -> str:
        """The path of the URL, decoded."""
        return unquote(urlsplit(self.request.url).path)


def _text(value: Any) -> str | None:
    if isinstance(value, bytes):
        return value.decode("latin-1")
    return None if value is None else str(value)
