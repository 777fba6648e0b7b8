# What a separate root reads from this one's state.

output "environment" {
  description = "Environment that this state is of: a separate root refuses the state of another."
  value       = var.environment
}

output "authorizer_id" {
  description = "Cognito authorizer of the REST API."
  value       = aws_api_gateway_authorizer.cognito.id
}

output "cognito_user_pool_id" {
  description = "User pool of the estate."
  value       = aws_cognito_user_pool.main.id
}

output "cognito_user_pool_arn" {
  description = "ARN of the user pool."
  value       = aws_cognito_user_pool.main.arn
}

output "cognito_user_pool_client_id" {
  description = "App client of the web application."
  value       = aws_cognito_user_pool_client.web.id
}

output "vpc_id" {
  description = "VPC of the estate."
  value       = aws_vpc.main.id
}

output "private_subnet_ids" {
  description = "Subnets that functions join."
  value       = [for subnet in aws_subnet.private : subnet.id]
}

output "api_url" {
  description = "Address of the estate's own stage."
  value       = aws_api_gateway_stage.main.invoke_url
}
