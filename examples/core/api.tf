# The REST API with the estate's own endpoints: user-data, files and sessions.

resource "aws_api_gateway_rest_api" "ai_nexus_api" {
  name        = "${local.prefix}-ai-nexus-api"
  description = "API of the web application"

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_authorizer" "cognito" {
  name            = "cognito"
  rest_api_id     = aws_api_gateway_rest_api.ai_nexus_api.id
  type            = "COGNITO_USER_POOLS"
  provider_arns   = [aws_cognito_user_pool.main.arn]
  identity_source = "method.request.header.Authorization"
}

locals {
  endpoints = toset(["user-data", "files", "sessions"])
}

resource "aws_api_gateway_resource" "own" {
  for_each = local.endpoints

  rest_api_id = aws_api_gateway_rest_api.ai_nexus_api.id
  parent_id   = aws_api_gateway_rest_api.ai_nexus_api.root_resource_id
  path_part   = each.key
}

resource "aws_api_gateway_method" "own" {
  for_each = aws_api_gateway_resource.own

  rest_api_id   = aws_api_gateway_rest_api.ai_nexus_api.id
  resource_id   = each.value.id
  http_method   = "GET"
  authorization = "COGNITO_USER_POOLS"
  authorizer_id = aws_api_gateway_authorizer.cognito.id
}

resource "aws_api_gateway_integration" "own" {
  for_each = aws_api_gateway_method.own

  rest_api_id       = aws_api_gateway_rest_api.ai_nexus_api.id
  resource_id       = each.value.resource_id
  http_method       = each.value.http_method
  type              = "MOCK"
  request_templates = { "application/json" = jsonencode({ statusCode = 200 }) }
}

resource "aws_api_gateway_method_response" "own" {
  for_each = aws_api_gateway_method.own

  rest_api_id = aws_api_gateway_rest_api.ai_nexus_api.id
  resource_id = each.value.resource_id
  http_method = each.value.http_method
  status_code = "200"
}

resource "aws_api_gateway_integration_response" "own" {
  for_each = aws_api_gateway_method_response.own

  rest_api_id        = aws_api_gateway_rest_api.ai_nexus_api.id
  resource_id        = each.value.resource_id
  http_method        = each.value.http_method
  status_code        = each.value.status_code
  response_templates = { "application/json" = jsonencode({ endpoint = each.key }) }

  depends_on = [aws_api_gateway_integration.own]
}

# API Gateway's own refusals (no token, no such path) need CORS headers too, or a browser hides them.
resource "aws_api_gateway_gateway_response" "cors" {
  for_each = toset(["DEFAULT_4XX", "DEFAULT_5XX"])

  rest_api_id   = aws_api_gateway_rest_api.ai_nexus_api.id
  response_type = each.key

  response_templates = {
    "application/json" = "{\"message\":$context.error.messageString}"
  }

  response_parameters = {
    "gatewayresponse.header.Access-Control-Allow-Origin" = "'${var.app_origin}'"
    "gatewayresponse.header.Vary"                        = "'Origin'"
  }
}

resource "aws_cloudwatch_log_group" "api" {
  name              = "/aws/apigateway/${local.prefix}-ai-nexus-api"
  retention_in_days = 365
}

# A deployment is a snapshot: what is not in its triggers is not live after an apply. Attributes that
# AWS computes stay out of the hash, or the plan after an apply would want another deployment.
resource "aws_api_gateway_deployment" "main" {
  rest_api_id = aws_api_gateway_rest_api.ai_nexus_api.id

  triggers = {
    own = sha1(jsonencode([
      local.endpoints,
      var.app_origin,
      [for resource in aws_api_gateway_resource.own : resource.id],
      [for method in aws_api_gateway_method.own : [method.id, method.authorizer_id]],
      [for response in aws_api_gateway_integration_response.own : response.response_templates],
      [for response in aws_api_gateway_gateway_response.cors : response.response_parameters],
    ]))
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "main" {
  rest_api_id   = aws_api_gateway_rest_api.ai_nexus_api.id
  deployment_id = aws_api_gateway_deployment.main.id
  stage_name    = var.environment

  xray_tracing_enabled = true

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.api.arn
    format          = jsonencode({ requestId = "$context.requestId", status = "$context.status" })
  }
}

# Limits of the whole stage, so also of the routes that Option A adds to it.
resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = aws_api_gateway_rest_api.ai_nexus_api.id
  stage_name  = aws_api_gateway_stage.main.stage_name
  method_path = "*/*"

  settings {
    metrics_enabled        = true
    throttling_rate_limit  = 500
    throttling_burst_limit = 1000
  }
}
