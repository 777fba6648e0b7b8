locals {
  needed_headers = "Authorization,Content-Type,If-Match,If-None-Match,Idempotency-Key"

  # Only a Velocity template can name one of several origins; an origin that is not listed gets no header.
  # What is compared may be null, and what is answered is ours: neither depends on how null counts as a condition.
  preflight_template = <<-EOT
    #set($headers = $input.params().header)
    #foreach($origin in [${join(", ", formatlist("'%s'", var.cors_origins))}])
    #if($headers.get('Origin') == $origin || $headers.get('origin') == $origin)
    #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)
    #end
    #end
  EOT
}

resource "aws_api_gateway_method" "options" {
  for_each = var.routes

  rest_api_id          = var.rest_api.id
  resource_id          = local.resources[each.key].id
  http_method          = "OPTIONS"
  authorization        = "NONE"
  request_validator_id = aws_api_gateway_request_validator.parameters.id
  request_parameters   = { "method.request.header.Origin" = false }
}

resource "aws_api_gateway_integration" "options" {
  for_each = var.routes

  rest_api_id          = var.rest_api.id
  resource_id          = aws_api_gateway_method.options[each.key].resource_id
  http_method          = aws_api_gateway_method.options[each.key].http_method
  type                 = "MOCK"
  passthrough_behavior = "NEVER"
  content_handling     = "CONVERT_TO_TEXT" # where core takes every type for binary, a mock answers 500 without it
  request_templates    = { "application/json" = jsonencode({ statusCode = 204 }) }
}

resource "aws_api_gateway_method_response" "options" {
  for_each = var.routes

  rest_api_id = var.rest_api.id
  resource_id = aws_api_gateway_method.options[each.key].resource_id
  http_method = aws_api_gateway_method.options[each.key].http_method
  status_code = "204"

  response_parameters = {
    "method.response.header.Access-Control-Allow-Headers" = true
    "method.response.header.Access-Control-Allow-Methods" = true
    "method.response.header.Access-Control-Allow-Origin"  = true
    "method.response.header.Access-Control-Max-Age"       = true
    "method.response.header.Vary"                         = true
  }
}

resource "aws_api_gateway_integration_response" "options" {
  for_each = var.routes

  rest_api_id        = var.rest_api.id
  resource_id        = aws_api_gateway_integration.options[each.key].resource_id
  http_method        = aws_api_gateway_integration.options[each.key].http_method
  status_code        = aws_api_gateway_method_response.options[each.key].status_code
  response_templates = { "application/json" = local.preflight_template }

  response_parameters = {
    "method.response.header.Access-Control-Allow-Headers" = "'${join(",", concat([local.needed_headers], var.cors_request_headers))}'"
    "method.response.header.Access-Control-Allow-Methods" = "'${join(",", each.value.methods)}'"
    "method.response.header.Access-Control-Max-Age"       = "'600'"
    "method.response.header.Vary"                         = "'Origin'"
  }
}
