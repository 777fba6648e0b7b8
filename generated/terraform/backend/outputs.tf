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
    agents        = module.agents.function_name
    community     = module.community.function_name
    education     = module.education.function_name
    lab           = module.lab.function_name
    notifications = module.notifications.function_name
    projects      = module.projects.function_name
  }
}

output "table_names" {
  description = "Vertical -> name of its table."
  value = {
    agents        = module.agents.table_name
    community     = module.community.table_name
    education     = module.education.table_name
    lab           = module.lab.table_name
    notifications = module.notifications.table_name
    projects      = module.projects.table_name
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

# The members are those that the client package reads (`ClientConfig`).
output "frontend_config" {
  description = "What a frontend must know of this environment."
  value = {
    environment      = var.environment
    region           = module.shared.region
    apiUrl           = var.api_url
    userPoolId       = var.user_pool.id
    userPoolClientId = var.user_pool.client_id
  }
}
