# Option A: this backend inside core's root, in core's state and in core's apply.
#
# Place it in core's root, beside links to (or copies of) what it needs from the repository of the spec:
#
#   ln -s <repository>/generated/terraform/roots/extended/nexus.tf nexus.tf
#   ln -s <repository>/generated/terraform nexus
#   ln -s <repository>/dist nexus-packages
#
# Core adds one line to the triggers of its aws_api_gateway_deployment, or new routes stay dead:
#
#   nexus = module.nexus.redeploy_hash
#
# and applies with -var-file=nexus/environments/<environment>.tfvars besides its own.

variable "nexus" {
  description = "Settings of one environment: environments/<environment>.tfvars."
  type = object({
    environment         = string
    cors_origins        = list(string)
    deletion_protection = bool
    log_retention_days  = number
    alarm_topic_arn     = string
    function = object({
      memory_mb            = number
      timeout_seconds      = number
      reserved_concurrency = number
    })
    web_acl_arn = string
    throttle = object({
      rate  = number
      burst = number
    })
  })
}

variable "nexus_code_signing_config_arn" {
  description = "Code signing configuration that the packages must satisfy; null for none."
  type        = string
  default     = null
}

variable "nexus_packages_dir" {
  description = "Folder of the packages that `nexus-gen build` writes (dist/)."
  type        = string
  default     = "nexus-packages"
}

module "nexus" {
  source = "./nexus/backend"

  environment             = var.nexus.environment
  packages_dir            = var.nexus_packages_dir
  api_url                 = aws_api_gateway_stage.main.invoke_url
  code_signing_config_arn = var.nexus_code_signing_config_arn
  authorizer_id           = aws_api_gateway_authorizer.cognito.id
  cors_origins            = var.nexus.cors_origins
  deletion_protection     = var.nexus.deletion_protection
  log_retention_days      = var.nexus.log_retention_days
  alarm_topic_arn         = var.nexus.alarm_topic_arn
  function                = var.nexus.function

  rest_api = {
    id               = aws_api_gateway_rest_api.ai_nexus_api.id
    name             = aws_api_gateway_rest_api.ai_nexus_api.name
    root_resource_id = aws_api_gateway_rest_api.ai_nexus_api.root_resource_id
    execution_arn    = aws_api_gateway_rest_api.ai_nexus_api.execution_arn
  }

  user_pool = {
    id        = aws_cognito_user_pool.main.id
    client_id = aws_cognito_user_pool_client.web.id
  }

  network = {
    vpc_id     = aws_vpc.main.id
    subnet_ids = [for subnet in aws_subnet.private : subnet.id]
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
