# The bridge to core: what it outputs, and its REST API by name.
data "terraform_remote_state" "core" {
  backend = "s3"
  config  = { for name, value in var.core_state : name => replace(value, "{environment}", var.nexus.environment) }

  lifecycle {
    postcondition {
      condition     = length(setsubtract(local.core_outputs, keys(self.outputs))) == 0
      error_message = "Core's state lacks the outputs: ${join(", ", setsubtract(local.core_outputs, keys(self.outputs)))}."
    }
  }
}

data "aws_api_gateway_rest_api" "core" {
  name = "acme-${var.nexus.environment}-api"
}

locals {
  core = data.terraform_remote_state.core.outputs

  core_outputs = [
    "cognito_user_pool_id",
    "cognito_user_pool_arn",
    "cognito_user_pool_client_id",
    "vpc_id",
    "private_subnet_ids",
  ]
}
