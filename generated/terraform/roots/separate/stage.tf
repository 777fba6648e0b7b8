# A deployment is a snapshot of the whole API. This one and its stage are ours, so core's stage stays as it was.
resource "aws_api_gateway_deployment" "nexus" {
  rest_api_id = data.aws_api_gateway_rest_api.core.id
  description = "Routes of ${module.nexus.prefix}"
  triggers    = { redeploy = module.nexus.redeploy_hash }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudwatch_log_group" "access" {
  name              = "/aws/apigateway/${module.nexus.prefix}-access"
  retention_in_days = var.nexus.log_retention_days
  kms_key_id        = module.nexus.data_key_arn
}

resource "aws_api_gateway_stage" "nexus" {
  # checkov:skip=CKV_AWS_120: a cached response would reach another organization
  # checkov:skip=CKV2_AWS_29: the firewall of the API is core's; checkov cannot follow a REST API that is data
  rest_api_id           = data.aws_api_gateway_rest_api.core.id
  deployment_id         = aws_api_gateway_deployment.nexus.id
  stage_name            = "${var.nexus.environment}-nexus"
  xray_tracing_enabled  = true
  client_certificate_id = var.client_certificate_id

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.access.arn
    format = jsonencode({
      requestId = "$context.requestId"
      time      = "$context.requestTime"
      method    = "$context.httpMethod"
      path      = "$context.resourcePath"
      status    = "$context.status"
      latency   = "$context.responseLatency"
      error     = "$context.error.responseType"
      sourceIp  = "$context.identity.sourceIp"
    })
  }
}

resource "aws_api_gateway_method_settings" "all" {
  # checkov:skip=CKV_AWS_225: a cached response would reach another organization
  rest_api_id = data.aws_api_gateway_rest_api.core.id
  stage_name  = aws_api_gateway_stage.nexus.stage_name
  method_path = "*/*"

  settings {
    metrics_enabled        = true
    logging_level          = "ERROR"
    data_trace_enabled     = false
    throttling_rate_limit  = var.nexus.throttle.rate
    throttling_burst_limit = var.nexus.throttle.burst
  }
}

# Also what no function sees: a permission that was removed, an integration that is gone.
resource "aws_cloudwatch_metric_alarm" "api_errors" {
  alarm_name          = "${module.nexus.prefix}-api-errors"
  alarm_description   = "The stage answered requests with a 5XX."
  namespace           = "AWS/ApiGateway"
  metric_name         = "5XXError"
  dimensions          = { ApiName = data.aws_api_gateway_rest_api.core.name, Stage = aws_api_gateway_stage.nexus.stage_name }
  statistic           = "Sum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.nexus.alarm_topic_arn[*]
}
