locals {
  # Paths below the REST API and the methods that the function answers there.
  routes = {
    "/library/books"                           = ["GET", "POST"]
    "/library/books/{book_id}"                 = ["GET"]
    "/library/books/{book_id}/pages"           = ["GET", "POST"]
    "/library/books/{book_id}/pages/{page_id}" = ["GET"]
  }
}

resource "aws_lambda_permission" "api" {
  statement_id  = "AllowRestApi"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.api.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${var.execution_arn}/*/*/library/*"
}
