# The user pool. `custom:organization_id` is the tenant: only an administrator sets it, no app client
# may write it, and it never changes.

resource "aws_cognito_user_pool" "main" {
  name                     = "${local.prefix}-users"
  username_attributes      = ["email"]
  auto_verified_attributes = ["email"]

  admin_create_user_config {
    allow_admin_create_user_only = true
  }

  password_policy {
    minimum_length                   = 12
    require_lowercase                = true
    require_uppercase                = true
    require_numbers                  = true
    require_symbols                  = true
    temporary_password_validity_days = 1
  }

  schema {
    name                     = "organization_id"
    attribute_data_type      = "String"
    mutable                  = false
    required                 = false
    developer_only_attribute = false

    string_attribute_constraints {
      min_length = 1
      max_length = 64
    }
  }
}

resource "aws_cognito_user_pool_client" "web" {
  name         = "${local.prefix}-web"
  user_pool_id = aws_cognito_user_pool.main.id

  generate_secret               = false
  prevent_user_existence_errors = "ENABLED"
  enable_token_revocation       = true
  explicit_auth_flows           = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
  read_attributes               = ["email", "custom:organization_id"]
  write_attributes              = ["email"]
}

resource "aws_cognito_user_group" "roles" {
  for_each = {
    admin      = { precedence = 1, description = "Runs an organization" }
    instructor = { precedence = 5, description = "Teaches" }
    builder    = { precedence = 6, description = "Builds agents and runs experiments" }
    moderator  = { precedence = 7, description = "Keeps the community in order" }
    member     = { precedence = 10, description = "Everybody else" }
  }

  name         = each.key
  precedence   = each.value.precedence
  description  = each.value.description
  user_pool_id = aws_cognito_user_pool.main.id
}
