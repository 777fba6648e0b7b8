"""Policies mean what AWS documents that they mean."""

from __future__ import annotations

from typing import Any

import pytest

from nexus_gen.verify.iam import (
    Principal,
    Request,
    UnmodelledError,
    evaluate,
    evaluate_trust,
    parse,
)

from . import documented_conditions, documented_logic
from .documented import Case, allow, deny

SENTENCES = (
    *documented_logic.LOGIC,
    *documented_logic.RESOURCES,
    *documented_logic.VARIABLES,
    *documented_conditions.OPERATORS,
    *documented_conditions.SETS,
)
CASES = [
    pytest.param(case, id=f"{sentence.page}: {case.name}")
    for sentence in SENTENCES
    for case in sentence.cases
]


def policy_of(case: Case) -> dict[str, Any]:
    document = {"Statement": case.statement}
    return document if case.version is None else {"Version": case.version, **document}


@pytest.mark.parametrize("case", CASES)
def test_a_sentence_of_the_documentation_holds(case: Case) -> None:
    def answer() -> str:
        request = Request(case.action, case.resource, case.context)
        return evaluate([parse(policy_of(case))], request).outcome

    if case.answer == "raises":
        with pytest.raises(UnmodelledError):
            answer()
    else:
        assert answer() == case.answer


def test_every_sentence_names_its_page() -> None:
    assert all(sentence.page and sentence.text and sentence.cases for sentence in SENTENCES)


def test_policies_of_a_role_are_evaluated_together() -> None:
    allowing = parse({"Version": "2012-10-17", "Statement": [allow()]})
    denying = parse({"Version": "2012-10-17", "Statement": [deny(action="dynamodb:Scan")]})
    scan = Request("dynamodb:Scan", "*")
    assert evaluate([allowing], scan).allowed
    refused = evaluate([allowing, denying], scan)
    assert (refused.outcome, refused.policy) == ("explicit deny", denying)


FUNCTION = Principal("AWS", "arn:aws:iam::123456789012:role/function")
OTHER = Principal("AWS", "arn:aws:iam::123456789012:role/other")
LAMBDA = Principal("Service", "lambda.amazonaws.com")
ANOTHER_ACCOUNT = Principal("AWS", "arn:aws:iam::210987654321:role/function")


@pytest.mark.parametrize(
    ("named", "principal", "allowed"),
    [
        ({"AWS": FUNCTION.value}, FUNCTION, True),
        ({"AWS": FUNCTION.value}, OTHER, False),
        ({"AWS": FUNCTION.value}, LAMBDA, False),
        ({"Service": "lambda.amazonaws.com"}, LAMBDA, True),
        ({"Service": "lambda.amazonaws.com"}, FUNCTION, False),
        ({"AWS": "arn:aws:iam::123456789012:root"}, OTHER, True),
        ({"AWS": "123456789012"}, OTHER, True),
        ({"AWS": "arn:aws:iam::123456789012:root"}, ANOTHER_ACCOUNT, False),
        ("*", ANOTHER_ACCOUNT, True),
        ({"AWS": "*"}, ANOTHER_ACCOUNT, True),
    ],
)
def test_trust_is_for_whom_it_names(named: Any, principal: Principal, allowed: bool) -> None:
    """IAM User Guide, "AWS JSON policy elements: Principal"."""
    statement = {"Effect": "Allow", "Principal": named, "Action": "sts:AssumeRole"}
    trust = parse({"Version": "2012-10-17", "Statement": [statement]})
    request = Request("sts:AssumeRole", "arn:aws:iam::123456789012:role/tenant")
    assert evaluate_trust(trust, principal, request).allowed is allowed


def test_identity_and_trust_policies_are_not_mixed_up() -> None:
    identity = parse({"Version": "2012-10-17", "Statement": [allow()]})
    statement = {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}
    trust = parse({"Version": "2012-10-17", "Statement": [statement]})
    with pytest.raises(UnmodelledError):
        evaluate_trust(identity, FUNCTION, Request("sts:AssumeRole", "*"))
    with pytest.raises(UnmodelledError):
        evaluate([trust], Request("sts:AssumeRole", "*"))
