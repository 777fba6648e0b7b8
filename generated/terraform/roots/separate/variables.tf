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
  default     = "../../../../dist"
}

variable "region" {
  description = "AWS Region of core."
  type        = string
  default     = "us-east-1"
}

variable "core_state" {
  description = "Where core's state lies: settings of its backend, and perhaps its workspace. `{environment}` in them stands for the environment."
  type        = map(string)

  default = {
    path = "../../infrastructure/{environment}/terraform.tfstate"
  }
}

variable "client_certificate_id" {
  description = "Certificate that the stage presents to HTTP backends among core's routes; null for none."
  type        = string
  default     = null
}
