"""The running local API keeps the OpenAPI document: requests at random, valid and invalid.

Each answer must be one that the document allows for its operation: status, media type, headers and
body. The API runs in processes of its own, with the emulator and real token checks.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi import checks

from tests.local.running import ROOT, Caller, Dev, call, make_project

document = schemathesis.openapi.from_path(ROOT / "generated/openapi/openapi.yaml")
# A condition on the item is judged before the body is: a stale one refuses whatever is sent.
rejection = document.config.checks.negative_data_rejection
rejection.expected_statuses = [*rejection.expected_statuses, "412"]
missing = document.config.checks.missing_required_header
missing.expected_statuses = [*missing.expected_statuses, "428"]  # RFC 6585, section 3
CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.missing_required_header,
]
EXAMPLES = 20
SEEDED = "20"


@dataclass(frozen=True, slots=True)
class Api:
    """Where it is, who calls, and items that a path may name."""

    url: str
    token: str
    ids: dict[str, list[str]]


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    project: Path = make_project(tmp_path_factory.mktemp("contract"))
    dev = Dev(project, "--seed", SEEDED).ready()
    try:
        admin = Caller(dev.url, "admin@acme.example")
        yield Api(dev.url, admin.tokens["idToken"], dict(found_ids(admin)))
    finally:
        dev.end()


def found_ids(admin: Caller) -> Iterator[tuple[str, list[str]]]:
    """Path parameter -> ids that it may have; lessons are those of the first course."""
    for plural, parameter in (
        ("instructors", "instructor_id"),
        ("courses", "course_id"),
        ("enrollments", "enrollment_id"),
    ):
        items = admin.send("GET", f"/education/{plural}?limit=100").body["items"]
        yield parameter, [item["id"] for item in items]
        if plural == "courses":
            lessons = admin.send("GET", f"/education/courses/{items[0]['id']}/lessons").body
            yield "lesson_id", [item["id"] for item in lessons["items"]]


@document.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_answers_are_as_documented(case: schemathesis.Case, api: Api) -> None:
    invalid = {
        where
        for where, part in case.meta.components.items()
        if part.mode is schemathesis.GenerationMode.NEGATIVE
    }
    if ParameterLocation.PATH not in invalid:
        name_items(case, api)
    headers = {"Authorization": api.token}
    if ParameterLocation.HEADER in invalid and "Authorization" in case.headers:
        headers = {}  # the token is what is invalid
    case.call_and_validate(base_url=api.url, headers=headers, checks=CHECKS, timeout=30)


def name_items(case: schemathesis.Case, api: Api) -> None:
    """Let half of the requests name items that exist; the others keep what was generated."""
    given: dict[str, Any] = dict(case.path_parameters or {})
    number = zlib.crc32(repr((given, case.query, case.body)).encode())
    for parameter in given if number % 2 else ():
        known = api.ids[parameter]
        case.path_parameters[parameter] = known[number % 3 % len(known)]


OPERATIONS = [
    (method, path)
    for path, item in document.raw_schema["paths"].items()
    for method in item
    if method != "parameters"
]


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_no_operation_is_served_without_a_token(method: str, path: str, api: Api) -> None:
    named = path.format_map({parameter: ids[0] for parameter, ids in api.ids.items()})
    for token in ("", "x", api.token[:-10] + "AAAAAAAAAA"):
        answer = call(api.url, method.upper(), named, headers={"Authorization": token})
        assert (answer.status, answer.body) == (401, {"message": "Unauthorized"})
