locals {
  # What the function's own lines tell: it answers a failure with a 5XX, so Lambda counts no error.
  log_metrics = {
    server-errors = { metric = "ServerErrors", pattern = "{ $.status >= 500 }" }
    access-denied = { metric = "AccessDenied", pattern = "?AccessDenied ?AccessDeniedException" }
    unreadable    = { metric = "Unreadable", pattern = "{ $.unreadable > 0 }" }
  }

  dimensions = { FunctionName = aws_lambda_function.api.function_name }

  alarms = {
    server-errors = {
      description        = "Requests were answered with a 5XX."
      namespace          = local.name
      metric             = "ServerErrors"
      dimensions         = {}
      statistic          = "Sum"
      extended_statistic = null
      threshold          = 0
      periods            = 1
    }
    errors = {
      description        = "The function crashed or ran out of time."
      namespace          = "AWS/Lambda"
      metric             = "Errors"
      dimensions         = local.dimensions
      statistic          = "Sum"
      extended_statistic = null
      threshold          = 0
      periods            = 1
    }
    throttles = {
      description        = "Requests found no free instance of the function."
      namespace          = "AWS/Lambda"
      metric             = "Throttles"
      dimensions         = local.dimensions
      statistic          = "Sum"
      extended_statistic = null
      threshold          = 0
      periods            = 1
    }
    slow = {
      description        = "One request in a hundred takes more than 3 seconds, for 15 minutes."
      namespace          = "AWS/Lambda"
      metric             = "Duration"
      dimensions         = local.dimensions
      statistic          = null
      extended_statistic = "p99"
      threshold          = 3000
      periods            = 3
    }
    unreadable = {
      description        = "A stored value is of another type than the spec says; it was served as null."
      namespace          = local.name
      metric             = "Unreadable"
      dimensions         = {}
      statistic          = "Sum"
      extended_statistic = null
      threshold          = 0
      periods            = 1
    }
    access-denied = {
      description        = "IAM refused a call of the function: a bug, or an attempt to reach another organization."
      namespace          = local.name
      metric             = "AccessDenied"
      dimensions         = {}
      statistic          = "Sum"
      extended_statistic = null
      threshold          = 0
      periods            = 1
    }
  }

  # DynamoDB counts what an index refuses under the index, not under its table. "" stands for the table itself.
  throttle_alarms = {
    read-throttles  = { kind = "reads", metric = "ReadThrottleEvents", indexes = ["", "gsi1", "gsi2", "gsi3", "gsi4"] }
    write-throttles = { kind = "writes", metric = "WriteThrottleEvents", indexes = ["", "gsi1", "gsi2", "gsi3", "gsi4"] }
  }
}

resource "aws_cloudwatch_log_metric_filter" "function" {
  for_each = local.log_metrics

  name           = "${local.name}-${each.key}"
  log_group_name = aws_cloudwatch_log_group.function.name
  pattern        = each.value.pattern

  metric_transformation {
    name      = each.value.metric
    namespace = local.name
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "function" {
  for_each = local.alarms

  alarm_name          = "${local.name}-${each.key}"
  alarm_description   = each.value.description
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  extended_statistic  = each.value.extended_statistic
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold
  period              = 300
  evaluation_periods  = each.value.periods
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arn[*]
}

resource "aws_cloudwatch_metric_alarm" "throttles" {
  for_each = local.throttle_alarms

  alarm_name          = "${local.name}-${each.key}"
  alarm_description   = "DynamoDB refused ${each.value.kind} of the table or of an index."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 2
  datapoints_to_alarm = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arn[*]

  # A metric has data only while something is refused. FILL also puts a zero where the newest data is only late, so
  # one period of two is enough: what comes late still counts.
  metric_query {
    id          = "refused"
    expression  = "SUM(FILL(METRICS(), 0))"
    label       = "Refused ${each.value.kind}"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = each.value.indexes

    content {
      id = "m${metric_query.key}"

      metric {
        namespace   = "AWS/DynamoDB"
        metric_name = each.value.metric
        period      = 300
        stat        = "Sum"
        dimensions = merge(
          { TableName = aws_dynamodb_table.lab.name },
          { for index in compact([metric_query.value]) : "GlobalSecondaryIndexName" => index },
        )
      }
    }
  }
}

resource "aws_cloudwatch_dashboard" "lab" {
  dashboard_name = local.name

  dashboard_body = jsonencode({
    widgets = [
      for index, chart in [
        {
          title   = "Requests"
          metrics = [for metric in ["Invocations", "Errors", "Throttles"] : ["AWS/Lambda", metric, "FunctionName", local.function_name, { stat = "Sum" }]]
        },
        {
          title   = "Duration (ms)"
          metrics = [for statistic in ["p50", "p90", "p99"] : ["AWS/Lambda", "Duration", "FunctionName", local.function_name, { stat = statistic, label = statistic }]]
        },
        {
          title   = "Instances"
          metrics = [["AWS/Lambda", "ConcurrentExecutions", "FunctionName", local.function_name, { stat = "Maximum" }]]
        },
        {
          title   = "Failures and refusals"
          metrics = [for metric in local.log_metrics : [local.name, metric.metric, { stat = "Sum" }]]
        },
        {
          title   = "Consumed capacity"
          metrics = [for metric in ["ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits"] : ["AWS/DynamoDB", metric, "TableName", local.name, { stat = "Sum" }]]
        },
        {
          title = "Throttled reads and writes"
          metrics = [
            for pair in setproduct(["ReadThrottleEvents", "WriteThrottleEvents"], concat([""], ["gsi1", "gsi2", "gsi3", "gsi4"])) : concat(
              ["AWS/DynamoDB", pair[0], "TableName", local.name],
              pair[1] == "" ? [] : ["GlobalSecondaryIndexName", pair[1]],
              [{ stat = "Sum" }],
            )
          ]
        },
        ] : {
        type   = "metric"
        x      = index % 2 * 12
        y      = floor(index / 2) * 6
        width  = 12
        height = 6
        properties = {
          title   = chart.title
          region  = var.region
          period  = 300
          metrics = chart.metrics
        }
      }
    ]
  })
}
