locals {
  # Paths below the REST API and the methods that the function answers there.
  routes = {
    "/notifications/notifications"                   = ["GET", "POST"]
    "/notifications/notifications/{notification_id}" = ["GET", "PATCH", "DELETE"]
    "/notifications/preferences"                     = ["GET", "POST"]
    "/notifications/preferences/{preference_id}"     = ["GET", "PATCH", "DELETE"]
    "/notifications/templates"                       = ["GET", "POST"]
    "/notifications/templates/{template_id}"         = ["GET", "PATCH", "DELETE"]
    "/notifications/templates/{template_id}/restore" = ["POST"]
  }
}

resource "aws_lambda_permission" "api" {
  statement_id  = "AllowRestApi"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.api.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${var.execution_arn}/*/*/notifications/*"
}
