# The bridge to core: what it outputs, and its REST API by name.
data "terraform_remote_state" "core" {
  backend   = "local"
  config    = { for name, value in local.core_state : name => value if name != "workspace" }
  workspace = lookup(local.core_state, "workspace", null)

  lifecycle {
    postcondition {
      condition     = length(setsubtract(local.core_outputs, keys(self.outputs))) == 0
      error_message = "Core's state lacks the outputs: ${join(", ", setsubtract(local.core_outputs, keys(self.outputs)))}."
    }

    postcondition {
      condition     = try(self.outputs.environment, var.nexus.environment) == var.nexus.environment
      error_message = "Core's state is that of ${jsonencode(try(self.outputs.environment, null))} (its output environment), and this is the apply of ${var.nexus.environment}: its users and its network would be another environment's. Let core_state lead to the state of ${var.nexus.environment}."
    }
  }
}

data "aws_api_gateway_rest_api" "core" {
  name = "acme-${var.nexus.environment}-shelf-api"
}

locals {
  core_state = { for name, value in var.core_state : name => replace(value, "{environment}", var.nexus.environment) }
  core       = data.terraform_remote_state.core.outputs

  core_outputs = [
    "authorizer_id",
    "cognito_user_pool_id",
    "cognito_user_pool_client_id",
    "vpc_id",
    "private_subnet_ids",
  ]
}
