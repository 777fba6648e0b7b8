# A deployment is a snapshot of the whole API, of which core owns one part and this root the other. This apply does
# not touch core's stage, and puts core's routes on ours; core's next deployment puts our routes on core's stage.
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
  # checkov:skip=CKV_AWS_120: a cached response would reach another organization (ADR 0059)
  # checkov:skip=CKV2_AWS_29: the environment names the web ACL; checkov does not follow a REST API that is data (ADR 0059)
  # checkov:skip=CKV2_AWS_77: the rules of the web ACL are its owner's; checkov cannot follow one named by ARN (ADR 0059)
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

# A web ACL covers the stages that it is attached to, so core's does not cover this one. The address is the same for
# every web ACL, so that another one takes the place of the first, which is gone before: a stage has one at most.
resource "aws_wafv2_web_acl_association" "nexus" {
  for_each = { for arn in var.nexus.web_acl_arn[*] : "stage" => arn }

  resource_arn = aws_api_gateway_stage.nexus.arn
  web_acl_arn  = each.value

  lifecycle {
    precondition {
      condition     = split(":", each.value)[2] == "wafv2" && startswith(split(":", each.value)[5], "regional/webacl/")
      error_message = "A stage takes a web ACL of AWS WAF with the scope REGIONAL, and this is none: ${each.value}."
    }

    precondition {
      condition     = split(":", each.value)[3] == var.region
      error_message = "The web ACL is in ${split(":", each.value)[3]}, and a stage in ${var.region} takes one of its own Region."
    }
  }
}

resource "aws_api_gateway_method_settings" "all" {
  # checkov:skip=CKV_AWS_225: a cached response would reach another organization (ADR 0059)
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
