output "routes" {
  description = "Paths of the REST API, with the methods and the function that serve them."
  value       = { for path, methods in local.routes : path => { methods = methods, invoke_arn = aws_lambda_function.api.invoke_arn } }

  # A deployment that waits for the routes also waits for the permission to call the function.
  depends_on = [aws_lambda_permission.api]
}

output "function_name" {
  description = "Name of the function."
  value       = aws_lambda_function.api.function_name
}

output "table_name" {
  description = "Name of the table."
  value       = aws_dynamodb_table.projects.name
}
