resource "aws_api_gateway_request_validator" "parameters" {
  name                        = "nexus-parameters"
  rest_api_id                 = var.rest_api.id
  validate_request_parameters = true
}

# ANY, so that the function can answer a wrong method with 405: the gateway itself would say 403.
resource "aws_api_gateway_method" "any" {
  for_each = var.routes

  rest_api_id          = var.rest_api.id
  resource_id          = local.resources[each.key].id
  http_method          = "ANY"
  authorization        = "COGNITO_USER_POOLS"
  authorizer_id        = var.authorizer_id
  request_validator_id = aws_api_gateway_request_validator.parameters.id
  request_parameters   = { for match in regexall("{([^}]+)}", each.key) : "method.request.path.${match[0]}" => true }
}

resource "aws_api_gateway_integration" "function" {
  for_each = var.routes

  rest_api_id             = var.rest_api.id
  resource_id             = aws_api_gateway_method.any[each.key].resource_id
  http_method             = aws_api_gateway_method.any[each.key].http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = each.value.invoke_arn
}
