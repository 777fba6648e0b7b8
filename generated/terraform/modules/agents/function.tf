locals {
  name          = "${var.prefix}-agents"
  function_name = "${local.name}-api"
  package       = "${var.packages_dir}/agents-api.zip"
}

resource "aws_cloudwatch_log_group" "function" {
  name              = "/aws/lambda/${local.function_name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.data_key_arn
  tags              = { Vertical = "agents" }
}

resource "aws_lambda_function" "api" {
  # checkov:skip=CKV_AWS_116: API Gateway calls it and hears of each failure; Lambda uses a dead-letter queue for asynchronous calls only (ADR 0058)
  function_name                  = local.function_name
  description                    = "Agents that people build, the tools they may use, and what was said and done with them."
  role                           = aws_iam_role.function.arn
  runtime                        = "python3.13"
  architectures                  = ["arm64"]
  handler                        = "agents_api.handler.handler"
  filename                       = local.package
  source_code_hash               = filebase64sha256(local.package)
  layers                         = [var.layer_arn]
  memory_size                    = var.function.memory_mb
  timeout                        = var.function.timeout_seconds
  reserved_concurrent_executions = var.function.reserved_concurrency
  kms_key_arn                    = var.data_key_arn
  code_signing_config_arn        = var.code_signing_config_arn
  tags                           = { Vertical = "agents" }

  environment {
    variables = {
      TABLE_NAME      = aws_dynamodb_table.agents.name
      TENANT_ROLE_ARN = aws_iam_role.tenant.arn
      CURSOR_KEY_ARN  = var.cursor_key_arn
      CORS_ORIGINS    = join(",", var.cors_origins)
      ENVIRONMENT     = var.environment
      LOG_LEVEL       = "INFO"
    }
  }

  vpc_config {
    subnet_ids         = var.subnet_ids
    security_group_ids = [aws_security_group.function.id]
  }

  logging_config {
    log_format            = "JSON"
    application_log_level = "INFO"
    system_log_level      = "WARN"
    log_group             = aws_cloudwatch_log_group.function.name
  }

  tracing_config {
    mode = "Active"
  }

  depends_on = [aws_iam_role_policy.function, aws_iam_role_policy_attachment.function]
}
