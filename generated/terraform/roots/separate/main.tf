# Option B: a root and a state of its own over core's outputs, with its own deployment and its own stage.
module "nexus" {
  source = "../../backend"

  environment             = var.nexus.environment
  packages_dir            = var.nexus_packages_dir
  api_url                 = aws_api_gateway_stage.nexus.invoke_url
  code_signing_config_arn = var.nexus_code_signing_config_arn
  authorizer_id           = local.core.authorizer_id
  cors_origins            = var.nexus.cors_origins
  deletion_protection     = var.nexus.deletion_protection
  log_retention_days      = var.nexus.log_retention_days
  alarm_topic_arn         = var.nexus.alarm_topic_arn
  function                = var.nexus.function

  rest_api = {
    id               = data.aws_api_gateway_rest_api.core.id
    name             = data.aws_api_gateway_rest_api.core.name
    root_resource_id = data.aws_api_gateway_rest_api.core.root_resource_id
    execution_arn    = data.aws_api_gateway_rest_api.core.execution_arn
  }

  user_pool = {
    id        = local.core.cognito_user_pool_id
    client_id = local.core.cognito_user_pool_client_id
  }

  network = {
    vpc_id     = local.core.vpc_id
    subnet_ids = local.core.private_subnet_ids
  }
}

output "nexus" {
  description = "What the backend offers: routes, names and the configuration of a frontend."
  value       = module.nexus
}

output "nexus_frontend_config" {
  description = "What a frontend reads as its config.json: `terraform output -json nexus_frontend_config`."
  value       = module.nexus.frontend_config
}
