"""Requests as API Gateway's REST proxy integration gives them, responses as it takes them.

Event and answer formats: Amazon API Gateway Developer Guide, "Set up Lambda proxy integrations".
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Generic, NamedTuple, TypeVar

from nexus_runtime import bodies
from nexus_runtime.answers import MAX_BODY, fits, sent_bytes
from nexus_runtime.identity import Identity
from nexus_runtime.keys import Tenant
from nexus_runtime.problems import QueryErrors, bad_request, precondition_required

T = TypeVar("T")

_ETAG = re.compile(r'(W/)?("[\x21\x23-\x7e\x80-\xff]*+")')
_ETAGS = re.compile(rf"[ \t,]*+(?:{_ETAG.pattern}[ \t]*+(?:,[ \t,]*+|\Z))++\Z")
"""A list of entity tags (RFC 9110, 8.8.3 and 5.6.1), at least one."""


def _plain(value: object) -> int | float:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(type(value).__name__)


_PAGE_BYTES = 4096
"""What a page has besides its items: a cursor, at most 2,048 characters, and the names."""

to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain).encode
"""Compact JSON text."""


class Page(NamedTuple, Generic[T]):
    """One page of a list.

    Attributes:
        next_cursor: None on the last page.
        cursor_after: the cursor of a page that ends after so many items, at least one.
    """

    items: list[T]
    next_cursor: str | None
    cursor_after: Callable[[int], str] | None = None

    def cut(self) -> Page[T]:
        """The page as far as Lambda takes it, at least one item."""
        room = MAX_BODY - _PAGE_BYTES
        count = 0
        for item in self.items:
            room -= sent_bytes(to_json(item))
            if room < 0:
                break
            count += 1
        count = max(count, 1)
        if self.cursor_after is None or count >= len(self.items):
            return self
        return Page(self.items[:count], self.cursor_after(count))


class Response:
    """An answer before CORS and security headers are added."""

    __slots__ = ("body", "headers", "status")

    def __init__(self, status: int, body: str | None = None, **headers: str) -> None:
        self.status = status
        self.body = body
        self.headers: dict[str, str] = headers


class Request:
    """One verified request.

    Attributes:
        id: request id of API Gateway, which answers and logs carry.
        tenant: the caller's organization, from verified claims only.
        actor: the caller's `sub` claim.
        roles: the caller's roles, as far as the token names them.
        owner_only: the caller is here as the item's creator, for no role of theirs allows it.
        replayed: the answer is the first answer to an earlier request with this Idempotency-Key.
    """

    __slots__ = (
        "_headers",
        "actor",
        "event",
        "id",
        "method",
        "owner_only",
        "replayed",
        "roles",
        "tenant",
    )

    def __init__(
        self, event: Mapping[str, Any], id: str, identity: Identity, owner_only: bool = False
    ) -> None:
        self.event = event
        self.id = id
        self.method: str = event["httpMethod"]
        self.tenant: Tenant = identity.tenant
        self.actor = identity.actor
        self.roles = identity.roles
        self.owner_only = owner_only
        self.replayed = False
        self._headers: dict[str, str] | None = None

    def header(self, name: str) -> str | None:
        """A header by its lower-case name; fields of the same name are joined (RFC 9110, 5.3)."""
        headers = self._headers
        if headers is None:
            headers = self._headers = headers_of(self.event)
        return headers.get(name)

    @property
    def path_parameters(self) -> Mapping[str, str]:
        """Values of the braces in the resource's path."""
        return self.event.get("pathParameters") or {}

    @property
    def path(self) -> str:
        """The path that the client asked for, with the stage where there is one."""
        context = self.event.get("requestContext") or {}
        path: str = context.get("path") or self.event.get("path") or ""
        return path.rstrip("/")

    def query(self, errors: QueryErrors) -> dict[str, str]:
        """Query parameters; one that is given twice is an error."""
        for name, values in (self.event.get("multiValueQueryStringParameters") or {}).items():
            if len(values) > 1:
                errors.add(name, "repeated", "Give the parameter once.")
        return dict(self.event.get("queryStringParameters") or {})

    def json(self, media_types: Sequence[str] = bodies.JSON) -> Any:
        """The body, parsed within bounds; see `nexus_runtime.bodies`."""
        return bodies.read(self.event, self.header("content-type"), media_types)

    def if_match(self, *, required: bool) -> IfMatch | None:
        """The condition of `If-Match`, None where it is absent; 428 if that may not be.

        400 for what is neither `*` nor a list of entity tags.
        """
        value = self.header("if-match")
        if value is None:
            if required:
                raise precondition_required()
            return None
        return IfMatch(value)


