# The function holds no permission on data: it assumes the tenant role with the organization of the request as a
# session tag, and works with those credentials.
resource "aws_iam_role" "function" {
  name = local.function_name

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "lambda.amazonaws.com" }
        Action    = "sts:AssumeRole"
      },
    ]
  })

  lifecycle {
    postcondition {
      condition     = !can(self.tags_all["organization_id"])
      error_message = "The provider's default_tags: the tag organization_id would make every session of the role a tenant's."
    }
  }
}

resource "aws_iam_role_policy" "function" {
  name = local.function_name
  role = aws_iam_role.function.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "BecomeTenant"
        Effect   = "Allow"
        Action   = ["sts:AssumeRole", "sts:TagSession"]
        Resource = aws_iam_role.tenant.arn
      },
      {
        Sid      = "AuthenticateCursors"
        Effect   = "Allow"
        Action   = "kms:GenerateMac"
        Resource = var.cursor_key_arn
      },
      {
        Sid      = "WriteLogs"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.function.arn}:*"
      },
      {
        Sid       = "ReadSettings"
        Effect    = "Allow"
        Action    = "kms:Decrypt"
        Resource  = var.data_key_arn
        Condition = { StringEquals = { "kms:ViaService" = "lambda.${var.region}.amazonaws.com" } }
      },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "function" {
  for_each = toset(["AWSXRayDaemonWriteAccess", "service-role/AWSLambdaENIManagementAccess"])

  role       = aws_iam_role.function.name
  policy_arn = "arn:${var.partition}:iam::aws:policy/${each.key}"
}

resource "aws_iam_role" "tenant" {
  name                 = "${local.name}-tenant"
  description          = "Items of the one organization that the session is tagged with"
  max_session_duration = 3600

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = aws_iam_role.function.arn }
        Action    = ["sts:AssumeRole", "sts:TagSession"]
        Condition = {
          StringLike                  = { "aws:RequestTag/organization_id" = "?*" }
          "ForAllValues:StringEquals" = { "aws:TagKeys" = ["organization_id"] }
        }
      },
    ]
  })

  lifecycle {
    postcondition {
      condition     = !can(self.tags_all["organization_id"])
      error_message = "The provider's default_tags: the tag organization_id would make every session of the role a tenant's."
    }
  }
}

resource "aws_iam_role_policy" "tenant" {
  name = "${local.name}-tenant"
  role = aws_iam_role.tenant.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "OwnItems"
        Effect = "Allow"
        Action = [
          "dynamodb:GetItem",
          "dynamodb:PutItem",
          "dynamodb:UpdateItem",
          "dynamodb:DeleteItem",
          "dynamodb:Query",
          "dynamodb:BatchGetItem",
          "dynamodb:BatchWriteItem",
          "dynamodb:ConditionCheckItem",
        ]
        Resource = [aws_dynamodb_table.notifications.arn, "${aws_dynamodb_table.notifications.arn}/index/*"]
        Condition = {
          "ForAllValues:StringLike" = { "dynamodb:LeadingKeys" = ["$${aws:PrincipalTag/organization_id}#*"] }
          # ForAllValues is true of a request that has no leading key at all, such as a Scan.
          Null       = { "dynamodb:LeadingKeys" = "false" }
          StringLike = { "aws:PrincipalTag/organization_id" = "?*" }
        }
      },
      {
        Sid      = "NoUnboundedReads"
        Effect   = "Deny"
        Action   = ["dynamodb:Scan", "dynamodb:PartiQL*"]
        Resource = "*"
      },
      {
        Sid       = "DecryptTable"
        Effect    = "Allow"
        Action    = "kms:Decrypt"
        Resource  = var.data_key_arn
        Condition = { StringEquals = { "kms:ViaService" = "dynamodb.${var.region}.amazonaws.com" } }
      },
    ]
  })
}
