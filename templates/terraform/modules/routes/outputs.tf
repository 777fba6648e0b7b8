# What is configured goes in, and ids; not whole resources: what is null after an apply is empty when it is read
# back, and the next plan would deploy again.
output "redeploy_hash" {
  description = "Changes whenever the routes do, and is known only when they stand: a trigger for the deployment."

  value = sha1(jsonencode({
    resources = { for path, resource in local.resources : path => resource.id }

    validator = [
      aws_api_gateway_request_validator.parameters.id,
      aws_api_gateway_request_validator.parameters.validate_request_parameters,
    ]

    methods = [for method in values(aws_api_gateway_method.any) : [
      method.id,
      method.resource_id,
      method.http_method,
      method.authorization,
      method.authorizer_id,
      method.request_validator_id,
      coalesce(method.request_parameters, {}),
    ]]

    functions = [for integration in values(aws_api_gateway_integration.function) : [
      integration.id,
      integration.resource_id,
      integration.http_method,
      integration.type,
      integration.integration_http_method,
      integration.uri,
    ]]

    preflight_methods = [for method in values(aws_api_gateway_method.options) : [
      method.id,
      method.resource_id,
      method.http_method,
      method.authorization,
      method.request_validator_id,
      method.request_parameters,
    ]]

    preflights = [for integration in values(aws_api_gateway_integration.options) : [
      integration.id,
      integration.resource_id,
      integration.http_method,
      integration.type,
      integration.passthrough_behavior,
      integration.content_handling,
      integration.request_templates,
    ]]

    preflight_responses = [for response in values(aws_api_gateway_method_response.options) : [
      response.id,
      response.resource_id,
      response.http_method,
      response.status_code,
      response.response_parameters,
    ]]

    preflight_headers = [for response in values(aws_api_gateway_integration_response.options) : [
      response.id,
      response.resource_id,
      response.http_method,
      response.status_code,
      response.response_parameters,
      response.response_templates,
    ]]
  }))
}
