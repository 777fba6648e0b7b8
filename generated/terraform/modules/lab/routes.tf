locals {
  # Paths below the REST API and the methods that the function answers there.
  routes = {
    "/lab/datasets"                                                = ["GET", "POST"]
    "/lab/datasets/{dataset_id}"                                   = ["GET", "PATCH", "DELETE"]
    "/lab/datasets/{dataset_id}/restore"                           = ["POST"]
    "/lab/experiments"                                             = ["GET", "POST"]
    "/lab/experiments/{experiment_id}"                             = ["GET", "PATCH", "DELETE"]
    "/lab/experiments/{experiment_id}/restore"                     = ["POST"]
    "/lab/experiment-runs"                                         = ["GET", "POST"]
    "/lab/experiment-runs/{experiment_run_id}"                     = ["GET", "PATCH", "DELETE"]
    "/lab/experiment-runs/{experiment_run_id}/metrics"             = ["GET", "POST"]
    "/lab/experiment-runs/{experiment_run_id}/metrics/{metric_id}" = ["GET", "PATCH", "DELETE"]
  }
}

resource "aws_lambda_permission" "api" {
  statement_id  = "AllowRestApi"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.api.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${var.execution_arn}/*/*/lab/*"
}
