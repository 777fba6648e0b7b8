variable "project" {
  description = "Project that every name begins with."
  type        = string
  default     = "aws-devops"
}

variable "environment" {
  description = "Environment that every name carries: dev, staging or prod."
  type        = string
  default     = "dev"
}

variable "region" {
  description = "Region of the estate."
  type        = string
  default     = "us-east-1"
}

variable "app_origin" {
  description = "Origin of the web application, for CORS."
  type        = string
  default     = "https://dev.diatonic.ai"
}

locals {
  prefix = "${var.project}-${var.environment}"
}
