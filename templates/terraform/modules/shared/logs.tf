variable "log_retention_days" {
  description = "Days that logs are kept."
  type        = number
}

locals {
  # What the functions' own lines tell: they answer a failure with a 5XX, so Lambda counts no error.
  log_metrics = {
    server-errors = { metric = "ServerErrors", pattern = "{ $.status >= 500 }" }
    access-denied = { metric = "AccessDenied", pattern = "{ $.access_denied > 0 }" }
    unreadable    = { metric = "Unreadable", pattern = "{ $.unreadable > 0 }" }
  }
}

resource "aws_cloudwatch_log_group" "functions" {
  name              = "/aws/lambda/${var.prefix}-functions"
  retention_in_days = var.log_retention_days
  kms_key_id        = aws_kms_key.data.arn
}

# One filter a metric, for all verticals: a log group takes 100 filters at most.
resource "aws_cloudwatch_log_metric_filter" "functions" {
  for_each = local.log_metrics

  name           = "${var.prefix}-${each.key}"
  log_group_name = aws_cloudwatch_log_group.functions.name
  pattern        = each.value.pattern

  metric_transformation {
    name       = each.value.metric
    namespace  = var.prefix
    value      = "1"
    dimensions = { Vertical = "$.vertical" }
  }
}

output "log_group" {
  description = "Log group of all functions."
  value       = { name = aws_cloudwatch_log_group.functions.name, arn = aws_cloudwatch_log_group.functions.arn }
}
