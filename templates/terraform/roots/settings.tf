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
