locals {
  # Paths below the REST API and the methods that the function answers there.
  routes = {
    "/community/spaces"                                      = ["GET", "POST"]
    "/community/spaces/{space_id}"                           = ["GET", "PATCH", "DELETE"]
    "/community/threads"                                     = ["GET", "POST"]
    "/community/threads/{thread_id}"                         = ["GET", "PATCH", "DELETE"]
    "/community/threads/{thread_id}/restore"                 = ["POST"]
    "/community/threads/{thread_id}/posts"                   = ["GET", "POST"]
    "/community/threads/{thread_id}/posts/{post_id}"         = ["GET", "PATCH", "DELETE"]
    "/community/threads/{thread_id}/posts/{post_id}/restore" = ["POST"]
    "/community/reactions"                                   = ["GET", "POST"]
    "/community/reactions/{reaction_id}"                     = ["GET", "PATCH", "DELETE"]
  }
}

resource "aws_lambda_permission" "api" {
  statement_id  = "AllowRestApi"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.api.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${var.execution_arn}/*/*/community/*"
}
