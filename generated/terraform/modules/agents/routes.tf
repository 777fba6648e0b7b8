locals {
  # Paths below the REST API and the methods that the function answers there.
  routes = {
    "/agents/agents"                                                      = ["GET", "POST"]
    "/agents/agents/{agent_id}"                                           = ["GET", "PATCH", "DELETE"]
    "/agents/agents/{agent_id}/restore"                                   = ["POST"]
    "/agents/agents/{agent_id}/agent-versions"                            = ["GET", "POST"]
    "/agents/agents/{agent_id}/agent-versions/{agent_version_id}"         = ["GET", "PATCH", "DELETE"]
    "/agents/agents/{agent_id}/agent-versions/{agent_version_id}/restore" = ["POST"]
    "/agents/tools"                                                       = ["GET", "POST"]
    "/agents/tools/{tool_id}"                                             = ["GET", "PATCH", "DELETE"]
    "/agents/conversations"                                               = ["GET", "POST"]
    "/agents/conversations/{conversation_id}"                             = ["GET", "PATCH", "DELETE"]
    "/agents/conversations/{conversation_id}/messages"                    = ["GET", "POST"]
    "/agents/conversations/{conversation_id}/messages/{message_id}"       = ["GET", "PATCH", "DELETE"]
    "/agents/runs"                                                        = ["GET", "POST"]
    "/agents/runs/{run_id}"                                               = ["GET", "PATCH", "DELETE"]
  }
}

resource "aws_lambda_permission" "api" {
  statement_id  = "AllowRestApi"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.api.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${var.execution_arn}/*/*/agents/*"
}
