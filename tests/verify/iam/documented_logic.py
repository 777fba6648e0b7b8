"""Sentences on statements, actions, resources and variables."""

from __future__ import annotations

from .documented import KEYS, OWN, TABLE, TAG, Case, Sentence, allow, deny

LOGIC = (
    Sentence(
        "Policy evaluation logic",
        "By default, all requests are implicitly denied.",
        (Case("nothing says yes", allow(action="s3:*"), "implicit deny"),),
    ),
    Sentence(
        "Policy evaluation logic",
        "An explicit deny in any of these policies overrides the allow.",
        (
            Case("deny after allow", [allow(), deny(action="dynamodb:Get*")], "explicit deny"),
            Case("deny before allow", [deny(action="dynamodb:Get*"), allow()], "explicit deny"),
            Case("deny of another action", [allow(), deny(action="dynamodb:Scan")], "allow"),
            Case(
                "deny whose condition is false",
                [allow(), deny(StringEquals={"aws:RequestedRegion": "us-east-1"})],
                "allow",
                {"aws:RequestedRegion": "eu-west-1"},
            ),
        ),
    ),
    Sentence(
        "IAM JSON policy elements: Action",
        "The prefix and the action name are case insensitive. You can use multi-character match "
        "wildcards (*) and single-character match wildcards (?) in action names.",
        (
            Case("other case", allow(action="DynamoDB:getitem"), "allow"),
            Case("star", allow(action="dynamodb:PartiQL*"), "allow", {}, "dynamodb:PartiQLSelect"),
            Case("star in the middle", allow(action="dynamodb:*Item"), "allow"),
            Case("question mark", allow(action="dynamodb:Get?tem"), "allow"),
            Case("question mark is one", allow(action="dynamodb:GetItem?"), "implicit deny"),
            Case("everything", allow(action="*"), "allow"),
            Case("a part is not the whole", allow(action="dynamodb:Get"), "implicit deny"),
        ),
    ),
    Sentence(
        "IAM JSON policy elements: NotAction",
        "NotAction matches everything except the specified list of actions.",
        (
            Case(
                "named",
                {"Effect": "Allow", "NotAction": "dynamodb:Get*", "Resource": "*"},
                "implicit deny",
            ),
            Case(
                "not named",
                {"Effect": "Allow", "NotAction": "dynamodb:Scan", "Resource": "*"},
                "allow",
            ),
        ),
    ),
)

RESOURCES = (
    Sentence(
        "IAM JSON policy elements: Resource",
        "You can use wildcard characters (* and ?) within the individual segments of an ARN. If "
        "the * wildcard is the last character of a resource ARN segment, it can expand to match "
        "beyond the colon boundaries.",
        (
            Case("the table", allow(resource=TABLE), "allow"),
            Case(
                "not its index", allow(resource=TABLE), "implicit deny", resource=f"{TABLE}/index/a"
            ),
            Case(
                "indexes", allow(resource=f"{TABLE}/index/*"), "allow", resource=f"{TABLE}/index/a"
            ),
            Case("indexes, not the table", allow(resource=f"{TABLE}/index/*"), "implicit deny"),
            Case("a prefix of a name", allow(resource=f"{TABLE}*"), "allow", resource=f"{TABLE}2"),
            Case("any Region", allow(resource=TABLE.replace("eu-west-1", "*")), "allow"),
            Case(
                "case of a name matters",
                allow(resource=TABLE.replace("school", "School")),
                "implicit deny",
            ),
            Case("a star in the middle of a segment", allow(resource=f"{TABLE}*/x"), "raises"),
        ),
    ),
    Sentence(
        "IAM JSON policy elements: NotResource",
        "NotResource matches every resource except those specified.",
        (
            Case("named", {"Effect": "Deny", "Action": "*", "NotResource": TABLE}, "implicit deny"),
            Case(
                "not named",
                {"Effect": "Deny", "Action": "*", "NotResource": TABLE + "2"},
                "explicit deny",
            ),
            Case(
                "named with a variable without a value",
                {"Effect": "Allow", "Action": "*", "NotResource": f"{TABLE}${{aws:username}}"},
                "raises",
            ),
        ),
    ),
)

