"""What a contract tester has to know of the OpenAPI document beyond OpenAPI.

`schemathesis.toml` names this file, so that `st run` loads it by its path.
"""

from __future__ import annotations

import schemathesis
from schemathesis.openapi.checks import RejectedPositiveData
from schemathesis.specs.openapi import checks

from nexus_gen.backends.openapi.components import CODES


@schemathesis.check
def accepts_what_fits(
    context: schemathesis.CheckContext, response: schemathesis.Response, case: schemathesis.Case
) -> bool | None:
    """What fits the schemas is accepted, unless for a reason that the document names."""
    try:
        accepted: bool | None = checks.positive_data_acceptance(context, response, case)
    except RejectedPositiveData:
        if not set(codes_of(response)) <= stated_codes(case, response.status_code):
            raise
        return None
    return accepted


def codes_of(response: schemathesis.Response) -> list[str]:
    """Codes of a problem's errors, or of the problem where it lists none."""
    problem = response.json()
    return [error["code"] for error in problem.get("errors", ())] or [problem["code"]]


def stated_codes(case: schemathesis.Case, status: int) -> set[str]:
    """Codes of one status of an operation with which what fits the schemas may be refused."""
    document = case.operation.schema.raw_schema
    responses = document["paths"][case.operation.path][case.method.lower()]["responses"]
    response = responses.get(str(status), {})
    if "$ref" in response:  # the stateful phase has put its links into some, and so resolved them
        response = document["components"]["responses"][response["$ref"].rpartition("/")[2]]
    return set(response.get(CODES, ()))
