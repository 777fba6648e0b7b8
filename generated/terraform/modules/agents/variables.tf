variable "prefix" {
  description = "What the name of every resource begins with."
  type        = string
}

variable "environment" {
  description = "Environment that this is deployed for."
  type        = string
}

variable "packages_dir" {
  description = "Folder of the packages that `nexus-gen build` writes."
  type        = string
}

variable "execution_arn" {
  description = "Execution ARN of the REST API."
  type        = string
}

variable "vpc_id" {
  description = "VPC that the function joins."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets that the function joins."
  type        = list(string)
}

variable "region" {
  description = "AWS Region that this is deployed to."
  type        = string
}

variable "partition" {
  description = "AWS partition that this is deployed to."
  type        = string
}

variable "layer_arn" {
  description = "Version of the runtime layer."
  type        = string
}

variable "data_key_arn" {
  description = "KMS key that encrypts data at rest."
  type        = string
}

variable "cursor_key_arn" {
  description = "KMS key that authenticates cursors."
  type        = string
}

variable "code_signing_config_arn" {
  description = "Code signing configuration that the package must satisfy; null for none."
  type        = string
}

variable "cors_origins" {
  description = "Origins whose scripts may call the API."
  type        = list(string)
}

variable "deletion_protection" {
  description = "Whether DynamoDB refuses to delete the table."
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
  description = "Size and bounds of the function."
  type = object({
    memory_mb            = number
    timeout_seconds      = number
    reserved_concurrency = number
  })
}
