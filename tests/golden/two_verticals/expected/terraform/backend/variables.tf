variable "environment" {
  description = "Environment to deploy."
  type        = string

  validation {
    condition     = contains(["dev"], var.environment)
    error_message = "The spec has the environments dev."
  }
}

variable "packages_dir" {
  description = "Folder of the packages that `nexus-gen build` writes (dist/)."
  type        = string
}

variable "rest_api" {
  description = "Core's REST API, which the routes are added to."
  type = object({
    id               = string
    name             = string
    root_resource_id = string
    execution_arn    = string
  })

  validation {
    condition     = var.rest_api.name == "acme-${var.environment}-api"
    error_message = "`${var.rest_api.name}` is not the REST API of the environment ${var.environment}."
  }
}

variable "api_url" {
  description = "URL of the stage that serves the routes."
  type        = string
}

variable "authorizer_id" {
  description = "Core's Cognito authorizer."
  type        = string
}

variable "user_pool" {
  description = "Core's Cognito user pool and the app client of the frontend."
  type = object({
    id        = string
    client_id = string
  })
}

variable "network" {
  description = "Core's VPC and its private subnets, which the functions join."
  type = object({
    vpc_id     = string
    subnet_ids = list(string)
  })
}

variable "cors_origins" {
  description = "Origins whose scripts may call the API."
  type        = list(string)
}

variable "deletion_protection" {
  description = "Whether DynamoDB refuses to delete the tables."
  type        = bool
}

variable "log_retention_days" {
  description = "Days that logs are kept."
  type        = number
}

variable "alarm_topic_arn" {
  description = "SNS topic that hears of alarms; null for none."
  type        = string
}

variable "function" {
  description = "Size and bounds of every function."
  type = object({
    memory_mb            = number
    timeout_seconds      = number
    reserved_concurrency = number
  })
}

variable "code_signing_config_arn" {
  description = "Code signing configuration that the packages must satisfy; null for none."
  type        = string
}
