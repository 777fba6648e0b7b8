"""Objects: policies written by hand, right and wrong, and what the solver finds in them."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from nexus_gen.backends.isolation.claims import storage_claims
from nexus_gen.verify.iam import parse
from nexus_gen.verify.isolation.counterexamples import shown
from nexus_gen.verify.isolation.solving import is_installed
from nexus_gen.verify.isolation.storage import storage_problems
from tests.conftest import absent_tool
from tests.isolation.corpus import answers

BUCKET = "arn:aws:s3:::files"
TAG = "${aws:PrincipalTag/organization_id}"
POLICY: dict[str, Any] = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "OwnObjects",
            "Effect": "Allow",
            "Action": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
            "Resource": f"{BUCKET}/organizations/{TAG}/*",
            "Condition": {"StringLike": {"aws:PrincipalTag/organization_id": "?*"}},
        },
        {
            "Sid": "OwnNames",
            "Effect": "Allow",
            "Action": "s3:ListBucket",
            "Resource": BUCKET,
            "Condition": {
                "StringLike": {
                    "aws:PrincipalTag/organization_id": "?*",
                    "s3:prefix": f"organizations/{TAG}/*",
                }
            },
        },
    ],
}


@pytest.fixture(scope="module", autouse=True)
def solver() -> None:
    """Skips where cvc5 is absent."""
    if not is_installed():
        absent_tool("cvc5", "`make setup`, or `pip install cvc5`")


def failing(document: dict[str, Any]) -> dict[str, str]:
    """Claims that do not hold, each with the request against it (empty for one of `own`)."""
    problems = list(storage_problems("files", [parse(document)], BUCKET))
    found = {}
    for problem, answer in zip(problems, answers(problems), strict=True):
        assert answer.verdict != "unknown"
        if (answer.verdict == "sat") == problem.possible:
            continue
        request = None if problem.possible else shown(problem, answer.values)
        assert request is None or request.agreed
        found[problem.claim] = request.text if request else ""
    return found


def changed(statement: int, **parts: Any) -> dict[str, Any]:
    document = deepcopy(POLICY)
    document["Statement"][statement] |= parts
    return document


def test_every_claim_is_asked() -> None:
    asked = {problem.claim for problem in storage_problems("files", [parse(POLICY)], BUCKET)}
    assert asked == {claim.name for claim in storage_claims("files")}


def test_the_right_policy_has_no_counterexample() -> None:
    assert failing(POLICY) == {}


def test_without_a_slash_org1_reaches_org10() -> None:
    found = failing(changed(0, Resource=f"{BUCKET}/organizations/{TAG}*"))
    assert found.keys() == {"files.object"}
    assert "s3:GetObject on files/organizations/" in found["files.object"]


def test_a_wildcard_instead_of_the_tag_reaches_everybody() -> None:
    assert failing(changed(0, Resource=f"{BUCKET}/organizations/*")).keys() == {"files.object"}
    assert failing(changed(0, Resource="*")).keys() == {"files.object", "files.bucket"}


def test_a_listing_without_a_prefix_shows_every_name() -> None:
    tagged = {"StringLike": {"aws:PrincipalTag/organization_id": "?*"}}
    assert failing(changed(1, Condition=tagged)).keys() == {"files.listing"}


def test_a_prefix_that_is_compared_only_if_there_is_one_shows_every_name() -> None:
    condition = {"StringLikeIfExists": {"s3:prefix": f"organizations/{TAG}/*"}}
    found = failing(changed(1, Condition=condition))
    assert found.keys() == {"files.listing"}
    assert "s3:ListBucket on files" in found["files.listing"]


def test_a_listing_prefix_without_a_slash_shows_the_names_of_longer_ids() -> None:
    condition = {"StringLike": {"s3:prefix": f"organizations/{TAG}*"}}
    assert failing(changed(1, Condition=condition)).keys() == {"files.listing"}


def test_a_wider_prefix_shows_part_of_other_names() -> None:
    condition = {"StringLike": {"s3:prefix": ["organizations/", f"organizations/{TAG}/*"]}}
    assert failing(changed(1, Condition=condition)).keys() == {"files.listing"}


def test_versions_are_names_too() -> None:
    document = deepcopy(POLICY)
    versions = {"Effect": "Allow", "Action": "s3:ListBucketVersions", "Resource": BUCKET}
    document["Statement"].append(versions)
    assert failing(document).keys() == {"files.listing"}


def test_nothing_else_of_the_bucket_and_no_other_bucket() -> None:
    document = deepcopy(POLICY)
    document["Statement"].append(
        {"Effect": "Allow", "Action": "s3:PutBucketPolicy", "Resource": BUCKET}
    )
    assert failing(document).keys() == {"files.bucket"}
    other = changed(0, Resource=["arn:aws:s3:::backups/*", f"{BUCKET}/organizations/{TAG}/*"])
    assert failing(other).keys() == {"files.bucket"}


def test_what_handlers_need_has_to_be_possible() -> None:
    assert failing(changed(0, Action=["s3:GetObject"])).keys() == {
        "files.own.PutObject",
        "files.own.DeleteObject",
    }
