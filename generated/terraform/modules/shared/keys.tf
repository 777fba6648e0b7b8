data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  account_id = data.aws_caller_identity.current.account_id
  partition  = data.aws_partition.current.partition
  # `id` is the one attribute that both majors of the provider have without a deprecation.
  region = data.aws_region.current.id

  account_administers_key = {
    Sid       = "AccountAdministersKey"
    Effect    = "Allow"
    Principal = { AWS = "arn:${local.partition}:iam::${local.account_id}:root" }
    Action    = "kms:*"
    Resource  = "*"
  }
}

resource "aws_kms_key" "data" {
  description             = "Tables, logs and function settings of ${var.prefix}"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      local.account_administers_key,
      {
        Sid       = "LogGroupsEncrypt"
        Effect    = "Allow"
        Principal = { Service = "logs.${local.region}.amazonaws.com" }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]
        Resource  = "*"
        Condition = {
          ArnLike = {
            "kms:EncryptionContext:aws:logs:arn" = [
              "arn:${local.partition}:logs:${local.region}:${local.account_id}:log-group:/aws/lambda/${var.prefix}-*",
              "arn:${local.partition}:logs:${local.region}:${local.account_id}:log-group:/aws/apigateway/${var.prefix}-*",
            ]
          }
        }
      },
    ]
  })

  # Replacing a key moves everything to the new one before the old one goes.
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_kms_alias" "data" {
  name          = "alias/${var.prefix}"
  target_key_id = aws_kms_key.data.key_id
}

# Functions derive the key that authenticates cursors from one GenerateMac call, so no secret stands in this state.
resource "aws_kms_key" "cursor" {
  description              = "Pagination cursors of ${var.prefix}"
  key_usage                = "GENERATE_VERIFY_MAC"
  customer_master_key_spec = "HMAC_256"
  deletion_window_in_days  = 30

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [local.account_administers_key]
  })

  # Replacing a key moves everything to the new one before the old one goes.
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_kms_alias" "cursor" {
  name          = "alias/${var.prefix}-cursor"
  target_key_id = aws_kms_key.cursor.key_id
}
