"""Policies are read whole or refused by name."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from nexus_gen.verify.iam import Condition, Policy, Principal, UnmodelledError, parse, parse_json
from nexus_gen.verify.iam.patterns import AnyCharacter, AnyText, Text, Variable, parts

TABLE = "arn:aws:dynamodb:eu-west-1:123456789012:table/school"

OWN_ITEMS: dict[str, Any] = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "OwnItems",
            "Effect": "Allow",
            "Action": ["dynamodb:GetItem", "dynamodb:Query"],
            "Resource": [TABLE, f"{TABLE}/index/*"],
            "Condition": {
                "ForAllValues:StringLike": {
                    "dynamodb:LeadingKeys": ["${aws:PrincipalTag/organization_id}#*"]
                },
                "Null": {"dynamodb:LeadingKeys": "false"},
                "StringLikeIfExists": {"aws:PrincipalTag/organization_id": "?*"},
            },
        },
        {"Effect": "Deny", "Action": "dynamodb:Scan", "Resource": "*"},
    ],
}


def test_a_policy_is_read_whole() -> None:
    policy = parse(OWN_ITEMS, "aws_iam_role_policy.tenant")
    own, deny = policy.statements
    assert (policy.version, own.label, deny.label) == ("2012-10-17", "OwnItems", "statement 2")
    assert own.actions == ("dynamodb:GetItem", "dynamodb:Query")
    assert own.resources == (TABLE, f"{TABLE}/index/*")
    assert own.conditions == (
        Condition(
            "StringLike",
            "dynamodb:LeadingKeys",
            ("${aws:PrincipalTag/organization_id}#*",),
            "ForAllValues",
        ),
        Condition("Null", "dynamodb:LeadingKeys", ("false",)),
        Condition("StringLike", "aws:PrincipalTag/organization_id", ("?*",), if_exists=True),
    )
    assert (deny.effect, deny.actions, deny.resources) == ("Deny", ("dynamodb:Scan",), ("*",))


def test_a_condition_reads_as_it_stands_in_the_policy() -> None:
    own = parse(OWN_ITEMS).statements[0]
    assert str(own.conditions[0]) == (
        'ForAllValues:StringLike dynamodb:LeadingKeys ["${aws:PrincipalTag/organization_id}#*"]'
    )


def test_a_trust_policy_names_principals() -> None:
    trust = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::123456789012:role/function"},
            "Action": ["sts:AssumeRole", "sts:TagSession"],
        },
    }
    statement = parse(trust).statements[0]
    assert statement.principals == (Principal("AWS", "arn:aws:iam::123456789012:role/function"),)
    assert statement.resources == ()


def test_a_policy_without_a_version_is_of_the_old_one() -> None:
    document = {key: OWN_ITEMS[key] for key in ("Statement",)}
    assert parse(document) == Policy("2008-10-17", parse(OWN_ITEMS).statements)


REFUSED = [
    (("Version",), "2020-01-01", "policy Version '2020-01-01'"),
    (("Statment",), [], "`Statment` in a policy"),
    (("Statement",), [], "a policy without statements"),
    (("Statement", 0, "Resources"), ["*"], "`Resources` in a statement"),
    (("Statement", 0, "NotPrincipal"), "*", "`NotPrincipal` in a statement"),
    (("Statement", 0, "Effect"), "allow", "Effect 'allow'"),
    (("Statement", 0, "Action"), [], "Action []"),
    (("Statement", 0, "Action"), "GetItem", "Action `GetItem`"),
    (("Statement", 0, "NotAction"), "s3:*", "OwnItems needs one of Action and NotAction"),
    (("Statement", 0, "NotResource"), "*", "OwnItems has both Resource and NotResource"),
    (("Statement", 0, "Principal"), "*", "OwnItems needs either a Resource"),
    (("Statement", 1, "Sid"), "OwnItems", "a Sid that stands twice"),
    (("Statement", 0, "Resource"), "table/school", "Resource `table/school`"),
    (("Statement", 0, "Resource"), "arn:aws:s3:::a*z", "a wildcard inside a segment"),
    (("Statement", 0, "Resource"), "arn:aws:s3:::a?", "a wildcard inside a segment"),
    (("Statement", 0, "Resource"), "arn:aws:s3:::*${aws:username}", "a wildcard inside a segment"),
    (("Statement", 0, "Resource"), "arn:aws:s3:::a/${aws:username", "is not closed"),
    (
        ("Statement", 0, "Resource"),
        "arn:aws:s3:::a/${aws:username, 'x'}",
        "the variable `${aws:username, 'x'}`",
    ),
    (("Statement", 0, "Condition", "NumericEquals"), {"a:b": "1"}, "operator `NumericEquals`"),
    (("Statement", 0, "Condition", "ForSomeValues:StringLike"), {"a:b": "1"}, "operator `ForSome"),
    (("Statement", 0, "Condition", "NullIfExists"), {"a:b": "true"}, "operator `NullIfExists`"),
    (
        ("Statement", 0, "Condition", "ForAllValues:Null"),
        {"a:b": "true"},
        "operator `ForAllValues:Null`",
    ),
    (("Statement", 0, "Condition", "Null"), {"a:b": "maybe"}, "Null a:b 'maybe'"),
    (("Statement", 0, "Condition", "Null"), {"a:b": ["true", "false"]}, "Null a:b"),
    (("Statement", 0, "Condition", "StringEquals"), {"a:b": []}, "StringEquals a:b []"),
    (("Statement", 0, "Condition", "StringEquals"), {"a:b": 1}, "StringEquals a:b [1]"),
    (("Statement", 0, "Condition", "StringEquals"), {"a:b": "x", "A:b": "y"}, "names a condition"),
    (("Statement", 0, "Condition", "StringEquals"), {}, "StringEquals {}"),
]


@pytest.mark.parametrize(("place", "value", "message"), REFUSED)
def test_what_is_not_modelled_is_refused_by_name(
    place: tuple[str | int, ...], value: Any, message: str
) -> None:
    document = copy.deepcopy(OWN_ITEMS)
    holder: Any = document
    for step in place[:-1]:
        holder = holder[step]
    holder[place[-1]] = value
    with pytest.raises(UnmodelledError) as caught:
        parse(document, "here")
    assert str(caught.value).startswith("here: ")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "principal", [{"Federated": "x"}, {"AWS": "arn:aws:iam::1:role/*"}, {"AWS": []}, {}]
)
def test_other_principals_are_refused(principal: Any) -> None:
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal}
    with pytest.raises(UnmodelledError):
        parse({"Version": "2012-10-17", "Statement": [statement]})


def test_a_key_that_stands_twice_in_the_text_is_refused() -> None:
    with pytest.raises(UnmodelledError, match="`Version` stands twice"):
        parse_json('{"Version": "2012-10-17", "Version": "2008-10-17", "Statement": []}')
    with pytest.raises(UnmodelledError, match="not JSON"):
        parse_json("{")


def test_patterns_are_parts() -> None:
    pattern = "a${aws:PrincipalTag/organization_id}#${*}?b*"
    assert parts(pattern, "2012-10-17") == (
        Text("a"),
        Variable("aws:PrincipalTag/organization_id"),
        Text("#*"),
        AnyCharacter(),
        Text("b"),
        AnyText(),
    )


def test_an_old_version_has_wildcards_but_no_variables() -> None:
    assert parts("${aws:username}*", "2008-10-17") == (Text("${aws:username}"), AnyText())


def test_operators_without_wildcards_keep_variables() -> None:
    pattern = "*${aws:username}?"
    assert parts(pattern, "2012-10-17", wildcards=False) == (
        Text("*"),
        Variable("aws:username"),
        Text("?"),
    )
