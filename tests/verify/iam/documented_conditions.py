"""Sentences on conditions: their operators, absent keys, sets of values."""

from __future__ import annotations

from .documented import KEYS, OWN, TAG, Case, Sentence, allow, deny

OPERATORS = (
    Sentence(
        "IAM JSON policy elements: Condition operators",
        "StringEquals: exact matching, case sensitive.",
        (
            Case("equal", allow(StringEquals={"a:b": "x"}), "allow", {"a:b": "x"}),
            Case("case", allow(StringEquals={"a:b": "x"}), "implicit deny", {"a:b": "X"}),
            Case(
                "a star is a star",
                allow(StringEquals={"a:b": "x*"}),
                "implicit deny",
                {"a:b": "xy"},
            ),
            Case("equal star", allow(StringEquals={"a:b": "x*"}), "allow", {"a:b": "x*"}),
            Case(
                "no newline at the end",
                allow(StringEquals={"a:b": "x"}),
                "implicit deny",
                {"a:b": "x\n"},
            ),
        ),
    ),
    Sentence(
        "IAM JSON policy elements: Condition operators",
        "StringEqualsIgnoreCase: exact matching, ignoring case. StringNotEqualsIgnoreCase: "
        "negated matching, ignoring case.",
        (
            Case("case", allow(StringEqualsIgnoreCase={"a:b": "x"}), "allow", {"a:b": "X"}),
            Case(
                "negated",
                allow(StringNotEqualsIgnoreCase={"a:b": "x"}),
                "implicit deny",
                {"a:b": "X"},
            ),
        ),
    ),
    Sentence(
        "IAM JSON policy elements: Condition operators",
        "StringLike: case-sensitive matching. The values can include multi-character match "
        "wildcards (*) and single-character match wildcards (?) anywhere in the string.",
        (
            Case("not empty", allow(StringLike={TAG: "?*"}), "allow", {TAG: "o"}),
            Case("empty", allow(StringLike={TAG: "?*"}), "implicit deny", {TAG: ""}),
            Case("absent", allow(StringLike={TAG: "?*"}), "implicit deny"),
            Case("line breaks too", allow(StringLike={TAG: "a*b"}), "allow", {TAG: "a\nb"}),
            Case("case", allow(StringLike={TAG: "A*"}), "implicit deny", {TAG: "ab"}),
        ),
    ),
    Sentence(
        "IAM JSON policy elements: Condition operators",
        "If the key that you specify in a policy condition is not present in the request context, "
        "the values do not match and the condition is false. If the policy condition requires "
        "that the key is not matched, such as StringNotLike or ArnNotLike, and the right key is "
        "not present, the condition is true.",
        (
            Case("equals", allow(StringEquals={"a:b": "x"}), "implicit deny"),
            Case("not equals", allow(StringNotEquals={"a:b": "x"}), "allow"),
            Case("not like", allow(StringNotLike={"a:b": "x"}), "allow"),
            Case("ARN not like", allow(ArnNotLike={"a:b": "arn:a:b:c:d:e"}), "allow"),
            Case("true or false", allow(Bool={"aws:SecureTransport": "false"}), "implicit deny"),
        ),
    ),
    Sentence(
        "IAM JSON policy elements: Condition operators",
        "You can add IfExists to the end of any condition operator name except the Null "
        "condition. If the condition key is present in the context of the request, process the "
        "key as specified in the policy. If the key is not present, evaluate the condition "
        "element as true.",
        (
            Case("absent", allow(StringEqualsIfExists={"a:b": "x"}), "allow"),
            Case("other", allow(StringEqualsIfExists={"a:b": "x"}), "implicit deny", {"a:b": "y"}),
            Case("equal", allow(StringEqualsIfExists={"a:b": "x"}), "allow", {"a:b": "x"}),
            Case("null", allow(NullIfExists={"a:b": "true"}), "raises"),
        ),
    ),
    Sentence(
        "IAM JSON policy elements: Condition operators",
        "Use a Null condition operator to check if a condition key is absent at the time of "
        "authorization. In the policy statement, use either true (the key doesn't exist, it is "
        "null) or false (the key exists and its value is not null).",
        (
            Case("must be there, is", allow(Null={KEYS: "false"}), "allow", {KEYS: ("a",)}),
            Case("must be there, is not", allow(Null={KEYS: "false"}), "implicit deny"),
            Case(
                "must be there, is null", allow(Null={KEYS: "false"}), "implicit deny", {KEYS: ()}
            ),
            Case("must not, is not", allow(Null={KEYS: "true"}), "allow"),
            Case("must not, is", allow(Null={KEYS: True}), "implicit deny", {KEYS: ("a",)}),
            Case("is the empty text null?", allow(Null={"a:b": "false"}), "raises", {"a:b": ""}),
        ),
    ),
    Sentence(
        "IAM JSON policy elements: Condition operators",
        "Each of the six colon-delimited components of the ARN is checked separately and each can "
        "include multi-character match wildcards (*) or single-character match wildcards (?). The "
        "ArnEquals and ArnLike condition operators behave identically.",
        (
            Case(
                "like",
                allow(ArnLike={"aws:SourceArn": "arn:aws:logs:*:1:log-group:/a/*"}),
                "allow",
                {"aws:SourceArn": "arn:aws:logs:eu-west-1:1:log-group:/a/b"},
            ),
            Case(
                "equals has wildcards",
                allow(ArnEquals={"aws:SourceArn": "arn:aws:s3:::a*"}),
                "allow",
                {"aws:SourceArn": "arn:aws:s3:::ab"},
            ),
            Case(
                "a star stays in its component",
                allow(ArnLike={"aws:SourceArn": "arn:aws:s3:*:x"}),
                "implicit deny",
                {"aws:SourceArn": "arn:aws:s3:::x"},
            ),
            Case(
                "negated",
                allow(ArnNotLike={"aws:SourceArn": "arn:aws:s3:::a*"}),
                "implicit deny",
                {"aws:SourceArn": "arn:aws:s3:::ab"},
            ),
            Case(
                "a variable",
                allow(ArnLike={"aws:SourceArn": "arn:aws:s3:::${" + TAG + "}/*"}),
                "allow",
                {TAG: "a", "aws:SourceArn": "arn:aws:s3:::a/b:c"},
            ),
            Case(
                "a variable without a value",
                allow(ArnLike={"aws:SourceArn": "arn:aws:s3:::${" + TAG + "}/*"}),
                "implicit deny",
                {"aws:SourceArn": "arn:aws:s3:::a/b:c"},
            ),
        ),
    ),
    Sentence(
        "IAM JSON policy elements: Condition operators",
        "Boolean conditions let you construct Condition elements that restrict access based on "
        "comparing a key to true or false.",
        (
            Case("true", allow(Bool={"a:b": "true"}), "allow", {"a:b": "true"}),
            Case("other", allow(Bool={"a:b": True}), "implicit deny", {"a:b": "false"}),
        ),
    ),
    Sentence(
        "IAM JSON policy elements: Condition",
        "Context key names are not case-sensitive.",
        (
            Case(
                "case",
                allow(StringEquals={"AWS:principaltag/X": "y"}),
                "allow",
                {"aws:PrincipalTag/x": "y"},
            ),
        ),
    ),
    Sentence(
        "Conditions with multiple context keys or values",
        "If your policy statement has multiple condition operators, or multiple keys attached to "
        "a single condition operator, the conditions are evaluated using a logical AND. If a "
        "single condition operator includes multiple values for a key, those values are evaluated "
        "using a logical OR. Negated matching condition operators: using a logical NOR.",
        (
            Case(
                "one key of two",
                allow(StringEquals={"a:b": "x", "a:c": "y"}),
                "implicit deny",
                {"a:b": "x"},
            ),
            Case(
                "both keys",
                allow(StringEquals={"a:b": "x", "a:c": "y"}),
                "allow",
                {"a:b": "x", "a:c": "y"},
            ),
            Case(
                "one operator of two",
                allow(StringEquals={"a:b": "x"}, StringLike={"a:c": "y*"}),
                "implicit deny",
                {"a:b": "x", "a:c": "z"},
            ),
            Case(
                "one value of two", allow(StringEquals={"a:b": ["x", "y"]}), "allow", {"a:b": "y"}
            ),
            Case(
                "none of two",
                allow(StringNotEquals={"a:b": ["x", "y"]}),
                "implicit deny",
                {"a:b": "y"},
            ),
            Case("neither", allow(StringNotEquals={"a:b": ["x", "y"]}), "allow", {"a:b": "z"}),
        ),
    ),
)

