"""The running local API keeps the OpenAPI document: requests at random, valid and invalid.

Each answer must be one that the document allows for its operation: status, media type, headers and
body. What fits the schemas is accepted, but for the reasons that `x-problem-codes` names. The API
runs in processes of its own, with the emulator and real token checks.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi import checks

from tests import sample, sizes
from tests.local.running import Caller, Dev, call, make_project

# Finds `schemathesis.toml`, which registers the check of ours that it names.
document = schemathesis.openapi.from_path(sample.built() / "generated/openapi/openapi.yaml")
# Every bound of every parameter, some 8,000 requests: the soak sends those too.
document.config.phases.coverage.enabled = sizes.size(ci=0, soak=1) == 1


CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.missing_required_header,
    checks.unsupported_method,
    checks.allow_header_conformance,
    schemathesis.checks.CHECKS.get_one("accepts_what_fits"),
]
SEEDED = "20"


@dataclass(frozen=True, slots=True)
class Api:
    """Where it is, who calls, and items that a path may name."""

    url: str
    token: str
    ids: dict[str, list[str]]
    sent: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    project: Path = make_project(tmp_path_factory.mktemp("contract"))
    dev = Dev(project, "--seed", SEEDED).ready()
    try:
        admin = Caller(dev.url, "admin@acme.example")
        api = Api(dev.url, admin.tokens["idToken"], dict(found_ids(admin)))
        begun = time.monotonic()
        yield api
        took = time.monotonic() - begun
        print(
            f"\ncontract: {len(api.sent)} cases, {took:.0f} s, seed {sizes.seed() or 'of the code'}"
        )
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
@sizes.examples(
    ci=48,
    soak=200,
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
    elif ParameterLocation.HEADER in invalid:
        # What was invalid is that there was no token. An invalid query may be none once it is sent,
        # such as an empty list: only a case whose query alone is invalid is judged by that.
        del case.meta.components[ParameterLocation.HEADER]
    api.sent.append(case.operation.label)
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
