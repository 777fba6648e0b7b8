"""Ways to break the tenant role's policy and the table."""

from __future__ import annotations

from tests.isolation.corpus import Change
from tests.isolation.mutant import IAM, Mutant, in_iam

TABLE = "terraform/modules/education/table.tf"
OWN_KEYS = (
    '"ForAllValues:StringLike" = '
    '{ "dynamodb:LeadingKeys" = ["$${aws:PrincipalTag/organization_id}#*"] }'
)
NULL = '          Null       = { "dynamodb:LeadingKeys" = "false" }\n'
TAGGED = '          StringLike = { "aws:PrincipalTag/organization_id" = "?*" }\n'
OWN_RESOURCE = (
    'Resource = [aws_dynamodb_table.education.arn, "${aws_dynamodb_table.education.arn}/index/*"]'
)
DENY = 'Action   = ["dynamodb:Scan", "dynamodb:PartiQL*"]'

OWN = "OwnItems"

POLICIES = (
    Mutant(
        "no-null-guard",
        "the `Null` guard is missing, so that a request without a key passes",
        in_iam(NULL, ""),
        "proof",
        "NX529",
        "education.key.absent",
        OWN,
        '"OwnItems"',
    ),
    Mutant(
        "no-guards-and-scan",
        "Scan is allowed and neither guarded by `Null` nor denied: the hole of AWS's samples",
        (
            Change(IAM, NULL, ""),
            Change(IAM, '"dynamodb:Query",', '"dynamodb:Query",\n          "dynamodb:Scan",'),
            Change(IAM, DENY, 'Action   = ["dynamodb:PartiQL*"]'),
        ),
        "proof",
        "NX529",
        "education.unkeyed",
        "dynamodb:Scan",
        '"OwnItems"',
    ),
    Mutant(
        "for-any-value",
        "one own key in a batch is enough",
        in_iam("ForAllValues:StringLike", "ForAnyValue:StringLike"),
        "proof",
        "NX529",
        "education.key.BatchGetItem",
        OWN,
        '"OwnItems"',
    ),
    Mutant(
        "deny-not-like",
        "everything is allowed but batches without any own key",
        (
            Change(IAM, OWN_KEYS, '"ForAllValues:StringLike" = { "dynamodb:LeadingKeys" = ["*"] }'),
            Change(
                IAM,
                DENY + '\n        Resource = "*"\n',
                'Action   = "dynamodb:*"\n        Resource = "*"\n        Condition = '
                + OWN_KEYS.replace("StringLike", "StringNotLike").join(["{ ", " }\n"]),
            ),
        ),
        "proof",
        "NX529",
        "education.key.BatchWriteItem",
        OWN,
        '"OwnItems"',
    ),
    Mutant(
        "no-separator",
        "no `#` after the tag: `org1` reaches `org10`",
        in_iam("organization_id}#*", "organization_id}*"),
        "proof",
        "NX529",
        "education.key.Query",
        OWN,
        '"OwnItems"',
    ),
    Mutant(
        "wildcard-before-separator",
        "a wildcard between tag and `#`",
        in_iam("organization_id}#*", "organization_id}*#*"),
        "proof",
        "NX529",
        "education.key.GetItem",
        OWN,
        '"OwnItems"',
    ),
    Mutant(
        "wildcard-before-tag",
        "a wildcard before the tag: `b#a#` is a key of `b`",
        in_iam('["$${aws:Prin', '["*$${aws:Prin'),
        "proof",
        "NX529",
        "education.key.GetItem",
        OWN,
        '"OwnItems"',
    ),
    Mutant(
        "any-key",
        "any key will do",
        in_iam('"$${aws:PrincipalTag/organization_id}#*"', '"*"'),
        "proof",
        "NX529",
        "education.key.PutItem",
        OWN,
        '"OwnItems"',
    ),
    Mutant(
        "second-pattern",
        "a second pattern beside the right one",
        in_iam('organization_id}#*"]', 'organization_id}#*", "shared*"]'),
        "proof",
        "NX529",
        "education.key.UpdateItem",
        OWN,
        '"OwnItems"',
    ),
    Mutant(
        "key-if-exists",
        "keys are compared only if there are any",
        (
            Change(IAM, "ForAllValues:StringLike", "ForAllValues:StringLikeIfExists"),
            Change(IAM, NULL, ""),
        ),
        "proof",
        "NX529",
        "education.key.absent",
        OWN,
        '"OwnItems"',
    ),
    Mutant(
        "request-tag-in-pattern",
        "the pattern takes a tag that the caller of a request may choose",
        in_iam("aws:PrincipalTag/organization_id}#*", "aws:RequestTag/organization_id}#*"),
        "proof",
        "NX529",
        "education.key.DeleteItem",
        OWN,
        '"OwnItems"',
    ),
    Mutant(
        "other-tag",
        "the pattern takes a tag that no session has",
        in_iam("aws:PrincipalTag/organization_id}#*", "aws:PrincipalTag/organisation}#*"),
        "proof",
        "NX529",
        "education.key.GetItem",
        OWN,
        '"OwnItems"',
    ),
    Mutant(
        "wildcard-resource",
        "items of every table",
        in_iam(OWN_RESOURCE, 'Resource = "*"'),
        "proof",
        "NX529",
        "education.elsewhere",
        OWN,
        '"OwnItems"',
    ),
    Mutant(
        "every-table-of-the-account",
        "tables of every name",
        in_iam(OWN_RESOURCE, 'Resource = "arn:aws:dynamodb:us-east-1:123456789012:table/*"'),
        "proof",
        "NX529",
        "education.elsewhere",
        OWN,
        '"OwnItems"',
    ),
    Mutant(
        "every-action",
        "every action of DynamoDB that is not denied",
        in_iam('"dynamodb:ConditionCheckItem",', '"dynamodb:ConditionCheckItem", "dynamodb:*",'),
        "proof",
        "NX529",
        "education.unkeyed",
        OWN,
        '"OwnItems"',
    ),
    Mutant(
        "partiql",
        "PartiQL, whose statements need not name a key",
        (
            Change(
                IAM, '"dynamodb:Query",', '"dynamodb:Query",\n          "dynamodb:PartiQLSelect",'
            ),
            Change(IAM, DENY, 'Action   = ["dynamodb:Scan"]'),
        ),
        "proof",
        "NX529",
        "education.unkeyed",
        "dynamodb:PartiQLSelect",
        '"OwnItems"',
    ),
    Mutant(
        "empty-tag",
        "a session with an empty tag is let in",
        in_iam(TAGGED, ""),
        "proof",
        "NX529",
        "education.untagged",
        OWN,
        '"OwnItems"',
    ),
    Mutant(
        "decrypts-anything",
        "the tenant decrypts whatever the key encrypts",
        in_iam(
            '"kms:ViaService" = "dynamodb.${var.region}.amazonaws.com"',
            '"kms:KeySpec" = "SYMMETRIC_DEFAULT"',
        ),
        "proof",
        "NX529",
        "education.others",
        "DecryptTable",
        '"DecryptTable"',
    ),
    Mutant(
        "unprefixed-index",
        "an index whose partition key is a plain field",
        (
            Change(TABLE, 'attribute {\n    name = "gsi1pk"', 'attribute {\n    name = "level"'),
            Change(TABLE, 'hash_key        = "gsi1pk"', 'hash_key        = "level"'),
        ),
        "proof",
        "NX529",
        "education.key.Query",
        OWN,
        '"OwnItems"',
    ),
    Mutant(
        "update-forgotten",
        "an action that handlers need is missing",
        in_iam('          "dynamodb:UpdateItem",\n', ""),
        "proof",
        "NX521",
        "",
        "education.own.UpdateItem",
    ),
    Mutant(
        "indexes-forgotten",
        "indexes cannot be queried",
        in_iam(OWN_RESOURCE, "Resource = [aws_dynamodb_table.education.arn]"),
        "proof",
        "NX521",
        "",
        "education.own.Query.gsi2",
    ),
    Mutant(
        "unmodelled-operator",
        "an operator that the proof gives no meaning",
        in_iam("ForAllValues:StringLike", "ForAllValues:StringEqualsIgnoreCase"),
        "proof",
        "NX522",
        "",
        "StringEqualsIgnoreCase`, in OwnItems",
        'aws_iam_role_policy" "tenant"',
    ),
    Mutant(
        "table-policy",
        "the table has a policy of its own",
        (
            Change(
                TABLE,
                'resource "aws_dynamodb_table" "education" {\n',
                'resource "aws_dynamodb_resource_policy" "open" {\n'
                "  resource_arn = aws_dynamodb_table.education.arn\n"
                '  policy       = jsonencode({ Version = "2012-10-17", Statement = [] })\n}\n\n'
                'resource "aws_dynamodb_table" "education" {\n',
            ),
        ),
        "proof",
        "NX522",
        "",
        "aws_dynamodb_resource_policy.open",
        'aws_dynamodb_resource_policy" "open"',
    ),
)
