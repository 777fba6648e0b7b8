# A user changes the attributes that the app client may write: the tenant claim must not be among them.
data "aws_cognito_user_pool_client" "frontend" {
  user_pool_id = var.user_pool.id
  client_id    = var.user_pool.client_id

  lifecycle {
    postcondition {
      condition     = !contains(self.write_attributes, "custom:organization_id")
      error_message = "Users could change their organization: remove custom:organization_id from the write_attributes of the app client."
    }
  }
}
