provider "aws" {
  region = var.region

  default_tags {
    tags = {
      Project     = "aws-devops"
      Product     = "ai-nexus"
      Environment = var.nexus.environment
      ManagedBy   = "nexus-gen"
    }
  }
}
