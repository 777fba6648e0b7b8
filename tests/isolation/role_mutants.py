"""Ways to break who may become whom, the function's own role, and the hygiene of policies."""

from __future__ import annotations

from tests.isolation.corpus import Change
from tests.isolation.mutant import Mutant, in_iam

REQUEST_TAG = (
    '          StringLike                  = { "aws:RequestTag/organization_id" = "?*" }\n'
)
TAG_KEYS = '          "ForAllValues:StringEquals" = { "aws:TagKeys" = ["organization_id"] }\n'
TRUSTED = "Principal = { AWS = aws_iam_role.function.arn }"
ASSUMES = """        Principal = { AWS = aws_iam_role.function.arn }
        Action    = ["sts:AssumeRole", "sts:TagSession"]
"""
TENANT_POLICY = """  role = aws_iam_role.tenant.id

  policy = jsonencode({
    Version = "2012-10-17"
"""


ROLES = (
    Mutant(
        "function-reads-data",
        "the function's own role reads the table",
        in_iam(
            'Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]\n'
            '        Resource = "${aws_cloudwatch_log_group.function.arn}:*"',
            'Action   = ["dynamodb:GetItem"]\n        Resource = aws_dynamodb_table.education.arn',
        ),
        "proof",
        "NX529",
        "education.function.data",
        "WriteLogs",
        '"WriteLogs"',
    ),
    Mutant(
        "function-becomes-anybody",
        "the function may assume every role that trusts it",
        in_iam(
            "Resource = aws_iam_role.tenant.arn", 'Resource = "arn:aws:iam::123456789012:role/*"'
        ),
        "proof",
        "NX529",
        "education.function.roles",
        "BecomeTenant",
        '"BecomeTenant"',
    ),
    Mutant(
        "function-decrypts-tables",
        "the function decrypts through DynamoDB",
        in_iam('"lambda.${var.region}.amazonaws.com"', '"dynamodb.${var.region}.amazonaws.com"'),
        "proof",
        "NX529",
        "education.function.data",
        "ReadSettings",
        '"ReadSettings"',
    ),
    Mutant(
        "function-full-access",
        "a policy of AWS with every permission on DynamoDB is attached",
        in_iam('toset(["AWSXRayDaemonWriteAccess", ', 'toset(["AmazonDynamoDBFullAccess", '),
        "lint",
        "NX522",
        "",
        "AmazonDynamoDBFullAccess",
        'aws_iam_role" "function"',
    ),
    Mutant(
        "trust-everybody",
        "everybody assumes the tenant role",
        in_iam(TRUSTED, 'Principal = { AWS = "*" }'),
        "proof",
        "NX525",
        "education.trust.principal",
        "statement 1",
        "assume_role_policy",
    ),
    Mutant(
        "trust-account",
        "whoever may assume roles in the account assumes the tenant role",
        in_iam(TRUSTED, 'Principal = { AWS = "arn:aws:iam::123456789012:root" }'),
        "proof",
        "NX525",
        "education.trust.principal",
        "statement 1",
        "assume_role_policy",
    ),
    Mutant(
        "trust-without-request-tag",
        "a session may be opened without the tag",
        in_iam(REQUEST_TAG, ""),
        "proof",
        "NX525",
        "education.trust.untagged",
        "without a tag",
        "assume_role_policy",
    ),
    Mutant(
        "trust-empty-request-tag",
        "a session may be opened with an empty tag",
        in_iam(
            'StringLike                  = { "aws:RequestTag/organization_id" = "?*" }',
            'StringLike                  = { "aws:RequestTag/organization_id" = "*" }',
        ),
        "proof",
        "NX525",
        "education.trust.untagged",
        "being ``",
        "assume_role_policy",
    ),
    Mutant(
        "trust-without-tag-keys",
        "a session may bring other tags",
        in_iam(TAG_KEYS, ""),
        "proof",
        "NX525",
        "education.trust.other-tags",
        "statement 1",
        "assume_role_policy",
    ),
    Mutant(
        "trust-any-tag-key",
        "one right tag among others is enough",
        in_iam("ForAllValues:StringEquals", "ForAnyValue:StringEquals"),
        "proof",
        "NX525",
        "education.trust.other-tags",
        "statement 1",
        "assume_role_policy",
    ),
    Mutant(
        "trust-without-tagging",
        "no session can be tagged",
        in_iam(
            ASSUMES,
            ASSUMES.replace(', "sts:TagSession"', ""),
        ),
        "proof",
        "NX521",
        "",
        "education.own.session",
    ),
    Mutant(
        "function-trusts-people",
        "whoever may assume roles in the account becomes the function",
        in_iam(
            'Principal = { Service = "lambda.amazonaws.com" }',
            'Principal = { AWS = "arn:aws:iam::123456789012:root" }',
        ),
        "proof",
        "NX525",
        "education.function.trust",
        "statement 1",
        "assume_role_policy",
    ),
    Mutant(
        "old-version",
        "a policy version in which variables are plain text",
        in_iam(TENANT_POLICY, TENANT_POLICY.replace("2012-10-17", "2008-10-17")),
        "lint",
        "NX524",
        "version",
        "2008-10-17",
        'aws_iam_role_policy" "tenant"',
    ),
    Mutant(
        "passes-roles",
        "the function may pass roles",
        in_iam('Action   = "kms:GenerateMac"', 'Action   = ["kms:GenerateMac", "iam:PassRole"]'),
        "lint",
        "NX524",
        "pass-role",
        "AuthenticateCursors",
        '"AuthenticateCursors"',
    ),
    Mutant(
        "wildcard-action",
        "an action with a wildcard",
        in_iam('Action   = "kms:GenerateMac"', 'Action   = "kms:*"'),
        "lint",
        "NX524",
        "wildcard-action",
        "AuthenticateCursors",
        '"AuthenticateCursors"',
    ),
    Mutant(
        "every-key",
        "a resource that is every resource",
        in_iam("Resource = var.cursor_key_arn", 'Resource = "*"'),
        "lint",
        "NX524",
        "wildcard-resource",
        "AuthenticateCursors",
        '"AuthenticateCursors"',
    ),
    Mutant(
        "tagged-role",
        "the tenant role carries the tag itself",
        in_iam(
            'name                 = "${local.name}-tenant"\n',
            'name                 = "${local.name}-tenant"\n  tags = { Organization_Id = "a" }\n',
        ),
        "lint",
        "NX526",
        "",
        "Organization_Id",
        'aws_iam_role" "tenant"',
    ),
    Mutant(
        "default-tags",
        "the provider tags everything, roles too",
        (
            Change(
                "terraform/roots/separate/providers.tf",
                '      ManagedBy   = "nexus-gen"\n',
                '      ManagedBy   = "nexus-gen"\n      organization_id = "a"\n',
            ),
        ),
        "lint",
        "NX526",
        "",
        "organization_id",
        "organization_id",
    ),
    Mutant(
        "function-url",
        "the function answers under an address of its own, where nobody checks claims",
        in_iam(
            'resource "aws_iam_role" "tenant" {',
            'resource "aws_lambda_function_url" "open" {\n'
            "  function_name      = aws_lambda_function.api.function_name\n"
            '  authorization_type = "NONE"\n'
            "}\n\n"
            'resource "aws_iam_role" "tenant" {',
        ),
        "lint",
        "NX522",
        "",
        "aws_lambda_function_url.open",
        'aws_lambda_function_url" "open"',
    ),
    Mutant(
        "any-gateway-invokes",
        "the REST API of any account may call the function, with claims of its own",
        (
            Change(
                "terraform/modules/education/routes.tf",
                '  source_arn    = "${var.execution_arn}/*/*/education/*"\n',
                "",
            ),
        ),
        "lint",
        "NX522",
        "",
        "aws_lambda_permission.api",
        'aws_lambda_permission" "api"',
    ),
    Mutant(
        "anybody-invokes",
        "another account may call the function, with claims of its own",
        (
            Change(
                "terraform/modules/education/routes.tf",
                'principal     = "apigateway.amazonaws.com"',
                'principal     = "210987654321"',
            ),
        ),
        "lint",
        "NX522",
        "",
        "aws_lambda_permission.api",
        'aws_lambda_permission" "api"',
    ),
)