class IfMatch:
    """Versions that a write accepts.

    Tags are compared strongly (RFC 9110, 13.1.1): a weak one names no version, and matches none.
    """

    __slots__ = ("versions",)

    def __init__(self, value: str) -> None:
        self.versions: frozenset[int] | None = None
        if value.strip() == "*":
            return
        if not _ETAGS.match(value):
            raise bad_request(
                "if_match", 'If-Match takes entity tags in quotes, such as "1", or *.'
            )
        tags = (tag[1:-1] for weak, tag in _ETAG.findall(value) if not weak)
        self.versions = frozenset(int(tag) for tag in tags if _is_version(tag))

    def accepts(self, version: int | None) -> bool:
        """Whether an item of this version may be written; one that cannot be read is in no list."""
        return self.versions is None or version in self.versions


def _is_version(tag: str) -> bool:
    return tag.isascii() and tag.isdigit() and len(tag) <= 15 and not tag.startswith("0")


def headers_of(event: Mapping[str, Any]) -> dict[str, str]:
    """Header fields by lower-case name."""
    many = event.get("multiValueHeaders")
    if many:
        return {name.lower(): ", ".join(values) for name, values in many.items()}
    return {name.lower(): value for name, value in (event.get("headers") or {}).items()}


Handler = Callable[[Request], Response]


class Route:
    """One method of one resource, who may call it, and the function that answers."""

    __slots__ = ("allow", "function", "method", "owner", "path")

    def __init__(
        self, method: str, path: str, allow: Sequence[str], owner: bool, function: Handler
    ) -> None:
        self.method = method
        self.path = path
        self.allow = frozenset(allow)
        self.owner = owner
        self.function = function

    def __call__(self, request: Request) -> Response:
        """Answer a request that was authorised for this route."""
        return self.function(request)


def route(
    method: str, path: str, *, allow: Sequence[str], owner: bool = False
) -> Callable[[Handler], Route]:
    """Declare the function below as a route.

    `allow` names the roles that may call it; with `owner` the item's creator may too.
    """

    def declare(function: Handler) -> Route:
        return Route(method, path, allow, owner, function)

    return declare


def etag(record: Any) -> str | None:
    """The entity tag of a record: its version; None where that cannot be read."""
    version = record["version"]
    return None if version is None else f'"{version}"'


def _named(tags: str) -> list[str]:
    """Tags of `If-None-Match`, which are compared weakly (RFC 9110, 13.1.2)."""
    return [tag for _, tag in _ETAG.findall(tags)]


def _tagged(tag: str | None) -> dict[str, str]:
    return {} if tag is None else {"ETag": tag}


def found(request: Request, record: Any) -> Response:
    """200 with the record and its ETag; 304 where a GET names that tag in `If-None-Match`."""
    tag = etag(record)
    if request.method == "GET":
        known = request.header("if-none-match")
        if known is not None and (known.strip() == "*" or tag in _named(known)):
            return Response(304, None, **_tagged(tag))
    return _replayable(request, Response(200, to_json(record), **_tagged(tag)))


def created(request: Request, record: Any) -> Response:
    """201 with the record, its ETag and where it is."""
    location = f"{request.path}/{record['id']}"
    return _replayable(
        request, Response(201, to_json(record), **_tagged(etag(record)), Location=location)
    )


def _replayable(request: Request, response: Response) -> Response:
    if request.replayed:
        response.headers["Idempotency-Replayed"] = "true"
    return response


def page(request: Request, page: Page[Any]) -> Response:
    """200 with the items of one page and the cursor of the next.

    The page ends before the item that Lambda would not take with it any more.
    """
    body = _page_body(page)
    return Response(200, body if fits(body) else _page_body(page.cut()))


def _page_body(page: Page[Any]) -> str:
    return to_json({"items": page.items, "next_cursor": page.next_cursor})


def no_content() -> Response:
    """204: done, and there is nothing to show."""
    return Response(204)
