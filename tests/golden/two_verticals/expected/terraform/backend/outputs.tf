output "redeploy_hash" {
  description = "Changes whenever the routes do: a trigger for the deployment of the REST API."
  value       = module.routes.redeploy_hash
}

output "routes" {
  description = "Every path below the REST API and the methods that it serves."
  value       = { for path, route in local.routes : path => route.methods }
}

output "function_names" {
  description = "Vertical -> name of its function."
  value = {
    help_desk = module.help_desk.function_name
    store     = module.store.function_name
  }
}

output "table_names" {
  description = "Vertical -> name of its table."
  value = {
    help_desk = module.help_desk.table_name
    store     = module.store.table_name
  }
}

output "prefix" {
  description = "What the name of every resource begins with."
  value       = local.prefix
}

output "data_key_arn" {
  description = "ARN of the KMS key that encrypts data at rest."
  value       = module.shared.data_key_arn
}

output "frontend" {
  description = "What a frontend must know of this environment."
  value = {
    environment         = var.environment
    region              = module.shared.region
    api_url             = var.api_url
    user_pool_id        = var.user_pool.id
    user_pool_client_id = var.user_pool.client_id
  }
}
