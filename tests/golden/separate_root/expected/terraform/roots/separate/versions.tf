terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7.0"
    }
  }

  # Settings come from `terraform init -backend-config=...`, so that every environment has a state of its own.
  backend "s3" {}
}
