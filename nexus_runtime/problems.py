"""Errors as `application/problem+json` (RFC 9457).

Texts are fixed: nothing that a client sent, and nothing that AWS answered, is echoed. Details of a
failure go to the log, under the request id that the answer carries.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

MAX_ERRORS = 1000
"""Field errors that one answer lists; a body can hold more mistakes than an answer should."""

MAX_QUERY_ERRORS = 20
"""Errors of a query that one answer lists; each may name all that the collection serves."""

MAX_POINTERS = 100_000
"""Characters of the pointers that one answer lists, after the first: they repeat names that the
client sent, each as often as there are mistakes below it."""


class Problem(Exception):  # noqa: N818 - RFC 9457 names it
    """An answer that is not a success.

    Attributes:
        status: HTTP status code.
        code: stable machine-readable name of the problem.
        detail: one sentence for a person.
        errors: field errors, each with `pointer` (RFC 6901, into the body) or `parameter` (of the
            query string), `code` and `detail`.
        headers: header fields beside those of every answer.
    """

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        errors: list[dict[str, str]] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.detail = detail
        self.errors = errors
        self.headers = headers or {}

    def body(self, request_id: str) -> dict[str, Any]:
        """Members of the problem object."""
        members: dict[str, Any] = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            "request_id": request_id,
        }
        if self.errors:
            members["errors"] = self.errors
        return members


class Errors(list[dict[str, str]]):
    """Field errors of one body, in the order in which they were met: the first of them, as
    many as an answer should hold."""

    _room = MAX_POINTERS

    @property
    def full(self) -> bool:
        """Whether no further error is noted."""
        return self._room < 0 or len(self) >= MAX_ERRORS

    def add(self, pointer: str, code: str, detail: str) -> None:
        """Note one error at a JSON Pointer."""
        self._room -= len(pointer)
        if not self or not self.full:
            self.append({"pointer": pointer, "code": code, "detail": detail})


class QueryErrors(list[dict[str, str]]):
    """Errors of one query, each at a parameter: the first of them, for their details are long."""

    def add(self, parameter: str, code: str, detail: str) -> None:
        """Note one error of a parameter."""
        if len(self) < MAX_QUERY_ERRORS:
            self.append({"parameter": parameter, "code": code, "detail": detail})

    def refuse(self) -> None:
        """Raise 400 with all errors, if there are any."""
        if self:
            raise invalid_query(self)


def bad_request(code: str, detail: str) -> Problem:
    """400 that concerns the request as a whole."""
    return Problem(400, code, detail)


def invalid_body(errors: list[dict[str, str]]) -> Problem:
    """400 with every error of the body."""
    return Problem(400, "invalid", "The body does not fit the schema.", errors=errors)


def invalid_query(errors: list[dict[str, str]]) -> Problem:
    """400 with every error of the query."""
    return Problem(400, "invalid_query", "The query cannot be served.", errors=errors)


def unauthenticated() -> Problem:
    """401: no authorizer spoke for the caller."""
    return Problem(
        401,
        "unauthenticated",
        "The request carries no verified identity.",
        headers={"WWW-Authenticate": "Bearer"},
    )


def forbidden(code: str = "forbidden") -> Problem:
    """403: the caller is known and may not do this."""
    return Problem(403, code, "The caller may not do this.")


def not_found() -> Problem:
    """404: absent, or another tenant's; the two look alike."""
    return Problem(404, "not_found", "There is no such resource.")


def method_not_allowed(allow: str) -> Problem:
    """405 with the methods that the resource has."""
    return Problem(
        405, "method_not_allowed", "The resource has no such method.", headers={"Allow": allow}
    )


def conflict(code: str, detail: str, errors: list[dict[str, str]] | None = None) -> Problem:
    """409: the state of the data stands against the request."""
    return Problem(409, code, detail, errors=errors)


def precondition_failed() -> Problem:
    """412: the item is not in a version that `If-Match` names."""
    return Problem(412, "precondition_failed", "The item is not in a version that If-Match names.")


def precondition_required() -> Problem:
    """428: this resource demands `If-Match` (RFC 6585)."""
    return Problem(428, "precondition_required", "Send If-Match with the ETag that was read.")


def too_large(detail: str = "The body is larger than 1 MB.") -> Problem:
    """413."""
    return Problem(413, "too_large", detail)


def unavailable(retry_after: int = 1) -> Problem:
    """503: a service that we need is throttling or away; nothing was decided about the request."""
    return Problem(
        503,
        "unavailable",
        "The service is busy. Try again later.",
        headers={"Retry-After": str(retry_after)},
    )


def internal() -> Problem:
    """500: our fault; the log has the reason under the request id."""
    return Problem(500, "internal", "Something went wrong on our side.")