SETS = (
    Sentence(
        "Set operators for multivalued context keys",
        "ForAllValues: tests whether the value of every member of the request set is a member of "
        "the condition context key set. It also returns true if there are no context keys in the "
        "request, or if the context key value resolves to a null dataset, such as an empty string.",
        (
            Case(
                "all",
                allow(ForAllValues__StringLike={KEYS: OWN}),
                "allow",
                {TAG: "a", KEYS: ("a#x", "a#y")},
            ),
            Case(
                "one of another organization",
                allow(ForAllValues__StringLike={KEYS: OWN}),
                "implicit deny",
                {TAG: "a", KEYS: ("a#x", "b#y")},
            ),
            Case("no key", allow(ForAllValues__StringLike={KEYS: OWN}), "allow", {TAG: "a"}),
            Case("no key and no tag", allow(ForAllValues__StringLike={KEYS: OWN}), "allow"),
            Case("no value", allow(ForAllValues__StringLike={KEYS: OWN}), "allow", {KEYS: ()}),
            Case("empty text", allow(ForAllValues__StringLike={KEYS: OWN}), "allow", {KEYS: ("",)}),
            Case(
                "guarded by Null",
                allow(ForAllValues__StringLike={KEYS: OWN}, Null={KEYS: "false"}),
                "implicit deny",
                {TAG: "a"},
            ),
            Case(
                "negated: none may match",
                allow(ForAllValues__StringNotLike={KEYS: "b#*"}),
                "implicit deny",
                {KEYS: ("a#x", "b#y")},
            ),
            Case(
                "a prefix of another id",
                allow(ForAllValues__StringLike={KEYS: OWN}),
                "implicit deny",
                {TAG: "org1", KEYS: ("org10#course",)},
            ),
        ),
    ),
    Sentence(
        "Set operators for multivalued context keys",
        "ForAnyValue: tests whether at least one member of the set of request context key values "
        "matches at least one member of the set of context key values in your policy condition. "
        "For no matching context key or if the key does not exist, the condition returns false.",
        (
            Case(
                "a mixed batch passes",
                allow(ForAnyValue__StringLike={KEYS: OWN}),
                "allow",
                {TAG: "a", KEYS: ("a#x", "b#y")},
            ),
            Case(
                "none",
                allow(ForAnyValue__StringLike={KEYS: OWN}),
                "implicit deny",
                {TAG: "a", KEYS: ("b#y",)},
            ),
            Case("no key", allow(ForAnyValue__StringLike={KEYS: OWN}), "implicit deny", {TAG: "a"}),
            Case(
                "no value", allow(ForAnyValue__StringLike={KEYS: OWN}), "implicit deny", {KEYS: ()}
            ),
            Case(
                "a Deny of one foreign key",
                [allow(), deny(ForAnyValue__StringNotLike={KEYS: OWN})],
                "explicit deny",
                {TAG: "a", KEYS: ("a#x", "b#y")},
            ),
            Case(
                "a Deny of only foreign keys lets a mixed batch pass",
                [allow(), deny(ForAllValues__StringNotLike={KEYS: OWN})],
                "allow",
                {TAG: "a", KEYS: ("a#x", "b#y")},
            ),
        ),
    ),
    Sentence(
        "Single-valued vs. multivalued context keys",
        "Multivalued context keys require a condition set operator.",
        (Case("without", allow(StringLike={KEYS: OWN}), "raises", {TAG: "a", KEYS: ("a#x",)}),),
    ),
)
