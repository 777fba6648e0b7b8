locals {
  # Paths below the REST API and the methods that the function answers there.
  routes = {
    "/projects/projects"                                        = ["GET", "POST"]
    "/projects/projects/{project_id}"                           = ["GET", "PATCH", "DELETE"]
    "/projects/projects/{project_id}/restore"                   = ["POST"]
    "/projects/labels"                                          = ["GET", "POST"]
    "/projects/labels/{label_id}"                               = ["GET", "PATCH", "DELETE"]
    "/projects/milestones"                                      = ["GET", "POST"]
    "/projects/milestones/{milestone_id}"                       = ["GET", "PATCH", "DELETE"]
    "/projects/issues"                                          = ["GET", "POST"]
    "/projects/issues/{issue_id}"                               = ["GET", "PATCH", "DELETE"]
    "/projects/issues/{issue_id}/restore"                       = ["POST"]
    "/projects/issues/{issue_id}/comments"                      = ["GET", "POST"]
    "/projects/issues/{issue_id}/comments/{comment_id}"         = ["GET", "PATCH", "DELETE"]
    "/projects/issues/{issue_id}/comments/{comment_id}/restore" = ["POST"]
  }
}

resource "aws_lambda_permission" "api" {
  statement_id  = "AllowRestApi"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.api.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${var.execution_arn}/*/*/projects/*"
}
