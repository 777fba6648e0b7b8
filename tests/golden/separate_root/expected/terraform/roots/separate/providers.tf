provider "aws" {
  region = var.region

  default_tags {
    tags = {
      Project     = "acme"
      Product     = "shop"
      Environment = var.nexus.environment
      ManagedBy   = "nexus-gen"
    }
  }
}