VARIABLES = (
    Sentence(
        "IAM policy elements: Variables and tags",
        "When the policy is evaluated, the policy variables are replaced with values that come "
        "from the conditional context keys passed in the request.",
        (
            Case(
                "in a condition",
                allow(StringLike={"aws:ResourceTag/owner": "${" + TAG + "}-*"}),
                "allow",
                {TAG: "org1", "aws:ResourceTag/owner": "org1-x"},
            ),
            Case(
                "in a resource",
                allow(resource="arn:aws:s3:::files/organizations/${" + TAG + "}/*", action="s3:*"),
                "allow",
                {TAG: "org1"},
                "s3:GetObject",
                "arn:aws:s3:::files/organizations/org1/a.txt",
            ),
            Case(
                "of another organization",
                allow(resource="arn:aws:s3:::files/organizations/${" + TAG + "}/*", action="s3:*"),
                "implicit deny",
                {TAG: "org1"},
                "s3:GetObject",
                "arn:aws:s3:::files/organizations/org10/a.txt",
            ),
            Case(
                "a star that comes from the request is a character",
                allow(ForAllValues__StringLike={KEYS: OWN}),
                "implicit deny",
                {TAG: "*", KEYS: ("org1#course",)},
            ),
            Case(
                "a dot that comes from the request is a character",
                allow(ForAllValues__StringLike={KEYS: OWN}),
                "implicit deny",
                {TAG: "o.g1", KEYS: ("org1#course",)},
            ),
            Case(
                "a slash that comes from the request reaches deeper",
                allow(resource="arn:aws:s3:::files/organizations/${" + TAG + "}/*", action="s3:*"),
                "allow",
                {TAG: "org1/sub"},
                "s3:GetObject",
                "arn:aws:s3:::files/organizations/org1/sub/a.txt",
            ),
        ),
    ),
    Sentence(
        "IAM policy elements: Variables and tags",
        "If AWS cannot resolve a variable, this might cause the entire statement to be invalid.",
        (
            Case(
                "no tag, no own key",
                allow(StringLike={"aws:ResourceTag/owner": "${" + TAG + "}*"}),
                "implicit deny",
                {"aws:ResourceTag/owner": "org1"},
            ),
            Case(
                "no tag, no own object",
                allow(resource="arn:aws:s3:::files/${" + TAG + "}*", action="s3:*"),
                "implicit deny",
                {},
                "s3:GetObject",
                "arn:aws:s3:::files/a",
            ),
            Case(
                "beside a value that matches, nobody knows",
                allow(StringLike={"a:b": ["${" + TAG + "}", "x*"]}),
                "raises",
                {"a:b": "xy"},
            ),
            Case(
                "under a negated operator, nobody knows",
                allow(StringNotLike={"a:b": "${" + TAG + "}"}),
                "raises",
                {"a:b": "xy"},
            ),
        ),
    ),
    Sentence(
        "IAM policy elements: Variables and tags",
        "${*} - use where you need an * (asterisk) character. ${?} - use where you need a ? "
        "(question mark) character. ${$} - use where you need a $ (dollar sign) character.",
        (
            Case("a star", allow(StringLike={"a:b": "x${*}"}), "allow", {"a:b": "x*"}),
            Case("only a star", allow(StringLike={"a:b": "x${*}"}), "implicit deny", {"a:b": "xy"}),
            Case("a question mark", allow(StringLike={"a:b": "x${?}"}), "allow", {"a:b": "x?"}),
            Case("a dollar", allow(StringLike={"a:b": "${$}{a}"}), "allow", {"a:b": "${a}"}),
        ),
    ),
    Sentence(
        "IAM JSON policy elements: Version",
        "If you do not include a Version element, variables such as ${aws:username} aren't "
        "recognized as variables and are instead treated as literal strings in the policy.",
        (
            Case(
                "no version",
                allow(ForAllValues__StringLike={KEYS: OWN}),
                "implicit deny",
                {TAG: "org1", KEYS: ("org1#course",)},
                version=None,
            ),
            Case(
                "the old version",
                allow(ForAllValues__StringLike={KEYS: OWN}),
                "allow",
                {TAG: "org1", KEYS: (OWN.replace("*", "x"),)},
                version="2008-10-17",
            ),
        ),
    ),
    Sentence(
        "Single-valued vs. multivalued context keys",
        "You cannot use a multivalued context key as a policy variable.",
        (
            Case(
                "tag keys",
                allow(StringLike={"a:b": "${aws:TagKeys}"}),
                "raises",
                {"a:b": "x", "aws:TagKeys": ("x",)},
            ),
        ),
    ),
)
